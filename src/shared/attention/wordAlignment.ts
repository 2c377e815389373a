/** Which source word each target word is of, read from one cross-attention map. Knows no heads and no model. */
import type { RowStep } from '../inspection.ts';
import { mergeToWords, wordOfToken, type Word } from './words.ts';

export interface WordLink {
  /** Indices among the source's and the target's words. */
  readonly source: number;
  readonly target: number;
  /** Attention to the source word, from 0 to 1: that of the target word, or of its token that gives most. */
  readonly weight: number;
}

/** A cross-attention map, its words and the step at which its rows are about a target token. */
export interface AlignedText {
  /** `[queries, keys]` */
  readonly weights: Float32Array;
  /** The words of all keys. */
  readonly source: readonly Word[];
  /** The words of all target tokens, of which there are as many as queries. */
  readonly target: readonly Word[];
  readonly step: RowStep;
}

/**
 * The rows that are about each target token: `[target tokens, keys]`. The row that reads a token is one later than the row that predicts it;
 * nothing reads the last token, whose row is then 0.
 */
export function rowsOfTarget(weights: Float32Array, keys: number, step: RowStep): Float32Array {
  if (step === 'predicts') return weights;
  const out = new Float32Array(weights.length);
  out.set(weights.subarray(keys));
  return out;
}

/**
 * Pairs of words of which each attends, or is attended to, most: of its row the source word is the greatest, of its column the target word
 * (the intersection of both directions, Och & Ney 2003). Not every word is in a pair. Control tokens are in none. In the order of the target.
 */
export function mutualAlignment({ weights, source, target, step }: AlignedText): WordLink[] {
  const keys = source.at(-1)?.tokens.end ?? 0;
  const merged = mergeToWords(rowsOfTarget(weights, keys, step), target, source);
  const rows = indicesOfWords(target);
  const columns = indicesOfWords(source);
  const at = (row: number, column: number): number => merged[row * source.length + column]!;
  const bestRow = new Map(columns.map((column) => [column, greatest(rows, (row) => at(row, column))]));
  return rows.flatMap((row) => {
    const column = greatest(columns, (each) => at(row, each));
    if (column === undefined || bestRow.get(column) !== row || at(row, column) === 0) return [];
    return [{ source: column, target: row, weight: at(row, column) }];
  });
}

/**
 * The source word of the token that each target token attends to most; control tokens, such as `</s>`, are neither. A target word may have
 * several. In the order of the target.
 */
export function greatestAlignment({ weights, source, target, step }: AlignedText): WordLink[] {
  const keys = source.at(-1)?.tokens.end ?? 0;
  const rows = rowsOfTarget(weights, keys, step);
  const wordOfKey = wordOfToken(source);
  const positions = indicesOfWords(source).flatMap((word) => range(source[word]!.tokens.start, source[word]!.tokens.end));
  return indicesOfWords(target).flatMap((word) => {
    const links = new Map<number, WordLink>();
    for (const position of range(target[word]!.tokens.start, target[word]!.tokens.end)) {
      const key = greatest(positions, (each) => rows[position * keys + each]!);
      if (key === undefined) continue;
      const linked = wordOfKey[key]!;
      const weight = rows[position * keys + key]!;
      if (weight >= (links.get(linked)?.weight ?? 0)) links.set(linked, { source: linked, target: word, weight });
    }
    return [...links.values()].sort((one, other) => one.source - other.source);
  });
}

function indicesOfWords(words: readonly Word[]): number[] {
  return [...words.keys()].filter((index) => words[index]!.kind !== 'control');
}

/** The first item of the greatest value. */
function greatest(items: readonly number[], value: (item: number) => number): number | undefined {
  let best = items[0];
  for (const item of items) if (value(item) > value(best!)) best = item;
  return best;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
