/** Which of several edits a document shows that has had some of them. Knows nothing of how they were chosen. */
import { offsetsOf } from './documentOffsets.ts';
import type { TextEdit } from './textEdit.ts';

/**
 * @param before the document that the edits were made for
 * @param edits in order and apart
 * @param after its text now; undefined is returned where no choice of the edits makes it
 */
export function takenEdits<Edit extends TextEdit>(
  before: { readonly lines: readonly string[]; readonly eol: string },
  edits: readonly Edit[],
  after: string,
): Edit[] | undefined {
  const text = before.lines.join(before.eol);
  const offsetOf = offsetsOf(before);
  const starts = [...edits.map(({ start }) => offsetOf(start)), text.length];
  const taken: Edit[] = [];
  let at = starts[0]!;
  if (after.slice(0, at) !== text.slice(0, at)) return undefined;
  for (const [index, edit] of edits.entries()) {
    const next = starts[index + 1]!;
    const withIt = edit.text + text.slice(offsetOf(edit.end), next);
    const without = text.slice(starts[index], next);
    // One may begin like the other, so the longer one is tried first.
    const [first, second] = withIt.length >= without.length ? [withIt, without] : [without, withIt];
    const found = after.startsWith(first, at) ? first : after.startsWith(second, at) ? second : undefined;
    if (found === undefined) return undefined;
    if (found === withIt) taken.push(edit);
    at += found.length;
  }
  return at === after.length ? taken : undefined;
}
