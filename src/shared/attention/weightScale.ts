/** Weights as shares of a colour scale, from 0 (its low end) to 1 (its high end). Knows no colours. */

export const WEIGHT_SCALES = ['linear', 'log', 'row'] as const;
export type WeightScale = (typeof WEIGHT_SCALES)[number];

/** How far below the greatest weight the logarithmic scale ends. */
export const LOG_DECADES = 3;

/**
 * The share of each weight, in the order of `values`: linear of the map's maximum; `log` from a thousandth of the maximum (and less) to the
 * maximum; `row` linear of the row's own maximum. `[queries, keys]`
 */
export function scaleShares(values: Float32Array, keys: number, scale: WeightScale): Float32Array {
  const out = new Float32Array(values.length);
  const width = scale === 'row' ? keys : values.length;
  for (let start = 0; start < values.length; start += width) {
    let maximum = 0;
    for (let i = start; i < start + width; i++) if (values[i]! > maximum) maximum = values[i]!;
    if (maximum > 0) for (let i = start; i < start + width; i++) out[i] = shareOf(values[i]!, maximum, scale);
  }
  return out;
}

/** Where a weight lies on a scale that ends at `maximum`, which is above 0. */
export function shareOf(weight: number, maximum: number, scale: WeightScale): number {
  const share = weight / maximum;
  return scale === 'log' ? (share > 0 ? Math.max(0, 1 + Math.log10(share) / LOG_DECADES) : 0) : share;
}

/** The weight at a share of the scale, for its legend. */
export function weightAt(share: number, maximum: number, scale: WeightScale): number {
  return scale === 'log' ? maximum * 10 ** (LOG_DECADES * (share - 1)) : maximum * share;
}
