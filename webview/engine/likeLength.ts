/** Which texts are decoded together: some of like length, because work on padding is lost and those of like length end together. Knows no text. */

/** How much a model reads and writes at once; every text waits for its whole batch. */
export interface BatchLimits {
  /** With fewer texts, steps would leave the device idle. */
  readonly leastTexts: number;
  /** More texts fill it no better. */
  readonly mostTexts: number;
  /** Tokens of all its texts, but for a single text. */
  readonly mostTokens: number;
}

/** Of the positions that a batch is padded to, this share may be padding. */
const MOST_PADDING = 0.13;

/** Batches within the limits, shortest first. One also ends where the next text would make too much of it padding, but not below `leastTexts`. */
export function batchesOfLikeLength<Item>(items: readonly Item[], lengthOf: (item: Item) => number, limits: BatchLimits): Item[][] {
  const batches: Item[][] = [];
  let batch: Item[] = [];
  let positions = 0;
  for (const item of [...items].sort((one, other) => lengthOf(one) - lengthOf(other))) {
    const padded = lengthOf(item) * (batch.length + 1);
    const isPaddedOut = batch.length >= limits.leastTexts && padded - positions - lengthOf(item) > MOST_PADDING * padded;
    const isFull = batch.length === limits.mostTexts || (batch.length > 0 && positions + lengthOf(item) > limits.mostTokens);
    if (isFull || isPaddedOut) {
      batches.push(batch);
      [batch, positions] = [[], 0];
    }
    batch.push(item);
    positions += lengthOf(item);
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}
