/** Which source positions a target looked at most. */
import type { AttentionMaps } from './inspection.ts';

/** Key positions in the order of the attention that they get from all layers, heads and queries together, the most attended first. */
export function mostAttended({ keys, data }: AttentionMaps): number[] {
  const sums = new Float64Array(keys);
  for (const [index, weight] of data.entries()) sums[index % keys]! += weight;
  return [...sums.keys()].sort((one, other) => sums[other]! - sums[one]!);
}
