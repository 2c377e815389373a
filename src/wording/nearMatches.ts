/** Sentences of the translation memory that are much like another one, with how much, as translators know them. Knows no editor. */
import type { Language } from '../shared/task.ts';
import { UNSPACED_CHARACTER } from '../shared/unspacedScripts.ts';
import type { MemoryEntry } from './memoryEntry.ts';

export interface NearMatch {
  readonly entry: MemoryEntry;
  /** Above 0 and below 1: words that would have to be changed, added or left out, as a share of the longer sentence, taken from 1. */
  readonly likeness: number;
}

/** Below, correcting a translation takes longer than reading the other one; what translators' tools begin with. */
const LEAST_LIKENESS = 0.75;
const MOST_MATCHES = 3;
const WORD = /[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu;
/** Scripts without spaces between words are compared by character. */
const UNSPACED = new RegExp(UNSPACED_CHARACTER, 'u');

/** The most alike first; equal ones are no near matches. Yields after each entry. */
export function* nearMatches(text: string, to: Language, entries: readonly MemoryEntry[]): Generator<void, NearMatch[]> {
  const wanted = wordsOf(text);
  const found: NearMatch[] = [];
  for (const entry of entries) {
    yield;
    if (entry.to !== to || !isOfLikeLength(text.length, entry.source.length)) continue;
    const likeness = likenessOf(wanted, wordsOf(entry.source));
    if (likeness >= LEAST_LIKENESS && likeness < 1) found.push({ entry, likeness });
  }
  return found.sort((one, other) => other.likeness - one.likeness).slice(0, MOST_MATCHES);
}

/** A text from the first word on in which it is not the other one; what is like it before that is an ellipsis. */
export function differentPart(text: string, other: string): string {
  let same = 0;
  while (same < text.length && text[same] === other[same]) same++;
  const isInsideWord = /\S/.test(other.charAt(same));
  const start = text.lastIndexOf(' ', isInsideWord ? same - 1 : same) + 1;
  return start === 0 ? text : `… ${text.slice(start)}`;
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(WORD) ?? []).flatMap((word) => (UNSPACED.test(word) ? Array.from(word) : [word]));
}

/** Half as long or twice as long a sentence says something else. */
function isOfLikeLength(one: number, other: number): boolean {
  return one <= 2 * other && other <= 2 * one;
}

/** By the edit distance of the words (Levenshtein 1966), row by row; 0 where it is sure to be less than is looked for. */
function likenessOf(one: readonly string[], other: readonly string[]): number {
  const longer = Math.max(one.length, other.length);
  const most = longer * (1 - LEAST_LIKENESS);
  if (Math.abs(one.length - other.length) > most) return 0;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, word] of one.entries()) {
    const next = [index + 1];
    for (const [column, compared] of other.entries())
      next.push(Math.min(next[column]! + 1, row[column + 1]! + 1, row[column]! + (word === compared ? 0 : 1)));
    if (Math.min(...next) > most) return 0;
    row = next;
  }
  return 1 - row.at(-1)! / longer;
}
