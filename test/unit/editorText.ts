/** Reads and edits documents in the editor room's tests: a text with the selection between ⟦ and ⟧, or the whole text. */
import assert from 'node:assert/strict';
import { commentScan, type CommentSyntax, type Position, type Range } from '../../src/editor/comments.ts';
import { atOnce } from '../../src/editor/inSlices.ts';
import { syntaxOf } from '../../src/editor/languageConfiguration.ts';
import type { Paragraph } from '../../src/editor/selectedPassage.ts';
import { sourceText, type NothingToDo, type SourceDocument, type SourceText } from '../../src/editor/sourceText.ts';
import { textAfter, type TextEdit } from '../../src/editor/textEdit.ts';

export function syntax(languageId: string): CommentSyntax {
  return syntaxOf(languageId, []);
}

/** Positions of ⟦ and ⟧, and the text without them. */
export function marked(text: string): { text: string; selection: Range } {
  const start = text.indexOf('⟦');
  const end = text.indexOf('⟧');
  const plain = text.replace(/[⟦⟧]/g, '');
  const at = (offset: number): Range['start'] => {
    const before = plain.slice(0, offset).split(/\r\n|\r|\n/);
    return { line: before.length - 1, character: before.at(-1)!.length };
  };
  return { text: plain, selection: { start: at(Math.max(0, start)), end: at(end < 0 ? plain.length : end - (start < 0 ? 0 : 1)) } };
}

/** As it is read where there is no grammar. */
export function plainDocument(languageId: string, text: string): SourceDocument {
  const lines = text.split(/\r\n|\r|\n/);
  const own = syntax(languageId);
  const comments = atOnce(commentScan(lines, own));
  return { lines, eol: text.includes('\r\n') ? '\r\n' : '\n', tabSize: 4, syntax: own, comments, strings: [], literalLines: new Set() };
}

export function read(languageId: string, text: string): SourceText | NothingToDo {
  const { text: plain, selection } = marked(text);
  return sourceText(plainDocument(languageId, plain), selection);
}

export function source(languageId: string, text: string): SourceText {
  const result = read(languageId, text);
  assert.ok(!('nothingToDo' in result), JSON.stringify(result));
  return result;
}

/** The whole document after the edits. */
export function documentAfter({ document: { lines, eol } }: SourceText, edits: readonly TextEdit[]): string {
  const end = { line: lines.length - 1, character: lines.at(-1)!.length };
  return textAfter(lines, eol, { start: { line: 0, character: 0 }, end }, edits);
}

/** Lead and text of every paragraph. */
export function prose(languageId: string, text: string): string[] {
  const result = read(languageId, text);
  return 'nothingToDo' in result ? [] : result.paragraphs.map(({ lead, text: words }) => (lead === '' ? words : `${lead}¦${words}`));
}

/** Where the characters from `start` to `end` of a paragraph's text stand in the document, line by line. */
export function documentRanges({ pieces }: Paragraph, start: number, end: number): Range[] {
  return pieces.flatMap((piece) => {
    const from = Math.max(start, piece.start);
    const to = Math.min(end, piece.end);
    if (from >= to) return [];
    const at = (offset: number): Position => ({ line: piece.line, character: piece.character + offset - piece.start });
    return [{ start: at(from), end: at(to) }];
  });
}
