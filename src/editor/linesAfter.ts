/** Which line of a text is which after edits. Knows no document. */
import type { TextEdit } from './textEdit.ts';

/** @param edits in order and apart. Lines inside an edit go to its first line. */
export function lineAfter(line: number, edits: readonly TextEdit[]): number {
  let growth = 0;
  for (const { start, end, text } of edits) {
    if (start.line > line) break;
    if (end.line >= line) return Math.min(line, start.line + text.split('\n').length - 1) + growth;
    growth += text.split('\n').length - 1 - (end.line - start.line);
  }
  return line + growth;
}

/** The line of the text before the edits that is at `line` after them. */
export function lineBefore(line: number, edits: readonly TextEdit[]): number {
  let growth = 0;
  for (const { start, end, text } of edits) {
    const lines = text.split('\n').length - 1;
    if (start.line + growth > line) break;
    if (start.line + growth + lines >= line) return Math.min(line - growth, end.line);
    growth += lines - (end.line - start.line);
  }
  return line - growth;
}
