/** A range of whole lines. Knows no document but its lines. */
import type { Range } from './comments.ts';

/** From the start of line `first` to the end of line `last`, without its line break. */
export function wholeLines({ lines }: { readonly lines: readonly string[] }, first: number, last: number): Range {
  return { start: { line: first, character: 0 }, end: { line: last, character: lines[last]!.length } };
}
