/** Columns of the output layer are the rows of the embedding, turned, and are kept for as long as they are likely to be asked for. */
import assert from 'node:assert/strict';
import { OutputColumns } from '../../webview/engine/outputColumns.ts';
import type { Weights } from '../../webview/engine/weights.ts';

function rowsOf(embedding: Float32Array): Pick<Weights, 'embeddingRow'> {
  return { embeddingRow: (token, row) => row.set(embedding.subarray(token * row.length, (token + 1) * row.length)) };
}

describe('columns of the output layer', () => {
  it('are the rows of the embedding, one beside the other', () => {
    const size = 3;
    const embedding = Float32Array.from({ length: 40 * size }, (_, index) => index);
    const weights = rowsOf(embedding);
    const tokens = Uint16Array.from({ length: 20 }, (_, index) => 39 - index);
    const columns = new OutputColumns(weights, size).of(tokens);
    for (let i = 0; i < size; i++)
      assert.deepEqual(
        [...columns.subarray(i * 20, (i + 1) * 20)],
        Array.from(tokens, (token) => embedding[token * size + i]!),
      );
    assert.equal(new OutputColumns(weights, size).of(new Uint16Array(0)).length, 0);
  });

  it('are kept for the two lists that were asked for last', () => {
    const columns = new OutputColumns(rowsOf(Float32Array.of(1, 2, 3)), 1);
    const [first, second, third] = [Uint16Array.of(0), Uint16Array.of(1), Uint16Array.of(2)];
    const [ofFirst, ofSecond] = [columns.of(first), columns.of(second)];
    assert.equal(columns.of(first), ofFirst);
    columns.of(third);
    columns.of(new Uint16Array(0));
    assert.equal(columns.of(first), ofFirst);
    assert.notEqual(columns.of(second), ofSecond);
  });
});
