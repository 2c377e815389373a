/** Peels comment markers and indentation off the lines of one comment or of a prose document. Does not look into the prose. */
import { withoutBorders, type Border } from './boxBorders.ts';
import type { Comment, CommentSyntax } from '../comments.ts';
import { beforeCodeElement, texCommentStart } from './contentEnd.ts';
import { displayWidth } from '../displayWidth.ts';

/** One line of a passage without its markers. */
export interface ContentLine {
  readonly line: number;
  /** Columns of the content in the document's line, without spaces around it. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What a new line at the same level begins with: indentation, marker, indentation behind the marker. */
  readonly prefix: string;
  /** True where the line's own beginning is something else: code, or the comment's opener. */
  readonly shared: boolean;
  /** Ends with the two spaces that are a line break in Markdown. */
  readonly hardBreak: boolean;
  /** A grammar takes it for something beside the prose, such as fenced code. */
  readonly literal?: boolean;
  /** Behind the text, where a box is drawn around it. */
  readonly border?: Border;
  /** Something else stands behind it on its line, so that no other line is joined to it. */
  readonly cut?: boolean;
  /** What ends the code that begins in the middle of this line. */
  readonly opens?: RegExp | undefined;
}

/** Lines that are read together: neighbouring line comments, one block comment, one docstring, prose. */
export interface Passage {
  readonly kind: Comment['kind'] | 'prose';
  readonly lines: readonly ContentLine[];
  /** A new empty line between two paragraphs. */
  readonly separator: string;
  /** What opens a block comment; where comments nest, it would open another one if it stood in the text. Empty for other passages. */
  readonly open: string;
  /** What would end the comment if it stood in the text; empty where nothing would. */
  readonly close: string;
  /** Of a string on one line, which may not hold it; empty elsewhere. */
  readonly quote: string;
  /** Columns before the text of a docstring that is Markdown: what is deeper by four is code. Undefined elsewhere. */
  readonly baseDepth?: number;
  /** On one line together with code, so that it cannot grow to several lines. */
  readonly inCode: boolean;
}

const LINES_ALONE = { separator: '', open: '', close: '', quote: '', inCode: false } as const;

/** A single comment, or neighbouring line comments with the same marker and indentation. */
export function passagesOf(lines: readonly string[], comments: readonly Comment[], syntax: CommentSyntax): Passage[] {
  const passages: Passage[] = [];
  /** Lines of the last passage, while it can go on, and its margin. */
  let open: { readonly lines: ContentLine[]; readonly margin: string } | undefined;
  for (const comment of comments) {
    if (comment.kind !== 'line') {
      passages.push(comment.kind === 'block' ? blockComment(lines, comment) : quoted(lines, comment, syntax));
      open = undefined;
      continue;
    }
    const { content, margin } = lineComment(lines, comment);
    if (open?.margin === margin && open.lines.at(-1)!.line === content.line - 1 && !content.shared) {
      open.lines.push(content);
      continue;
    }
    const passage = { ...LINES_ALONE, kind: comment.kind, lines: [content], separator: margin, inCode: content.shared };
    passages.push(passage);
    open = content.shared ? undefined : { lines: passage.lines, margin };
  }
  return passages
    .filter((passage) => !BELOW_C.test(lines[passage.lines.at(-1)!.line + 1] ?? ''))
    .map((passage) => withoutBorders(lines, passage));
}

/** In Go, a comment right above this is C. */
const BELOW_C = /^import\s+"C"/;

/**
 * Lines `from` to `to` (not included) of a document that is prose as a whole. Quote marks and line comments (TeX) are margin; what stands behind the
 * prose of a line is not read.
 */
export function prosePassage(
  lines: readonly string[],
  from: number,
  to: number,
  { lineComments, prose, removedMark }: CommentSyntax,
  literalLines: ReadonlySet<number>,
): Passage {
  const content: ContentLine[] = [];
  const isTex = lineComments.includes('%');
  let isCutOff = false;
  for (let line = from; line < to; line++) {
    const text = lines[line]!;
    isCutOff ||= removedMark !== undefined && SCISSORS.test(text);
    const literal = literalLines.has(line) || isCutOff || (removedMark !== undefined && text.startsWith(removedMark));
    const indent = indentOf(text);
    const marker = lineComments.find((open) => text.startsWith(open, indent.length));
    const quoteMarks = prose === 'text' ? /^(?:\s{0,3}>)+/.exec(text)?.[0] : undefined;
    const margin = marker === undefined ? (quoteMarks ?? '') : indent + marker;
    const { end, opens } = prose === 'html' ? beforeCodeElement(text) : { end: isTex ? texCommentStart(text) : text.length };
    content.push(
      marker === undefined && end < text.length
        ? { ...contentLine(line, text, margin.length, end, margin), literal, hardBreak: false, cut: true }
        : { ...contentLine(line, text, margin.length, text.length, margin), literal, opens },
    );
  }
  return { ...LINES_ALONE, kind: 'prose', lines: content };
}

/** With the diff below it, as `git commit --verbose` writes it. */
const SCISSORS = /^. -{8,} >8 -{8,}$/;

