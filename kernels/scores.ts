/**
 * The output layer, for some tokens or all. Its blocks lie along what is summed, so that sums of a block are made in integers: the states are
 * rounded to 16 bits, which makes a logit off by as much as fp32 does, about 1e-4.
 */
import { largestOf, multiplyAdd, sumOf } from './multiplyAdd';

/** fp32 `[size]` -> int16 at `to`. @returns what an integer is times of */
export function roundTo16(x: usize, size: i32, to: usize): f32 {
  let largest = f32x4.splat(0);
  const end = x + ((<usize>size) << 2);
  for (let at = x; at < end; at += 16) largest = f32x4.max(largest, f32x4.abs(v128.load(at)));
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
 * Logits fp32 `[count]` of the tokens uint16 `[count]` at `to`.
 * @param x int16 `[size]` with the scale `xScale`
 * @param embedding int8 `[vocabulary, size]` with scales fp32 `[vocabulary, size / 32]`
 */
export function scoreTokens(x: usize, xScale: f32, size: i32, tokens: usize, count: i32, embedding: usize, scales: usize, to: usize): void {
  const scaleBytes = <usize>((size >> 5) << 2);
  const end = tokens + ((<usize>count) << 1);
  // Four at a time read x once.
  for (; tokens + 8 <= end; tokens += 8) {
    const t0 = <usize>load<u16>(tokens);
    const t1 = <usize>load<u16>(tokens, 2);
    const t2 = <usize>load<u16>(tokens, 4);
    const t3 = <usize>load<u16>(tokens, 6);
    let w0 = embedding + t0 * size;
    let w1 = embedding + t1 * size;
    let w2 = embedding + t2 * size;
    let w3 = embedding + t3 * size;
    let s0 = scales + t0 * scaleBytes;
    let s1 = scales + t1 * scaleBytes;
    let s2 = scales + t2 * scaleBytes;
    let s3 = scales + t3 * scaleBytes;
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    let from = x;
    for (const ends = s0 + scaleBytes; s0 < ends; ) {
      const x0 = v128.load(from);
      const x1 = v128.load(from, 16);
      const x2 = v128.load(from, 32);
      const x3 = v128.load(from, 48);
      sum0 = multiplyAdd(blockSums(w0, x0, x1, x2, x3), v128.load32_splat(s0), sum0);
      sum1 = multiplyAdd(blockSums(w1, x0, x1, x2, x3), v128.load32_splat(s1), sum1);
      sum2 = multiplyAdd(blockSums(w2, x0, x1, x2, x3), v128.load32_splat(s2), sum2);
      sum3 = multiplyAdd(blockSums(w3, x0, x1, x2, x3), v128.load32_splat(s3), sum3);
      from += 64;
      w0 += 32;
      w1 += 32;
      w2 += 32;
      w3 += 32;
      s0 += 4;
      s1 += 4;
      s2 += 4;
      s3 += 4;
    }
    f32.store(to, xScale * sumOf(sum0));
    f32.store(to, xScale * sumOf(sum1), 4);
    f32.store(to, xScale * sumOf(sum2), 8);
    f32.store(to, xScale * sumOf(sum3), 12);
    to += 16;
  }
  for (; tokens < end; tokens += 2) {
    const token = <usize>load<u16>(tokens);
    f32.store(to, xScale * scoreOf(x, embedding + token * size, scales + token * scaleBytes, scaleBytes));
    to += 4;
  }
}

function scoreOf(x: usize, w: usize, s: usize, scaleBytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (const end = s + scaleBytes; s < end; s += 4) {
    const sums = blockSums(w, v128.load(x), v128.load(x, 16), v128.load(x, 32), v128.load(x, 48));
    sum = multiplyAdd(sums, v128.load32_splat(s), sum);
    x += 64;
    w += 32;
  }
  return sumOf(sum);
}

/** Four sums that together are that of a block of 32: at most 2 ** 28, for integers of 8 bits. */
function blockSums(w: usize, x0: v128, x1: v128, x2: v128, x3: v128): v128 {
  const first = i32x4.add(i32x4.dot_i16x8_s(v128.load8x8_s(w), x0), i32x4.dot_i16x8_s(v128.load8x8_s(w, 8), x1));
  const second = i32x4.add(i32x4.dot_i16x8_s(v128.load8x8_s(w, 16), x2), i32x4.dot_i16x8_s(v128.load8x8_s(w, 24), x3));
  return f32x4.convert_i32x4_s(i32x4.add(first, second));
}
