/**
 * Norm-based weights (Kobayashi et al. 2020): how long the vector is that a key adds to a query's output, ||alpha f(x)||, where attention
 * weights alone leave out how long f(x) is. f_h(x) = (x W_V^h + b_V^h) W_O^h is head h's transformed value. Knows no tokens.
 */
import type { AttentionMaps, ValueProducts } from '../inspection.ts';

/**
 * `[queries, keys]`: the norm of one head's vector, alpha_h · ||f_h(x)||, or of the sum over the layer's heads where `head` is null,
 * ||sum_h alpha_h f_h(x)||, in which heads may cancel one another. Norms, not shares: rows do not sum to 1.
 */
export function normWeights(maps: AttentionMaps, products: ValueProducts, layer: number, head: number | null): Float32Array {
  return head === null ? layerNorms(maps, products, layer) : headNorms(maps, products, layer, head);
}

/** Each row divided by its sum, so that a row says which share of the norms each key has; a row of zeros stays. `[queries, keys]` */
export function rowShares(values: Float32Array, keys: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let row = 0; row < values.length; row += keys) {
    let sum = 0;
    for (let i = row; i < row + keys; i++) sum += values[i]!;
    if (sum > 0) for (let i = row; i < row + keys; i++) out[i] = values[i]! / sum;
  }
  return out;
}

function headNorms({ heads, queries, keys, data }: AttentionMaps, products: ValueProducts, layer: number, head: number): Float32Array {
  const norms = new Float64Array(keys);
  for (let key = 0; key < keys; key++) {
    norms[key] = Math.sqrt(Math.max(0, products.data[((layer * keys + key) * heads + head) * heads + head]!));
  }
  const out = new Float32Array(queries * keys);
  const from = (layer * heads + head) * queries * keys;
  for (let query = 0, i = 0; query < queries; query++) {
    for (let key = 0; key < keys; key++, i++) out[i] = data[from + i]! * norms[key]!;
  }
  return out;
}

function layerNorms({ heads, queries, keys, data }: AttentionMaps, products: ValueProducts, layer: number): Float32Array {
  const size = queries * keys;
  const out = new Float32Array(size);
  const alphas = new Float64Array(heads);
  for (let i = 0; i < size; i++) {
    for (let head = 0, at = layer * heads * size + i; head < heads; head++, at += size) alphas[head] = data[at]!;
    const gram = (layer * keys + (i % keys)) * heads * heads;
    let square = 0;
    for (let g = 0; g < heads; g++) {
      const row = gram + g * heads;
      let mixed = 0;
      for (let h = 0; h < g; h++) mixed += alphas[h]! * products.data[row + h]!;
      square += alphas[g]! * (2 * mixed + alphas[g]! * products.data[row + g]!);
    }
    // Where heads cancel, rounding may leave a little less than nothing.
    out[i] = Math.sqrt(Math.max(0, square));
  }
  return out;
}
