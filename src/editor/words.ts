/** Where words begin and end in a text. Knows no language; scripts that write without spaces have words of one character. */
import type { Span } from '../shared/span.ts';
import { UNSPACED_CHARACTER } from '../shared/unspacedScripts.ts';

/** A lone half of a surrogate pair counts, so that no pair is parted. */
const WORD_UNIT = /^[\p{L}\p{N}\p{M}_\ud800-\udfff]$/u;
const WITHOUT_SPACES = new RegExp(`^${UNSPACED_CHARACTER}$`, 'u');

/** Whether the characters before and behind `offset` are of one word. */
export function isInsideWord(text: string, offset: number): boolean {
  return isOfWord(text.charAt(offset - 1)) && isOfWord(text.charAt(offset));
}

/** The word that `offset` is in, or at an end of; else the character behind it. */
export function wordAt(text: string, offset: number): Span {
  let [start, end] = [offset, offset];
  while (isOfWord(text.charAt(start - 1))) start--;
  while (isOfWord(text.charAt(end))) end++;
  return start < end ? { start, end } : { start, end: Math.min(end + 1, text.length) };
}

function isOfWord(unit: string): boolean {
  return WORD_UNIT.test(unit) && !WITHOUT_SPACES.test(unit);
}
