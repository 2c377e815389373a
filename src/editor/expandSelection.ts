/** What the user means who has selected nothing: the comment, docstring, string or paragraph at the cursor. */
import { t } from '../shared/words.ts';
import type { Position, Range } from './comments.ts';
import { passagesOf } from './prose/contentLines.ts';
import { blocksOf } from './prose/paragraphs.ts';
import { isBefore } from './textEdit.ts';
import { commentsIn, passagesIn, type NothingToDo, type SourceDocument } from './sourceText.ts';
import { wholeLines } from './wholeLines.ts';

/** The whole comment or string, neighbouring line comments together; in prose the one paragraph, list item or heading. */
export function expandSelection(document: SourceDocument, cursor: Position): Range | NothingToDo {
  const { lines, syntax } = document;
  const here = { start: cursor, end: cursor };
  if (syntax.prose !== undefined) {
    for (const block of passagesIn(document, here).flatMap(blocksOf)) {
      if (block.kind !== 'paragraph' || block.lines[0]!.line > cursor.line || block.lines.at(-1)!.line < cursor.line) continue;
      return wholeLines(document, block.lines[0]!.line, block.lines.at(-1)!.line);
    }
  }
  // Several comments may stand on one line: the one at the cursor, else the first behind it, else the last.
  const string = document.strings.find(({ start, end }) => isBefore(start, cursor) && isBefore(cursor, end));
  const onLine = string !== undefined ? passagesOf(lines, [string], syntax) : commentsIn(document, here);
  const passage =
    onLine.find((each) => each.lines.at(-1)!.line > cursor.line || each.lines.at(-1)!.end >= cursor.character) ?? onLine.at(-1);
  if (passage === undefined)
    return {
      nothingToDo: t(
        'Nothing is selected, and there is no comment or paragraph at the cursor. Select the text, or put the cursor into a comment.',
      ),
    };
  const first = passage.lines[0]!;
  const last = passage.lines.at(-1)!;
  return { start: { line: first.line, character: first.shared ? first.start : 0 }, end: { line: last.line, character: last.end } };
}
