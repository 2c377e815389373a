/** All that a document says to its readers as one source text: its comments and docstrings, or all of it where it is prose. Knows no selection. */
import { t } from '../shared/words.ts';
import type { Range } from './comments.ts';
import { passagesOf } from './prose/contentLines.ts';
import { selectedPassage, type SelectedPassage } from './selectedPassage.ts';
import { passagesIn, type NothingToDo, type SourceDocument, type SourceText } from './sourceText.ts';

/** Comments without prose, such as directives and licences, are left out. Yields after each comment. */
export function* everyComment(document: SourceDocument): Generator<void, SourceText | NothingToDo> {
  const { lines, comments, syntax } = document;
  const last = lines.length - 1;
  const selection: Range = { start: { line: 0, character: 0 }, end: { line: last, character: lines[last]!.length } };
  const passages: SelectedPassage[] = [];
  for (const passage of syntax.prose === undefined ? passagesOf(lines, comments, syntax) : passagesIn(document, selection)) {
    const selected = selectedPassage(document, passage, selection);
    if (selected.paragraphs.length > 0) passages.push(selected);
    yield;
  }
  if (passages.length === 0) return { nothingToDo: t('There is no comment with prose in this file.') };
  return { document, selection, passages, paragraphs: passages.flatMap(({ paragraphs }) => paragraphs) };
}
