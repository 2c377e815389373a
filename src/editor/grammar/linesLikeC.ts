/** Lines of languages with C's comments and strings, or others of that kind, without their grammar. Knows no language and no state of it. */
import type { Opener, ShortLine } from './lineShortcut.ts';
import type { MarksLikeC } from './marksLikeC.ts';
import type { ScopeSpan } from './tokenizedLines.ts';

export const BLOCK = '/*';
const TEMPLATE_TEXT = '`';
/** A directive of several lines without comments, all but the last with a backslash at the end. */
const DIRECTIVE = /^\s*#\s*(define|(?:el)?if|pragma|error|warning)\b/;
const directive = (name: string): Opener => `#${name} A \\`;

/** By the only scope that is open in a state of the grammar. Code that the preprocessor leaves out is coloured like a comment. */
const OPENERS: readonly (readonly [scope: RegExp, open: Opener])[] = [
  // In C#, one of lines goes on in the same way, until a line has no mark.
  [/^comment\.block(?!\.preprocessor|\.documentation\.cs)/, BLOCK],
  [/^string\.template\.\w+$/, TEMPLATE_TEXT],
];

/** @param open the scopes that decide how the next line reads, the outermost first */
export function openerLikeC(open: readonly string[]): Opener | undefined {
  if (open.length === 0) return '';
  return open.length > 1 ? undefined : OPENERS.find(([scope]) => scope.test(open[0]!))?.[1];
}

/** A template's text, and what it ends with: the template's end, code, or the line's. */
const TEXT = /(?:[^`\\$]|\\(?:.|$)|\$(?!\{))*(`|\$\{|$)/y;

export function readLikeC(text: string, open: Opener, { code, inBraces, nests, lineMark }: MarksLikeC): ShortLine | undefined {
  const spans: ScopeSpan[] = [];
  /** Comments there are the grammar's. */
  const isDirective = text.endsWith('\\') || open.startsWith('#');
  /** Of the templates that are open in each other, how many braces are open in the code of each. */
  const braces: number[] = [];
  let isText = open === TEMPLATE_TEXT;
  let at = 0;
  if (open.startsWith(BLOCK)) {
    const { end, after } = restOfBlock(text, 0, open, nests);
    spans.push({ start: 0, end, kind: 'block' });
    if (after !== '') return { spans, after };
    at = end;
  }
  for (;;) {
    if (isText) {
      TEXT.lastIndex = at;
      const end = TEXT.exec(text)![1];
      if (end === '') return braces.length > 0 ? undefined : { spans, after: TEMPLATE_TEXT };
      if (end === '${') braces.push(0);
      at = TEXT.lastIndex;
      isText = false;
    }
    const pattern = braces.length > 0 ? inBraces : code;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return braces.length > 0 ? undefined : { spans, after: '' };
    const { 0: mark, 1: plain, 2: template, index } = found;
    at = pattern.lastIndex;
    if (plain !== undefined) continue;
    if (template !== undefined) isText = true;
    else if (mark === '{') braces.push(braces.pop()! + 1);
    else if (mark === '}') {
      const left = braces.pop()!;
      isText = left === 0;
      if (left > 0) braces.push(left - 1);
    } else {
      if (mark === '\\' && spans.length === 0) return directiveLine(text, open);
      const isBlock = mark.startsWith('/*');
      const isLine = mark.startsWith('//') || (lineMark !== undefined && mark.startsWith(lineMark));
      if (isDirective || !(isBlock || isLine)) return undefined;
      const { end, after } = isBlock ? restOfBlock(text, index + BLOCK.length, BLOCK, nests) : { end: at, after: '' };
      spans.push({ start: index, end, kind: isBlock ? 'block' : 'line' });
      if (after !== '') return braces.length > 0 ? undefined : { spans, after };
      at = end;
    }
  }
}

const END = /\*\//g;
const BEGINNING_OR_END = /\/\*|\*\//g;

/** Where a comment ends on its line, and what of it is open behind that: as many marks as there are comments in each other. */
function restOfBlock(text: string, from: number, open: Opener, nests = false): { readonly end: number; readonly after: Opener } {
  let after = open;
  const marks = nests ? BEGINNING_OR_END : END;
  marks.lastIndex = from;
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    after = found[0] === BLOCK ? after + BLOCK : after.slice(BLOCK.length);
    if (after === '') return { end: marks.lastIndex, after };
  }
  return { end: text.length, after };
}

/** A line without comments that goes on. */
function directiveLine(text: string, open: Opener): ShortLine | undefined {
  const name = DIRECTIVE.exec(open === '' ? text : open)?.[1];
  return name === undefined ? undefined : { spans: [], after: directive(name) };
}
