/** How alike the hidden states of two positions are. Knows no tokens. */
import type { HiddenStates } from '../inspection.ts';

/** Cosine of the angle between the states of each two positions at one layer, -1 to 1; 0 where a state is zero. `[positions, positions]` */
export function cosineSimilarity({ positions, size, data }: HiddenStates, layer: number): Float32Array {
  const start = layer * positions * size;
  const unit = new Float64Array(positions * size);
  for (let from = 0; from < unit.length; from += size) {
    let square = 0;
    for (let i = from; i < from + size; i++) square += data[start + i]! ** 2;
    if (square > 0) for (let i = from, scale = 1 / Math.sqrt(square); i < from + size; i++) unit[i] = data[start + i]! * scale;
  }
  const out = new Float32Array(positions * positions);
  for (let a = 0; a < positions; a++) {
    for (let b = 0; b <= a; b++) {
      let dot = 0;
      for (let i = a * size, j = b * size, end = i + size; i < end; i++, j++) dot += unit[i]! * unit[j]!;
      out[a * positions + b] = out[b * positions + a] = dot;
    }
  }
  return out;
}
