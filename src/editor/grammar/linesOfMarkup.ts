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

/** What runs on an event is a script, which may have comments; a style in an attribute is not read. */
const HANDLER = String.raw`on[\w:-]*\s*=\s*(?:"(?:[^"<\/]|\/(?![\/*]))*"|'(?:[^'<\/]|\/(?![\/*]))*')`;
export const HTML_ATTRIBUTE = String.raw`\s+(?:${HANDLER}|(?!on)[\w:-]+(?:${QUOTED}|${UNQUOTED})?)`;
/** Scripts and styles are other languages. */
const HTML_TAG = String.raw`<\/?(?!(?:script|style)\b)[a-z][\w:-]*(?:${HTML_ATTRIBUTE})*\s*\/?>`;
const DOCTYPE = String.raw`<!doctype(?:\s+(?:"[^"<>]*"|[^\s"<>]+))+\s*>`;
/** Other vocabularies, in which HTML's scripts and styles are none. */
const FOREIGN_TAG = String.raw`<(?<foreign>\/?(?:svg|math))(?:${HTML_ATTRIBUTE})*\s*\/?>`;

const withTags = (tag: string): RegExp => new RegExp(`(?<comment>${OPEN_COMMENT}${TO_COMMENT_END})|${tag}|(?<other><)`, 'gi');

export const XML = markupShortcut(withTags(XML_TAG));
/** Which has no scripts and styles in it. What is open behind a line may be a tag of another vocabulary too. */
export const HTML = markupShortcut(withTags(`${FOREIGN_TAG}|${DOCTYPE}|${HTML_TAG}`));

/** @param marks its groups are a comment, the name of another vocabulary and what only the grammar can read */
function markupShortcut(marks: RegExp): LineShortcut['read'] {
  return (text, open) => read(text, open, marks);
}

function read(text: string, open: Opener, marks: RegExp): ShortLine | undefined {
  const spans: ScopeSpan[] = [];
  let isOpen = open.endsWith(OPEN_COMMENT);
  let foreign = isOpen ? open.slice(0, -OPEN_COMMENT.length) : open;
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
    const { comment, foreign: name, other } = found.groups!;
    if (other !== undefined) return undefined;
    if (name !== undefined) {
      const behind = foreignBehind(name.toLowerCase(), foreign);
      if (behind === undefined) return undefined;
      foreign = behind;
    }
    if (comment === undefined) continue;
    spans.push({ start: found.index, end: marks.lastIndex, kind: 'block' });
    isOpen = !comment.endsWith('-->');
  }
  return { spans, after: isOpen ? foreign + OPEN_COMMENT : foreign };
}

/** The other vocabulary that is open behind a tag of one; undefined where one is in another, which is the grammar's to tell. */
function foreignBehind(name: string, open: Opener): Opener | undefined {
  if (name.startsWith('/')) return open === `<${name.slice(1)}>` ? '' : open;
  return open === '' ? `<${name}>` : undefined;
}
