/** Several heads' maps as one: their mean and their maximum, of a layer or of all. Knows no tokens. */
import type { AttentionMaps } from '../inspection.ts';

/** The mean of a layer's heads: `[queries, keys]`, each row sums to 1. */
export function headMean(maps: AttentionMaps, layer: number): Float32Array {
  return mean(maps, layer * maps.heads, maps.heads);
}

/** The mean of all heads of all layers: `[queries, keys]`, each row sums to 1. */
export function layerMean(maps: AttentionMaps): Float32Array {
  return mean(maps, 0, maps.layers * maps.heads);
}

/** The greatest weight that any head of the layer gives: `[queries, keys]`; rows sum to 1 or more. */
export function headMax(maps: AttentionMaps, layer: number): Float32Array {
  return maximum(maps, layer * maps.heads, maps.heads);
}

/** The greatest weight that any head of any layer gives: `[queries, keys]`; rows sum to 1 or more. */
export function layerMax(maps: AttentionMaps): Float32Array {
  return maximum(maps, 0, maps.layers * maps.heads);
}

function mean({ queries, keys, data }: AttentionMaps, first: number, count: number): Float32Array {
  const size = queries * keys;
  const out = data.slice(first * size, (first + 1) * size);
  for (let map = first + 1; map < first + count; map++) {
    for (let i = 0, from = map * size; i < size; i++) out[i]! += data[from + i]!;
  }
  for (let i = 0; i < size; i++) out[i]! /= count;
  return out;
}

function maximum({ queries, keys, data }: AttentionMaps, first: number, count: number): Float32Array {
  const size = queries * keys;
  const out = data.slice(first * size, (first + 1) * size);
  for (let map = first + 1; map < first + count; map++) {
    for (let i = 0, from = map * size; i < size; i++) if (data[from + i]! > out[i]!) out[i] = data[from + i]!;
  }
  return out;
}
