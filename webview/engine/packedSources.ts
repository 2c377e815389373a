/** The encoder's inputs: the tokens of all sources one after the other, since products with weights do not need the padding. Knows no graph. */
import { float32Tensor, int32Tensor, type Tensors } from './onnxRuntime.ts';
import type { Weights } from './weights.ts';

export interface PackedSources {
  /** As models/training/layers.py describes a packing. */
  readonly feeds: Tensors;
  /** 1 for a token, 0 for padding on the right: `[sources, longest]`, row-major. */
  readonly sourceMask: Float32Array;
}

/** @param weights whose embedding the tokens are looked up in */
export function packedSources(
  sources: readonly (readonly number[])[],
  weights: Pick<Weights, 'embeddingRow'>,
  hiddenSize: number,
): PackedSources {
  const longest = Math.max(...sources.map(({ length }) => length));
  const dims = [sources.length, longest];
  const sourceMask = new Float32Array(sources.length * longest);
  const places = new Int32Array(sourceMask.length);
  const positions: number[] = [];
  const tokens: number[] = [];
  for (const [row, { length }] of sources.entries()) {
    for (let position = 0; position < length; position++) {
      const token = row * longest + position;
      sourceMask[token] = 1;
      places[token] = tokens.length;
      positions.push(position);
      tokens.push(token);
    }
  }
  const embedded = new Float32Array(tokens.length * hiddenSize);
  for (const [index, id] of sources.flat().entries())
    weights.embeddingRow(id, embedded.subarray(index * hiddenSize, (index + 1) * hiddenSize));
  return {
    feeds: {
      embedded: float32Tensor(embedded, [tokens.length, hiddenSize]),
      ...{ positions: int32Tensor(positions, [tokens.length]), tokens: int32Tensor(tokens, [tokens.length]) },
      ...{ places: int32Tensor(places, dims), source_mask: float32Tensor(sourceMask, dims) },
    },
    sourceMask,
  };
}