function lineComment(lines: readonly string[], { open, start, end }: Comment): { content: ContentLine; margin: string } {
  const text = lines[start.line]!;
  const last = open.at(-1)!;
  // "///", ";;;", "//!", "#:", "-- |": more of the marker's last character, or a documentation mark before a space.
  let tail = start.character + open.length;
  while (text[tail] === last && !/[\p{L}\p{N}]/u.test(last)) tail++;
  tail += /^[!<>|:'^]+(?=\s|$)/.exec(text.slice(tail, tail + 4))?.[0].length ?? 0;
  const shared = text.slice(0, start.character).trim() !== '';
  const margin = indentOf(text) + text.slice(start.character, tail);
  return { content: contentLine(start.line, text, tail, end.character, margin, shared), margin };
}

/** A docstring or a string. */
function quoted(lines: readonly string[], comment: Comment, { docstringsAreMarkdown }: CommentSyntax): Passage {
  const { kind, open, close, start, end } = comment;
  const indent = indentOf(lines[start.line]!);
  const content: ContentLine[] = [];
  for (let line = start.line; line <= end.line; line++) {
    const text = lines[line]!;
    const to = line === end.line ? end.character - close.length : text.length;
    if (line > start.line) content.push(contentLine(line, text, 0, to, ''));
    else content.push({ ...contentLine(line, text, start.character + open.length, to, ''), prefix: indent, shared: true });
  }
  // Three quotes may span lines, one may not.
  const quote = open.length === 1 && start.line === end.line ? open : '';
  const passage = { ...LINES_ALONE, kind, lines: content, close, quote, inCode: quote !== '' || isInCode(lines, comment) };
  if (docstringsAreMarkdown !== true || kind !== 'docstring') return passage;
  // The closer is as deep as the text where all that stands above it is code.
  return {
    ...passage,
    baseDepth: Math.min(...content.filter(({ text }, index) => text !== '' || index === content.length - 1).map(depthOf)),
  };
}

function blockComment(lines: readonly string[], comment: Comment): Passage {
  const { open, close, start, end } = comment;
  const first = lines[start.line]!;
  const indent = indentOf(first);
  const inner = lines
    .slice(start.line + 1, end.line + 1)
    .map((text, index) => (index === end.line - start.line - 1 ? text.slice(0, end.character - close.length) : text));
  const written = inner.filter((text) => text.trim() !== '');
  const starred =
    open.endsWith('*') &&
    (written.length === 0 ? inner.length === 0 || close.startsWith('*') : written.every((text) => /^\s*\*+(?=\s|$)/.test(text)));
  const star = /^\s*\*+/.exec(written[0] ?? '')?.[0] ?? `${indent} *`;
  const margin = starred ? star : '';

  // "/**", "/*!", "/**<", "/*****": the opener's decoration; not the star of an empty comment's closer.
  const openEnd = start.line === end.line ? end.character - close.length : first.length;
  let tail = start.character + open.length;
  while (open.endsWith('*') && tail < openEnd && first[tail] === '*') tail++;
  if (/^[!<]+(?=\s|$)/.test(first.slice(tail, openEnd))) tail += /^[!<]+/.exec(first.slice(tail, openEnd))![0].length;

  const fresh = starred ? `${star} ` : written[0] === undefined ? indent + ' '.repeat(displayWidth(open) + 1) : indentOf(written[0]);
  const content: ContentLine[] = [{ ...contentLine(start.line, first, tail, openEnd, ''), prefix: fresh, shared: true }];
  inner.forEach((text, index) => {
    const from = starred ? (/^\s*\*+/.exec(text)?.[0].length ?? 0) : 0;
    content.push(contentLine(start.line + 1 + index, text, from, text.length, text.slice(0, from)));
  });
  return { ...LINES_ALONE, kind: 'block', lines: content, separator: margin, open, close, inCode: isInCode(lines, comment) };
}

/** A docstring's prefix (r, u) is not code. */
function isInCode(lines: readonly string[], { start, end }: Comment): boolean {
  const before = lines[start.line]!.slice(0, start.character).trim();
  return start.line === end.line && (!/^[rRuU]?$/.test(before) || lines[end.line]!.slice(end.character).trim() !== '');
}

/** Content of `text` between columns `from` and `to`, whose margin ends at `from`. */
function contentLine(line: number, text: string, from: number, to: number, margin: string, shared = false): ContentLine {
  const raw = text.slice(from, Math.max(from, to));
  const content = raw.trim();
  const start = from + (content === '' ? raw.length : raw.length - raw.trimStart().length);
  return {
    line,
    start,
    end: start + content.length,
    text: content,
    prefix: margin + text.slice(from, start),
    shared,
    hardBreak: content !== '' && raw.endsWith('  '),
  };
}

function indentOf(text: string): string {
  return /^\s*/.exec(text)![0];
}

/** Columns before the content of a new line at the same level. */
export function depthOf({ prefix }: ContentLine): number {
  return displayWidth(prefix);
}

/** What stands before the content, without the spaces that indent it. */
export function marginOf({ prefix }: ContentLine): string {
  return prefix.trimEnd();
}
