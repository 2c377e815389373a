/** Lines of Python without its grammar. Inside brackets a string that begins a line is no docstring, so brackets are counted. */
import type { Opener, ShortLine } from './lineShortcut.ts';
import type { StateStack } from './textMate.ts';

/** Strings that are complete on their line; what begins a comment, or a string or statement that goes on; brackets. */
const MARKS = /"(?:[^"\\]|\\.)+"|'(?:[^'\\]|\\.)+'|""(?!")|''(?!')|["'#]|\\$|[()[\]{}]/g;
const CLOSED_BY: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const BEGINS_WITH_STRING = /^\s*[a-zA-Z]{0,2}["']/;
const BEGINS_DOCSTRING = /^(\s*)([rRuU]?("""|'''))/;

/** More at once are no program that somebody wrote. */
const MOST_BRACKETS = 50;

export function readPython(text: string, open: Opener): ShortLine | undefined {
  const quotes = /"""|'''/.exec(open)?.[0];
  if (quotes !== undefined) return inDocstring(text, 0, 0, open, quotes);
  if (open === '' && BEGINS_WITH_STRING.test(text)) {
    const begun = BEGINS_DOCSTRING.exec(text);
    return begun === null ? undefined : inDocstring(text, begun[1]!.length, begun[0].length, begun[2]!, begun[3]!);
  }
  let brackets = open;
  for (const { 0: mark, index } of text.matchAll(MARKS)) {
    const opener = CLOSED_BY[mark];
    if (mark === '#') return { spans: [{ start: index, end: text.length, kind: 'line' }], after: brackets };
    if ('([{'.includes(mark)) brackets += mark;
    else if (opener !== undefined) {
      if (!brackets.endsWith(opener)) return undefined;
      brackets = brackets.slice(0, -1);
    } else if (mark.length === 1) return undefined;
    if (brackets.length > MOST_BRACKETS) return undefined;
  }
  return { spans: [], after: brackets };
}

/** @param from where its text goes on */
function inDocstring(text: string, start: number, from: number, open: Opener, quotes: string): ShortLine | undefined {
  const closer = quotes === '"""' ? /\\.|"""/g : /\\.|'''/g;
  closer.lastIndex = from;
  let found = closer.exec(text);
  while (found !== null && found[0] !== quotes) found = closer.exec(text);
  if (found === null) return { spans: [{ start, end: text.length, kind: 'docstring' }], after: open };
  const end = found.index + quotes.length;
  return text.slice(end).trim() === '' ? { spans: [{ start, end, kind: 'docstring' }], after: '' } : undefined;
}

/** Between statements nothing at all is open. */
export function openerInPython(state: StateStack): Opener | undefined {
  return state.depth === 1 ? '' : undefined;
}
