/**
 * Attention rollout (Abnar & Zuidema 2020): how much of what went into the model has reached each position after some layers, if attention
 * alone moved it. Each layer passes on (A + I) / 2, where A is the mean of its heads and I stands for the residual connection. Knows no tokens.
 *
 * Products of maps of hundreds of tokens take long: these are generators that yield every few milliseconds, so that others can use the thread.
 */
import type { AttentionMaps } from '../inspection.ts';
import { headMean } from './aggregate.ts';

/**
 * Of self-attention, up to and with layer `last`: `[positions, positions]`, row-major, each row sums to 1. The decoder's is causal, because
 * its maps are, and takes no account of cross-attention, which would only scale its rows (see `crossRollout`).
 */
export function* selfRollout(maps: AttentionMaps, last = maps.layers - 1): Generator<undefined, Float32Array> {
  let rolled = withResidual(maps, 0);
  for (let layer = 1; layer <= last; layer++) rolled = yield* product(withResidual(maps, layer), rolled, maps.keys);
  return rolled;
}

/**
 * How much of each source token has reached each decoder position up to and with decoder layer `last`: `[target, source]`, row-major, each
 * row sums to 1.
 *
 * A decoder layer is self-attention and then cross-attention, each with a residual connection, and cross-attention reads the encoder's last
 * states. With R the encoder's rollout, D and X the means of the layer's decoder and cross-attention, and C = 0 at first, a layer makes
 * C = ((D + I) / 2 · C + X · R) / 2. The rows of C sum to 1 - 2^-layers whatever the attention was, so that is divided out.
 */
export function* crossRollout(
  encoder: AttentionMaps,
  decoder: AttentionMaps,
  cross: AttentionMaps,
  last = cross.layers - 1,
): Generator<undefined, Float32Array> {
  const source = yield* selfRollout(encoder);
  const rolled = new Float32Array(cross.queries * cross.keys);
  for (let layer = 0; layer <= last; layer++) {
    const kept = yield* product(withResidual(decoder, layer), rolled, cross.keys);
    const added = yield* product(headMean(cross, layer), source, cross.keys);
    for (let i = 0; i < rolled.length; i++) rolled[i] = (kept[i]! + added[i]!) / 2;
  }
  return normaliseRows(rolled, cross.keys);
}

/** (A + I) / 2, with rows that sum to 1 also where heads were knocked out. `[positions, positions]` */
function withResidual(maps: AttentionMaps, layer: number): Float32Array {
  const out = headMean(maps, layer);
  for (let i = 0; i < maps.queries; i++) out[i * maps.keys + i]! += 1;
  return normaliseRows(out, maps.keys);
}

function normaliseRows(values: Float32Array, columns: number): Float32Array {
  for (let start = 0; start < values.length; start += columns) {
    let sum = 0;
    for (let i = start; i < start + columns; i++) sum += values[i]!;
    if (sum > 0) for (let i = start; i < start + columns; i++) values[i]! /= sum;
  }
  return values;
}

/** So many multiplications take a few milliseconds. */
const SLICE = 2_000_000;

/** `left` `[rows, inner]` times `right` `[inner, columns]`: `[rows, columns]`. */
function* product(left: Float32Array, right: Float32Array, columns: number): Generator<undefined, Float32Array> {
  const inner = right.length / columns;
  const rows = left.length / inner;
  const out = new Float32Array(rows * columns);
  const sums = new Float64Array(columns);
  let multiplied = 0;
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    const from = row * inner;
    let k = 0;
    // Four rows of `right` at once: every access is to neighbours, and the sums are read and written a quarter as often.
    for (; k + 4 <= inner; k += 4) {
      const a = left[from + k]!;
      const b = left[from + k + 1]!;
      const c = left[from + k + 2]!;
      const d = left[from + k + 3]!;
      // The upper half of a causal map.
      if (a === 0 && b === 0 && c === 0 && d === 0) continue;
      for (let j = 0, i = k * columns; j < columns; j++, i++) {
        sums[j]! += a * right[i]! + b * right[i + columns]! + c * right[i + 2 * columns]! + d * right[i + 3 * columns]!;
      }
    }
    for (; k < inner; k++) {
      const a = left[from + k]!;
      for (let j = 0, i = k * columns; j < columns; j++, i++) sums[j]! += a * right[i]!;
    }
    out.set(sums, row * columns);
    multiplied += inner * columns;
    if (multiplied < SLICE) continue;
    multiplied = 0;
    yield;
  }
  return out;
}
