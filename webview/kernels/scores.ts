/**
 * The output layer, for a few tokens; panels.ts has it for many. Its blocks lie along what is summed, so that sums of a block are made in integers:
 * the states are rounded to 16 bits, which makes a logit off by as much as fp32 does, about 1e-4. A block's integers sum up to at most 2 ** 28.
 */
import { largestOf, multiplyAdd, sumOf } from './multiplyAdd';
import { bytes, halves } from './sizes';

/** fp32 `[size]` -> int16 at `to`. @returns what an integer is times of */
export function roundTo16(x: usize, size: i32, to: usize): f32 {
  let largest = f32x4.splat(0);
  const end = x + bytes(size);
  for (let at = x; at < end; at += 16) largest = f32x4.pmax(largest, f32x4.abs(v128.load(at)));
  const scale = max(largestOf(largest), f32.MIN_NORMAL_VALUE) / 32767;
  const factor = f32x4.splat(1 / scale);
  for (let at = x; at < end; at += 32) {
    const low = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(factor, v128.load(at))));
    const high = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(factor, v128.load(at, 16))));
    v128.store(to, i16x8.narrow_i32x4_s(low, high));
    to += 16;
  }
  return scale;
}

/**
 * Logits fp32 `[count]` of one state, for tokens uint16 `[count]`, at `to`.
 * @param x int16 `[size]`, times `xScale`
 * @param embedding int8 `[vocabulary, size]` with scales fp32 `[vocabulary, size / 32]`
 */
export function scoreTokens(x: usize, xScale: f32, size: i32, tokens: usize, count: i32, embedding: usize, scales: usize, to: usize): void {
  for (const end = tokens + halves(count); tokens < end; tokens += 2) {
    const token = <usize>load<u16>(tokens);
    let weights = embedding + token * size;
    let scale = scales + token * bytes(size >> 5);
    let from = x;
    let sums = f32x4.splat(0);
    for (const last = weights + size; weights < last; weights += 32) {
      sums = multiplyAdd(blockSums(weights, from), v128.load32_splat(scale), sums);
      from += 64;
      scale += 4;
    }
    f32.store(to, xScale * sumOf(sums));
    to += 4;
  }
}

/** Four sums that together are that of a block. */
function blockSums(w: usize, x: usize): v128 {
  const first = i32x4.add(dot(w, x), dot(w + 8, x + 16));
  const second = i32x4.add(dot(w + 16, x + 32), dot(w + 24, x + 48));
  return f32x4.convert_i32x4_s(i32x4.add(first, second));
}

function dot(w: usize, x: usize): v128 {
  return i32x4.dot_i16x8_s(v128.load8x8_s(w), v128.load(x));
}
