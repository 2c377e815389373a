/** Attention maps of random numbers, and tokens, for tests of the measures. */
import assert from 'node:assert/strict';
import type { AttentionMaps, AxisToken, ValueProducts } from '../../src/shared/inspection.ts';

/** Numbers from 0 to 1, the same in every run (Lehmer). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

export function randomMaps(seed: number, layers: number, heads: number, queries: number, keys: number, causal = false): AttentionMaps {
  const random = randomNumbers(seed);
  const data = new Float32Array(layers * heads * queries * keys);
  for (let row = 0; row < data.length; row += keys) {
    const visible = causal ? ((row / keys) % queries) + 1 : keys;
    const weights = Array.from({ length: visible }, () => random() ** 4 + 1e-6);
    const sum = weights.reduce((one, other) => one + other, 0);
    data.set(
      weights.map((weight) => weight / sum),
      row,
    );
  }
  return { layers, heads, queries, keys, data };
}

export function randomProducts(seed: number, layers: number, keys: number, heads: number): ValueProducts {
  const random = randomNumbers(seed);
  const data = new Float32Array(layers * keys * heads * heads);
  for (let at = 0; at < data.length; at += heads * heads) {
    const vectors = Array.from({ length: heads }, () => Array.from({ length: 3 }, () => random() - 0.5));
    for (const [g, one] of vectors.entries()) {
      for (const [h, other] of vectors.entries()) data[at + g * heads + h] = one.reduce((sum, value, i) => sum + value * other[i]!, 0);
    }
  }
  return { layers, keys, heads, data };
}

export const rowSums = (values: Float32Array, keys: number): number[] =>
  Array.from({ length: values.length / keys }, (_, row) =>
    values.subarray(row * keys, (row + 1) * keys).reduce((sum, value) => sum + value, 0),
  );

export function assertSums(values: Float32Array, keys: number, expected = 1): void {
  for (const sum of rowSums(values, keys)) assert.ok(Math.abs(sum - expected) < 1e-5, String(sum));
}

/** Tokens of a text that is the labels joined; those in angle brackets are control tokens. */
export function tokensOf(...labels: string[]): { text: string; tokens: AxisToken[] } {
  let text = '';
  const tokens = labels.map((label, id) => {
    const start = text.length;
    if (!/^<.*>$/.test(label)) text += label;
    return { id, label, span: { start, end: text.length } };
  });
  return { text, tokens };
}
