/** How much of what attention adds at each target token comes from the source, and how much from the target before it. */
import type { AttentionMaps, ValueProducts } from '../inspection.ts';
import { normWeights } from './normWeights.ts';

export interface NormedAttention {
  readonly maps: AttentionMaps;
  readonly products: ValueProducts;
}

/**
 * Of each target position the share of the source, from 0 to 1: in each decoder layer the norms of what cross-attention adds from each source
 * position, against those together with what self-attention adds from each position of the target prefix (norms of Kobayashi et al. 2020, of
 * the sum over heads); the mean over layers. `[target]`
 */
export function sourceShare(cross: NormedAttention, own: NormedAttention): Float32Array {
  const { layers, queries } = cross.maps;
  const shares = new Float32Array(queries);
  for (let layer = 0; layer < layers; layer++) {
    const fromSource = rowSums(cross, layer);
    const fromPrefix = rowSums(own, layer);
    for (let query = 0; query < queries; query++) {
      const both = fromSource[query]! + fromPrefix[query]!;
      if (both > 0) shares[query]! += fromSource[query]! / both / layers;
    }
  }
  return shares;
}

/** Sum of the norms of each query of the layer. `[queries]` */
function rowSums({ maps, products }: NormedAttention, layer: number): Float64Array {
  const norms = normWeights(maps, products, layer, null);
  const sums = new Float64Array(maps.queries);
  for (let query = 0, i = 0; query < maps.queries; query++) for (let key = 0; key < maps.keys; key++, i++) sums[query]! += norms[i]!;
  return sums;
}
