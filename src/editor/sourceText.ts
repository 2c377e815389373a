/** What of a selection is prose, and where it stands. Does not know what becomes of it. */
import { t } from '../shared/words.ts';
import type { Comment, CommentSyntax, Range } from './comments.ts';
import { passagesOf, prosePassage, type Passage } from './prose/contentLines.ts';
import { selectedInCode } from './selectedInCode.ts';
import { selectedPassage, type Paragraph, type SelectedPassage } from './selectedPassage.ts';
import { isBefore } from './textEdit.ts';

/** A document as the pure half of the editor room reads it. */
export interface SourceDocument {
  /** Without line endings. */
  readonly lines: readonly string[];
  readonly eol: string;
  readonly tabSize: number;
  readonly syntax: CommentSyntax;
  readonly comments: readonly Comment[];
  /** Whole string literals; empty where no grammar says what is one. */
  readonly strings: readonly Comment[];
  /** Lines that a grammar takes for fenced code, mathematics or front matter, in a document that is prose. */
  readonly literalLines: ReadonlySet<number>;
}

export interface SourceText {
  readonly document: SourceDocument;
  readonly selection: Range;
  readonly passages: readonly SelectedPassage[];
  /** Of all passages: what is to be translated, in order. Never empty. */
  readonly paragraphs: readonly Paragraph[];
}

export interface NothingToDo {
  /** Why, and what to do instead: one sentence or two for the user. */
  readonly nothingToDo: string;
}

/** The prose of a selection that is not empty. */
export function sourceText(document: SourceDocument, selection: Range): SourceText | NothingToDo {
  const range = withoutNextLineStart(document, selection);
  const selected = document.lines.slice(range.start.line, range.end.line + 1).join('\n');
  if (isBlank(document, range))
    return {
      nothingToDo: t('The selection holds only blank space. Select a comment, a docstring or a paragraph, or put the cursor into one.'),
    };
  const passages = insideLine(document, range) ?? selectedPassages(document, range);
  if (passages.length > 0) return { document, selection: range, passages, paragraphs: passages.flatMap(({ paragraphs }) => paragraphs) };
  if (!/\p{L}/u.test(selected))
    return { nothingToDo: t('The selection holds no words. Select a comment, a docstring or a paragraph, or put the cursor into one.') };
  if (document.syntax.prose !== undefined || passagesIn(document, range).length > 0) {
    return {
      nothingToDo: t(
        'The selection holds only code, markup or directives, which stay as they are. Select some of its words to have them translated all the same.',
      ),
    };
  }
  return {
    nothingToDo: t(
      'The selection holds code but no comment. Select a comment, a docstring, or text that stands on one line, such as that of a string.',
    ),
  };
}

/** The prose that a range touches, by passages; none where it is all code. */
export function selectedPassages(document: SourceDocument, range: Range): SelectedPassage[] {
  const select = (passages: readonly Passage[]): SelectedPassage[] =>
    passages.map((passage) => selectedPassage(document, passage, range)).filter(({ paragraphs }) => paragraphs.length > 0);
  const passages = select(passagesIn(document, range));
  // In prose, comments are nobody's to read; they count where nothing else is selected.
  return passages.length === 0 && document.syntax.prose !== undefined ? select(commentsIn(document, range)) : passages;
}

/** Passages that a range touches, whole, so that every line is understood from its comment's beginning. */
export function passagesIn(document: SourceDocument, range: Range): Passage[] {
  const { lines, syntax, literalLines } = document;
  if (syntax.prose === undefined) {
    const within = document.strings.filter((string) => contains(string, range));
    return within.length > 0 ? passagesOf(lines, within, syntax) : commentsIn(document, range);
  }
  let to = range.end.line + 1;
  while (to < lines.length && lines[to]!.trim() !== '') to++;
  return [prosePassage(lines, proseStart(lines, range.start.line), to, syntax, literalLines)];
}

/** The passages of comments that a range touches: neighbouring line comments are read together, so those beside it are read with it. */
export function commentsIn({ lines, comments, syntax }: SourceDocument, { start, end }: Range): Passage[] {
  const isBeside = (one: Comment | undefined, other: Comment | undefined): boolean =>
    one?.kind === 'line' && other?.kind === 'line' && one.end.line + 1 >= other.start.line;
  let from = firstAtLeast(comments, start.line);
  while (isBeside(comments[from - 1], comments[from])) from--;
  let to = from;
  while (to < comments.length && (comments[to]!.start.line <= end.line || isBeside(comments[to - 1], comments[to]))) to++;
  return passagesOf(lines, comments.slice(from, to), syntax).filter(
    (passage) => passage.lines[0]!.line <= end.line && passage.lines.at(-1)!.line >= start.line,
  );
}

/** Index of the first comment that ends on `line` or below. */
function firstAtLeast(comments: readonly Comment[], line: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comments[middle]!.end.line < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Prose is read from its beginning, because a fence may stand anywhere above; from the last empty line but so many where that is far away. */
const LINES_ABOVE = 5000;

function proseStart(lines: readonly string[], line: number): number {
  let start = line - LINES_ABOVE;
  while (start > 0 && lines[start]!.trim() !== '') start--;
  return Math.max(0, start);
}

function contains({ start, end }: Range, range: Range): boolean {
  return !isBefore(range.start, start) && !isBefore(end, range.end);
}

/** Part of one line is exactly its characters, whatever they are, unless it begins with markers that are not prose. */
function insideLine(document: SourceDocument, { start, end }: Range): SelectedPassage[] | undefined {
  if (start.line !== end.line) return undefined;
  const text = document.lines[start.line]!;
  const passages = document.syntax.prose === undefined ? commentsIn(document, { start, end }) : passagesIn(document, { start, end });
  const [from, to] = trimmed(text, start.character, end.character);
  for (const passage of passages) {
    const content = passage.lines.find(({ line }) => line === start.line);
    if (content === undefined || from >= content.end || to <= content.start) continue;
    const isPart = from > content.start || to < content.end;
    if (!isPart || to > content.end) return undefined;
    const exact = from > content.start || selectedPassage(document, passage, { start, end }).paragraphs.length === 0;
    const kept = { line: start.line, character: Math.max(from, content.start) };
    return exact ? [selectedPassage(document, passage, { start: kept, end: { line: end.line, character: to } }, true)] : undefined;
  }
  return document.syntax.prose !== undefined ? undefined : selectedInCode(document, start.line, from, to);
}

/** Whole lines are often selected up to the start of the next one, which is not meant. */
function withoutNextLineStart({ lines }: SourceDocument, { start, end }: Range): Range {
  if (end.character > 0 || end.line === start.line) return { start, end };
  return { start, end: { line: end.line - 1, character: lines[end.line - 1]!.length } };
}

function isBlank({ lines }: SourceDocument, { start, end }: Range): boolean {
  for (let line = start.line; line <= end.line; line++) {
    if (lines[line]!.slice(line === start.line ? start.character : 0, line === end.line ? end.character : undefined).trim() !== '')
      return false;
  }
  return true;
}

function trimmed(text: string, from: number, to: number): [start: number, end: number] {
  const selected = text.slice(from, to);
  const start = from + selected.length - selected.trimStart().length;
  return [start, Math.max(start, from + selected.trimEnd().length)];
}
