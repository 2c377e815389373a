/** What an edit of the document does to a map into it. Knows no document. */
import type { MappedPiece, SpanMap } from './spanMap.ts';
import { isInsideWord } from './words.ts';

/** The document's characters from `start` to `end` became `inserted` others. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly inserted: number;
}

/**
 * The map into the document as it is after the change. Characters that were replaced are dropped, and with them what is left of their words: a word
 * that somebody edits is no longer the word that was mapped.
 *
 * @param text that the map is from
 */
export function movedMap(map: SpanMap, { start, end, inserted }: Change, text: string): SpanMap {
  const growth = inserted - (end - start);
  if (map.length === 0 || map.at(-1)!.to + map.at(-1)!.length <= start) return map;
  return map.flatMap((piece): readonly MappedPiece[] => {
    const { from, to, length } = piece;
    if (to + length <= start) return [piece];
    if (to >= end) return [{ from, to: to + growth, length }];
    let before = Math.max(0, start - to);
    let behind = Math.min(length, end - to);
    if (isInsideWord(text, from + before)) while (before > 0 && isInsideWord(text, from + before)) before--;
    if (isInsideWord(text, from + behind)) while (behind < length && isInsideWord(text, from + behind)) behind++;
    return [
      { from, to, length: before },
      { from: from + behind, to: to + behind + growth, length: length - behind },
    ].filter((kept) => kept.length > 0);
  });
}
