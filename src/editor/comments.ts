/** Finds comments and docstrings in the lines of a document. Knows no language, only its comment syntax; strings on one line are skipped. */
import { lengthOfString } from './stringLiteral.ts';

/** A place in a document, as in VS Code: both count from 0, `character` in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface CommentSyntax {
  readonly lineComments: readonly string[];
  /** Opener and closer. */
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  /** Quotes of strings that span lines and document code, such as `"""`. */
  readonly docstringQuotes: readonly string[];
  /** What docstrings are written in, so that their code is indented. */
  readonly docstringsAreMarkdown?: boolean;
  /** The whole document is text for people (Markdown, plain text), which is HTML or is not; undefined for code. */
  readonly prose: 'text' | 'html' | undefined;
  /** Begins the lines of a commit message that Git takes out again; behind its line of scissors there is nothing else. */
  readonly removedMark?: string;
}

export interface Comment extends Range {
  /** `string`: a string literal, which is no comment but may be taken for text like one. */
  readonly kind: 'line' | 'block' | 'docstring' | 'string';
  readonly open: string;
  /** Empty for line comments. */
  readonly close: string;
}

/**
 * In order, apart. An opener that nothing closes is code, so that a stray one does not turn the rest of the file into prose. For languages without a
 * grammar. Yields after each piece of a line.
 */
export function* commentScan(lines: readonly string[], syntax: CommentSyntax): Generator<void, Comment[]> {
  const openers = openersOf(syntax);
  if (openers.size === 0) return [];
  const pattern = new RegExp(
    [...openers.keys(), ...(syntax.prose !== undefined ? [] : ['"', "'", '`', '\\'])]
      .sort((a, b) => b.length - a.length)
      .map(escaped)
      .join('|'),
    'gi',
  );
  const comments: Comment[] = [];
  const neverClosed = new Set<string>();
  let start: Position = { line: 0, character: 0 };
  while (start.line < lines.length) {
    yield;
    const line = lines[start.line]!;
    pattern.lastIndex = start.character;
    const match = pattern.exec(line);
    if (match === null) {
      start = { line: start.line + 1, character: 0 };
      continue;
    }
    const found = { line: start.line, character: match.index };
    const opener = openers.get(match[0].toLowerCase());
    if (opener === undefined || !opens(line, match.index, opener.open)) {
      start = { line: start.line, character: match.index + lengthOfString(line, match.index) };
      continue;
    }
    const { kind, open, close } = opener;
    const end = kind === 'line' ? { line: start.line, character: line.length } : closing(lines, found, open, close, neverClosed);
    if (end === undefined) {
      start = { line: start.line, character: match.index + open.length };
      continue;
    }
    if (kind !== 'docstring' || !HOLDS_CODE.test(line.slice(0, match.index)))
      comments.push({ kind, open: match[0], close, start: found, end });
    start = end;
  }
  return comments;
}

/** Python's f-strings hold expressions, byte strings hold no text. */
const HOLDS_CODE = /(?<![\p{L}\p{N}_])(?:[fFtTbB][rR]?|[rR][fFtTbB])$/u;

type Opener = Pick<Comment, 'kind' | 'open' | 'close'>;

function openersOf({ lineComments, blockComments, docstringQuotes }: CommentSyntax): Map<string, Opener> {
  return new Map([
    ...lineComments.map((open): [string, Opener] => [open.toLowerCase(), { kind: 'line', open, close: '' }]),
    ...blockComments.map(([open, close]): [string, Opener] => [open.toLowerCase(), { kind: 'block', open, close }]),
    ...docstringQuotes.map((quote): [string, Opener] => [quote, { kind: 'docstring', open: quote, close: quote }]),
  ]);
}

/** Markers that mean something else inside a line (`$#`, `50\%`, `http://`, REM) open a comment only where nothing stands directly before them. */
function opens(line: string, index: number, open: string): boolean {
  const before = line.slice(0, index);
  if (/^[=@\p{L}]/u.test(open) || open === '"') return before.trim() === '';
  if (/^(?:#|;|%|'|--|!)/.test(open) && open.length <= 2) return before === '' || /[\s)\]};,"']$/.test(before);
  return !(open === '//' && before.endsWith(':'));
}

/** The place behind the closer. */
function closing(
  lines: readonly string[],
  { line, character }: Position,
  open: string,
  close: string,
  neverClosed: Set<string>,
): Position | undefined {
  if (neverClosed.has(close)) return undefined;
  let from = character + open.length;
  for (let at = line; at < lines.length; at++) {
    let found = lines[at]!.indexOf(close, from);
    while (found > 0 && open === close && lines[at]![found - 1] === '\\') found = lines[at]!.indexOf(close, found + 1);
    if (found >= 0) return { line: at, character: found + close.length };
    from = 0;
  }
  neverClosed.add(close);
  return undefined;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
