/** Edits of a document as plain data, and what a text reads after them. Knows nothing of what they say. */
import type { Position, Range } from './comments.ts';

export interface TextEdit extends Range {
  /** Takes the range's place; with the document's line endings. */
  readonly text: string;
}

export function insertionAt({ line, character }: Position, text: string): TextEdit {
  return { start: { line, character }, end: { line, character }, text };
}

/** `range` of a document as it reads after edits that are in order and apart; an edit at its rim or beyond it widens it. */
export function textAfter(lines: readonly string[], eol: string, range: Range, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let done = edits.reduce((first, { start }) => (isBefore(start, first) ? start : first), range.start);
  const copyTo = (to: Position): void => {
    for (; done.line < to.line; done = { line: done.line + 1, character: 0 }) parts.push(lines[done.line]!.slice(done.character), eol);
    if (isBefore(done, to)) parts.push(lines[to.line]!.slice(done.character, to.character));
    done = to;
  };
  const end = edits.reduce((last, edit) => (isBefore(last, edit.end) ? edit.end : last), range.end);
  for (const edit of edits) {
    copyTo(edit.start);
    parts.push(edit.text);
    done = edit.end;
  }
  copyTo(end);
  return parts.join('');
}

export function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
