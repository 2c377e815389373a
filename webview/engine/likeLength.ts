/** Which texts are decoded together: some of like length, because work on padding is lost and those of like length end together. Knows no text. */

/** Texts of a batch. More fill the processor no better, and every text waits for its whole batch. */
export const BATCH_TEXTS = 32;
/** Tokens of a batch, but for a single text. The encoder reads them at once, and until it is done nobody can stop it, on a processor for a second. */
const BATCH_TOKENS = 1024;
/** Of the positions that a batch is padded to, this share may be padding. */
const MOST_PADDING = 0.13;

/**
 * Batches of at most `BATCH_TEXTS` and `BATCH_TOKENS`, shortest first. One also ends where the next text would make too much of it padding, but not
 * below `leastRows`.
 * @param leastRows with fewer, steps would leave the device idle
 */
export function batchesOfLikeLength<Item>(items: readonly Item[], lengthOf: (item: Item) => number, leastRows: number): Item[][] {
  const batches: Item[][] = [];
  let batch: Item[] = [];
  let positions = 0;
  for (const item of [...items].sort((one, other) => lengthOf(one) - lengthOf(other))) {
    const padded = lengthOf(item) * (batch.length + 1);
    const isPaddedOut = batch.length >= leastRows && padded - positions - lengthOf(item) > MOST_PADDING * padded;
    const isFull = batch.length === BATCH_TEXTS || (batch.length > 0 && positions + lengthOf(item) > BATCH_TOKENS);
    if (isFull || isPaddedOut) {
      batches.push(batch);
      [batch, positions] = [[], 0];
    }
    batch.push(item);
    positions += lengthOf(item);
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}
