/** Lines of XML and HTML without their grammar: text, whole comments and tags that end on their line. What stands in a tag says nothing of the next line. */
import type { LineShortcut, Opener, ShortLine } from './lineShortcut.ts';
import type { ScopeSpan } from './tokenizedLines.ts';

const OPEN_COMMENT = '<!--';
/** Two dashes inside a comment are an error, of which the grammar never sees the end. */
const TO_COMMENT_END = String.raw`(?:(?!--).)*(?:-->|$)`;
const REST_OF_COMMENT = new RegExp(TO_COMMENT_END, 'y');

const QUOTED = String.raw`\s*=\s*(?:"[^"<]*"|'[^'<]*')`;
const UNQUOTED = String.raw`\s*=\s*[^\s"'=<>\x60]+`;
const XML_TAG = String.raw`<\/?[\w:.-]+(?:\s+[\w:.-]+${QUOTED})*\s*\/?>`;
/** Scripts and styles are other languages, between tags and in attributes. */
const HTML_TAG = String.raw`<\/?(?!(?:script|style)\b)[a-z][\w:-]*(?:\s+(?!on|style\b)[\w:-]+(?:${QUOTED}|${UNQUOTED})?)*\s*\/?>`;

const withTags = (tag: string): RegExp => new RegExp(`(${OPEN_COMMENT}${TO_COMMENT_END})|${tag}|(<)`, 'gi');

export const XML = markupShortcut(withTags(XML_TAG));
export const HTML = markupShortcut(withTags(HTML_TAG));

/** @param marks the first group is a comment, the second what only the grammar can read */
function markupShortcut(marks: RegExp): LineShortcut['read'] {
  return (text, open) => read(text, open, marks);
}

function read(text: string, open: Opener, marks: RegExp): ShortLine | undefined {
  const spans: ScopeSpan[] = [];
  let isOpen = open === OPEN_COMMENT;
  let at = 0;
  if (isOpen) {
    REST_OF_COMMENT.lastIndex = 0;
    const [rest] = REST_OF_COMMENT.exec(text) ?? [];
    if (rest === undefined) return undefined;
    at = rest.length;
    spans.push({ start: 0, end: at, kind: 'block' });
    isOpen = !rest.endsWith('-->');
  }
  marks.lastIndex = at;
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    const [, comment, other] = found;
    if (other !== undefined) return undefined;
    if (comment === undefined) continue;
    spans.push({ start: found.index, end: marks.lastIndex, kind: 'block' });
    isOpen = !comment.endsWith('-->');
  }
  return { spans, after: isOpen ? OPEN_COMMENT : '' };
}
