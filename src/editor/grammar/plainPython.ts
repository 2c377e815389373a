/** Lines of Python: which characters the grammar has to see. Inside brackets a string that begins a line is no docstring, so brackets are counted. */
import type { PlainCode, StateKind } from './lineShortcut.ts';
import { openScopesOf, type StateStack } from './textMate.ts';

/** Strings that are complete on their line; what begins a comment, or a string or statement that goes on; brackets. */
const MARKS = /"(?:[^"\\]|\\.)+"|'(?:[^'\\]|\\.)+'|""(?!")|''(?!')|["'#]|\\$|[()[\]{}]/g;
const CLOSED_BY: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const BEGINS_WITH_STRING = /^\s*[a-zA-Z]{0,2}["']/;

/** More at once are no program that somebody wrote. */
const MOST_BRACKETS = 50;

/** @param brackets open at the line's beginning */
export function plainPython(text: string, brackets: string): PlainCode | undefined {
  if (brackets === '' && BEGINS_WITH_STRING.test(text)) return undefined;
  let open = brackets;
  for (const { 0: mark, index } of text.matchAll(MARKS)) {
    const opener = CLOSED_BY[mark];
    if (mark === '#') return { comments: [{ start: index, end: text.length }], brackets: open };
    if ('([{'.includes(mark)) open += mark;
    else if (opener !== undefined) {
      if (!open.endsWith(opener)) return undefined;
      open = open.slice(0, -1);
    } else if (mark.length === 1 || mark.includes('#')) return undefined;
    if (open.length > MOST_BRACKETS) return undefined;
  }
  return { comments: [], brackets: open };
}

/** Between statements nothing at all is open. */
export function pythonStateKind(state: StateStack): StateKind {
  if (state.depth === 1) return 'code';
  return openScopesOf(state).some((scope) => /^string\.quoted\.docstring(?:\.raw)?\.multi/.test(scope)) ? 'docstring' : 'other';
}
