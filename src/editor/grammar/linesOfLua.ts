/** Lines of Lua without its grammar. Annotations that quote something, and parameters that have types or go on over lines, are left to it. */
import type { Opener, ShortLine } from './lineShortcut.ts';
import type { ScopeSpan } from './tokenizedLines.ts';

/** Up to the end of its parameters a function has no strings for the grammar. */
const COMPLETE = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\bfunction\b[\s\w.:]*\([\s\w,.]*\)`;
/** An annotation whose strings may go on over lines, a comment that is code, what looks like a type and swallows a comment, comments and code of C. */
const DOUBTFUL = String.raw`---(?!-).*(?:\\|\[=*\[)|--\[=*\[@@@|<[\w*.-]*--|\/\*|\.cdef\s*\[`;
const MARKS = new RegExp(String.raw`(${COMPLETE})|${DOUBTFUL}|((?:--)?\[=*\[)|(--.*|^#!.*)|["'\`]|\bfunction\b`, 'g');
/** Hides the end of the comment that it stands in. */
const ANNOTATION = /---[ \t]*[@|]/;

/** @param open a long bracket of a string, or with the two signs before it of a comment */
export function readLua(text: string, open: Opener): ShortLine | undefined {
  const spans: ScopeSpan[] = [];
  let [bracket, start, at] = [open, 0, 0];
  for (;;) {
    if (bracket !== '') {
      const isComment = bracket.startsWith('-');
      if (isComment && ANNOTATION.test(text)) return undefined;
      const closer = bracket.replace('--', '').replaceAll('[', ']');
      const end = text.indexOf(closer, at);
      at = end < 0 ? text.length : end + closer.length;
      if (isComment) spans.push({ start, end: at, kind: 'block' });
      if (end < 0) return { spans, after: bracket };
    }
    MARKS.lastIndex = at;
    let found = MARKS.exec(text);
    while (found?.[1] !== undefined) found = MARKS.exec(text);
    if (found === null) return { spans, after: '' };
    const [, , long, line] = found;
    start = found.index;
    if (line !== undefined) return { spans: [...spans, { start, end: text.length, kind: 'line' }], after: '' };
    if (long === undefined) return undefined;
    [bracket, at] = [long, MARKS.lastIndex];
  }
}
