/** Lines of Python without its grammar. Inside brackets a string that begins a line is no docstring, so brackets are counted. */
import type { Opener, ShortLine } from './lineShortcut.ts';
import type { StateStack } from './textMate.ts';

const SIMPLE = String.raw`[^()[\]{}"'#\\]*`;
/**
 * A string that may go on over lines, without code or a commented expression in it; one that is complete on its line; a comment; what else may go on;
 * brackets, first those that are complete.
 */
const MARKS = new RegExp(
  String.raw`((?<![A-Za-z])[uUbB]?(?:"""|'''))|"(?:[^"\\]|\\.)+"|'(?:[^'\\]|\\.)+'|""(?!")|''(?!')|["'#]|\\$|\(${SIMPLE}\)|\[${SIMPLE}\]|\{${SIMPLE}\}|[()[\]{}]`,
  'g',
);
const CLOSED_BY: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const BEGINS_WITH_STRING = /^\s*[a-zA-Z]{0,2}["']/;
const BEGINS_DOCSTRING = /^(\s*)([rR]?(?:"""|'''))/;
const SHORT_DOCSTRING = /^(\s*)[rR]?(?:"(?:[^"\\]|\\.)+"|'(?:[^'\\]|\\.)+')\s*$/;
/** Brackets, and behind them a string, or a line's end that does not end the statement: assigned, since otherwise it would be a docstring. */
const OPENER = /^([([{]*)(x=)?(.*)$/;
const GOES_ON = 'x=\\';

/** More at once are no program that somebody wrote. */
const MOST_BRACKETS = 50;

export function readPython(text: string, open: Opener): ShortLine | undefined {
  if (open === GOES_ON) return code(text, 0, '');
  const [, brackets, assigned, string] = OPENER.exec(open)!;
  if (string !== '') {
    if (assigned === undefined) return docstring(text, 0, 0, open);
    const end = endOf(string!, text, 0);
    return end === undefined ? { spans: [], after: open } : code(text, end, brackets!);
  }
  if (open !== '' || !BEGINS_WITH_STRING.test(text)) return code(text, 0, brackets!);
  const short = SHORT_DOCSTRING.exec(text);
  if (short !== null) return { spans: [{ start: short[1]!.length, end: text.trimEnd().length, kind: 'docstring' }], after: '' };
  const begun = BEGINS_DOCSTRING.exec(text);
  return begun === null ? undefined : docstring(text, begun[1]!.length, begun[0].length, begun[2]!);
}

/** @param open brackets */
function code(text: string, from: number, open: Opener): ShortLine | undefined {
  let brackets = open;
  MARKS.lastIndex = from;
  for (let found = MARKS.exec(text); found !== null; found = MARKS.exec(text)) {
    const { 0: mark, 1: long, index } = found;
    const opener = CLOSED_BY[mark];
    if (mark === '#') return { spans: [{ start: index, end: text.length, kind: 'line' }], after: brackets };
    if (long !== undefined) {
      const end = endOf(long, text, MARKS.lastIndex);
      if (end === undefined) return { spans: [], after: `${brackets}x=${long}` };
      MARKS.lastIndex = end;
    } else if (mark === '(' || mark === '[' || mark === '{') brackets += mark;
    else if (opener !== undefined) {
      if (!brackets.endsWith(opener)) return undefined;
      brackets = brackets.slice(0, -1);
    } else if (mark === '\\') return { spans: [], after: brackets === '' ? GOES_ON : brackets };
    else if (mark.length === 1) return undefined;
    if (brackets.length > MOST_BRACKETS) return undefined;
  }
  return { spans: [], after: brackets };
}

/** @param from where its text goes on */
function docstring(text: string, start: number, from: number, open: Opener): ShortLine | undefined {
  const end = endOf(open, text, from);
  if (end === undefined) return { spans: [{ start, end: text.length, kind: 'docstring' }], after: open };
  return text.slice(end).trim() === '' ? { spans: [{ start, end, kind: 'docstring' }], after: '' } : undefined;
}

/** The place behind the quotes that end a string. */
function endOf(opener: string, text: string, from: number): number | undefined {
  const quotes = opener.slice(-3);
  const closer = new RegExp(String.raw`\\.|${quotes}`, 'g');
  closer.lastIndex = from;
  let found = closer.exec(text);
  while (found !== null && found[0] !== quotes) found = closer.exec(text);
  return found === null ? undefined : found.index + quotes.length;
}

/** Between statements nothing at all is open. */
export function openerInPython(state: StateStack): Opener | undefined {
  return state.depth === 1 ? '' : undefined;
}
