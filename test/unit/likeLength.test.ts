import assert from 'node:assert/strict';
import { batchesOfLikeLength } from '../../webview/engine/likeLength.ts';

const LEAST = 8;
const MOST = 32;
const batches = (lengths: readonly number[], leastTexts = LEAST): number[][] =>
  batchesOfLikeLength(lengths, (length) => length, { leastTexts, mostTexts: MOST, mostTokens: 1024 });

describe('batches of like length', () => {
  // As sentences are: most are short, some are several times as long.
  const lengths = Array.from({ length: 128 }, (_, index) => 4 + ((index * 37) % 128 < 96 ? (index * 7) % 15 : (index * 11) % 30));

  it('have every text once, shortest first, and none has too many', () => {
    const sorted = [...lengths].sort((one, other) => one - other);
    assert.deepEqual(batches(lengths).flat(), sorted);
    for (const batch of batches(lengths)) assert.ok(batch.length <= MOST);
  });

  it('are less padded than full ones would be, and none is too small for that', () => {
    const padded = (all: readonly (readonly number[])[]): number => all.reduce((sum, batch) => sum + batch.length * Math.max(...batch), 0);
    assert.ok(padded(batches(lengths)) < 0.9 * padded(batches(lengths, MOST)));
    for (const batch of batches(lengths).slice(0, -1)) assert.ok(batch.length >= LEAST);
  });

  it('have no more tokens than can be read at once, but for a text that has more by itself', () => {
    assert.deepEqual(
      batches(new Array<number>(20).fill(160), MOST).map(({ length }) => length),
      [6, 6, 6, 2],
    );
    assert.deepEqual(batches([3, 2000, 2], MOST), [[2, 3], [2000]]);
  });

  it('are full where all texts are equally long, and none where there is no text', () => {
    assert.deepEqual(
      batches(new Array<number>(70).fill(5)).map(({ length }) => length),
      [MOST, MOST, 6],
    );
    assert.deepEqual(batches([]), []);
  });
});
