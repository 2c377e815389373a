/** Lines of CSS and SCSS without their grammars. Those read a quote by the block that it stands in, so the blocks that are open are kept. */
import type { LineShortcut, Opener, ShortLine } from './lineShortcut.ts';
import { BLOCK } from './linesLikeC.ts';
import { BLOCK_COMMENT, COMMENT, STRING } from './marksLikeC.ts';
import type { ScopeSpan } from './tokenizedLines.ts';

/** Complete on its line; an address without quotes may have a comment's marks in it. */
const WHOLE = String.raw`${STRING}|url\([^'"()\s]*\)`;
/** Goes on, or is the grammar's to tell. */
const OTHER = String.raw`url\((?!["'])|["'\\]`;

const CSS_MARKS = new RegExp(`(${BLOCK_COMMENT})|${WHOLE}|([{};])|(${OTHER})`, 'g');
const SCSS_MARKS = new RegExp(String.raw`(${COMMENT})|${WHOLE}|#\{[^{}"'\/]*\}|([{};])|(${OTHER}|#\{)`, 'g');

export const readCss: LineShortcut['read'] = (text, open) => read(text, open, CSS_MARKS);
export const readScss: LineShortcut['read'] = (text, open) => read(text, open, SCSS_MARKS);

/** What is in the block: rules, steps of an animation, or properties. */
const BLOCKS: readonly (readonly [head: RegExp, open: string])[] = [
  [/^@(?:media|supports|layer|container|scope|document)\b/, '@media a{'],
  [/^@(?:-\w+-)?keyframes\b/, '@keyframes a{'],
  [/^/, 'a{'],
];
const LAST_BLOCK = /[^{]*\{$/;

/** @param marks the first group is a comment, the second ends a statement, the third is the grammar's */
function read(text: string, open: Opener, marks: RegExp): ShortLine | undefined {
  const spans: ScopeSpan[] = [];
  let isComment = open.endsWith(BLOCK);
  let blocks = isComment ? open.slice(0, -BLOCK.length) : open;
  marks.lastIndex = 0;
  if (isComment) {
    const end = text.indexOf('*/');
    marks.lastIndex = end < 0 ? text.length : end + 2;
    isComment = end < 0;
    spans.push({ start: 0, end: marks.lastIndex, kind: 'block' });
  }
  /** Of the statement that is being read, without comments. */
  let head = '';
  let from = marks.lastIndex;
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    const [, comment, end, other] = found;
    if (other !== undefined) return undefined;
    if (comment === undefined && end === undefined) continue;
    head += text.slice(from, found.index);
    from = marks.lastIndex;
    if (comment !== undefined) {
      const isBlock = comment.startsWith(BLOCK);
      spans.push({ start: found.index, end: from, kind: isBlock ? 'block' : 'line' });
      isComment = isBlock && (comment.length < 4 || !comment.endsWith('*/'));
      continue;
    }
    if (end === '{') blocks += blockOf(head.trim());
    if (end === '}') blocks = blocks.replace(LAST_BLOCK, '');
    head = '';
  }
  // Of a head of several lines, the last one does not say what its block is.
  if ((head + text.slice(from)).trimStart().startsWith('@')) return undefined;
  return { spans, after: isComment ? blocks + BLOCK : blocks };
}

function blockOf(head: string): string {
  return BLOCKS.find(([begins]) => begins.test(head))![1];
}
