/** Lines of languages with C's comments and strings: which characters the grammar has to see. Knows no state and no grammar. */
import type { Span } from '../../shared/span.ts';
import type { PlainCode } from './lineShortcut.ts';

const COMMENT = String.raw`\/\/.*|\/\*.*?(?:\*\/|$)`;
/** A string that is complete on its line. */
const STRING = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
/** What may begin a string or a line that goes on. */
const OPENER = String.raw`["']|\\$`;

/** What decides how a line reads: besides, a slash may begin a regular expression, and a backtick a template. */
export const JAVASCRIPT = new RegExp(`${COMMENT}|${STRING}|${OPENER}|[/\`]`, 'g');
/** Or a tag. */
export const JSX = new RegExp(`${JAVASCRIPT.source}|<(?:[A-Za-z>]|$)`, 'g');
/** What the preprocessor may leave out; a raw string, in which a backslash is one; a template, of whose comment the grammar takes a bracket away. */
export const C = new RegExp(`${COMMENT}|^\\s*#\\s*if\\b|R"|\\btemplate\\b.*\\/[/*]|${STRING}|${OPENER}`, 'g');

/** What stands before and behind a comment is left out where it is plain code: no mark can make the comment something else. */
export function plainCodeLikeC(text: string, marks: RegExp): PlainCode | undefined {
  const comments: Span[] = [];
  for (const { 0: mark, index } of text.matchAll(marks)) {
    if (/^\/[/*]/.test(mark)) comments.push({ start: index, end: index + mark.length });
    // Nothing before it that could make it something else, a complete string is one, whatever is in it.
    else if (!/^["']./.test(mark)) return undefined;
  }
  return { comments, brackets: '' };
}
