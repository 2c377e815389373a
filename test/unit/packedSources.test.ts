/** The encoder reads the tokens of all sources without the padding, and is told where each belongs. */
import assert from 'node:assert/strict';
import { packedSources } from '../../webview/engine/packedSources.ts';
import type { Weights } from '../../webview/engine/weights.ts';

describe('packed sources', () => {
  /** The row of token t is t and its negative. */
  const weights: Pick<Weights, 'embeddingRow'> = { embeddingRow: (token, row) => row.set([token, -token]) };
  const { feeds, sourceMask } = packedSources(
    [
      [7, 8, 2],
      [9, 2],
    ],
    weights,
    2,
  );
  const values = (name: string): number[] => [...(feeds[name]!.data as Int32Array)];

  it('are the rows of the tokens one after the other, with their positions in their texts', () => {
    assert.deepEqual(values('embedded'), [7, -7, 8, -8, 2, -2, 9, -9, 2, -2]);
    assert.deepEqual(feeds['embedded']!.dims, [5, 2]);
    assert.deepEqual(values('positions'), [0, 1, 2, 0, 1]);
  });

  it('say where each token is in the padded batch, and which is there', () => {
    assert.deepEqual(values('tokens'), [0, 1, 2, 3, 4]);
    assert.deepEqual(values('places'), [0, 1, 2, 3, 4, 0]);
    assert.deepEqual(feeds['places']!.dims, [2, 3]);
    assert.deepEqual([...sourceMask], [1, 1, 1, 1, 1, 0]);
    for (const [place, there] of sourceMask.entries())
      if (there === 1) assert.equal(values('tokens')[values('places')[place]!], place, 'the two undo each other');
  });

  it('of another order leave the padding out in the middle', () => {
    const { feeds: other } = packedSources([[5, 2], [6, 7, 8, 2], [2]], weights, 2);
    assert.deepEqual([...(other['tokens']!.data as Int32Array)], [0, 1, 4, 5, 6, 7, 8]);
  });
});
