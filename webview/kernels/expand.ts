/** Integer weights -> fp32, for products that use each of them many times. */
import { lower, upper } from './integers';

/**
 * int8 `[k, 32]` with scales `[k]` -> fp32 at `to`: the rows `row` bytes apart, and the four parts of eight columns that each has `part` bytes apart.
 */
export function expand(weights: usize, scales: usize, k: i32, to: usize, row: usize, part: usize): void {
  for (const end = scales + ((<usize>k) << 2); scales < end; scales += 4) {
    const scale = v128.load32_splat(scales);
    let target = to;
    for (const next = weights + 32; weights < next; weights += 8) {
      const integers = v128.load8x8_s(weights);
      v128.store(target, f32x4.mul(scale, lower(integers)));
      v128.store(target, f32x4.mul(scale, upper(integers)), 16);
      target += part;
    }
    to += row;
  }
}
