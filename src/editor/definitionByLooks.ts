/** Which definition a line is in, by indentation and the looks of its first line: for languages of which no extension here knows the symbols. */
import type { Range } from './comments.ts';
import { looksLikeDefinition } from './docStyle.ts';
import type { SourceDocument } from './sourceText.ts';
import { wholeLines } from './wholeLines.ts';

/** The nearest line above, less indented than all between, that looks like the head of a definition. */
export function definitionByLooks(read: SourceDocument, line: number): Range | undefined {
  const { lines } = read;
  let depth = Infinity;
  const from = belowComment(read, line);
  for (let at = from; at >= 0; at--) {
    const text = lines[at]!;
    const own = indentOf(text);
    if (/^\s*\{?\s*$/.test(text) || (at < from && own >= depth) || isComment(read, at)) continue;
    if (looksLikeDefinition(text)) return wholeLines(read, at, lastLineOf(lines, at));
    depth = own;
  }
  return undefined;
}

/** Lines that are deeper, and what closes them. */
function lastLineOf(lines: readonly string[], first: number): number {
  const depth = indentOf(lines[first]!);
  let last = first;
  for (let at = first + 1; at < lines.length; at++) {
    if (lines[at]!.trim() === '') continue;
    if (indentOf(lines[at]!) <= depth && !/^\s*(?:[)}\]{]|end\b)/.test(lines[at]!)) break;
    last = at;
    if (indentOf(lines[at]!) <= depth && /^\s*(?:\}|end\b)/.test(lines[at]!)) break;
  }
  return last;
}

/** From a comment that stands alone on its lines to the code below it. */
export function belowComment(read: SourceDocument, line: number): number {
  return isComment(read, line) ? firstCodeLine(read, line) : line;
}

export function firstCodeLine(read: SourceDocument, from: number): number {
  let line = from;
  while (line < read.lines.length && isComment(read, line)) line++;
  return line < read.lines.length && read.lines[line]!.trim() !== '' ? line : from;
}

/** Docstrings stand in what they document. */
function isComment({ lines, comments }: SourceDocument, line: number): boolean {
  return comments.some(
    ({ kind, start, end }) =>
      (kind === 'line' || kind === 'block') &&
      start.line <= line &&
      end.line >= line &&
      lines[start.line]!.slice(0, start.character).trim() === '' &&
      lines[end.line]!.slice(end.character).trim() === '',
  );
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)![0].length;
}
