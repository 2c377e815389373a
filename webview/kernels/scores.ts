/**
 * The output layer, for some tokens or all. Its blocks lie along what is summed, so that sums of a block are made in integers: the states are
 * rounded to 16 bits, which makes a logit off by as much as fp32 does, about 1e-4. A block's integers sum up to at most 2 ** 28 in four lanes.
 */
import { largestOf, multiplyAdd, sumOf } from './multiplyAdd';

/** Tokens whose rows of the embedding stay in the cache while every row of x is multiplied by them. */
const TOKENS: i32 = 256;

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
 * Logits fp32 `[rows, count]`, `stride` numbers from row to row, of the tokens uint16 `[count]` at `to`.
 * @param x int16 `[rows, size]`
 * @param xScales fp32 `[rows]`
 * @param embedding int8 `[vocabulary, size]` with scales fp32 `[vocabulary, size / 32]`
 */
export function scoreTokens(
  x: usize,
  xScales: usize,
  rows: i32,
  size: i32,
  tokens: usize,
  count: i32,
  embedding: usize,
  scales: usize,
  to: usize,
  stride: i32,
): void {
  const rowOfX = (<usize>size) << 1;
  const rowOfScales = <usize>((size >> 5) << 2);
  const rowOfLogits = (<usize>stride) << 2;
  const pairedRows = rows & ~1;
  for (let from = 0; from < count; from += TOKENS) {
    const some = min(TOKENS, count - from);
    const pairedTokens = some & ~1;
    const list = tokens + ((<usize>from) << 1);
    for (let row = 0; row < rows; row++) {
      const ofRow = x + rowOfX * row;
      const xScale = xScales + ((<usize>row) << 2);
      const logits = to + rowOfLogits * row + ((<usize>from) << 2);
      const isPaired = row < pairedRows;
      if (isPaired && (row & 1) === 0) {
        for (let token: usize = 0; token < <usize>pairedTokens; token += 2) {
          const first = <usize>load<u16>(list + (token << 1));
          const second = <usize>load<u16>(list + (token << 1), 2);
          scoreTwoByTwo(
            ofRow,
            rowOfX,
            xScale,
            embedding + first * size,
            embedding + second * size,
            scales + first * rowOfScales,
            scales + second * rowOfScales,
            rowOfScales,
            logits + (token << 2),
            rowOfLogits,
          );
        }
      }
      const done = isPaired ? pairedTokens : 0;
      const left = list + ((<usize>done) << 1);
      scoreRow(ofRow, f32.load(xScale), size, left, some - done, embedding, scales, logits + ((<usize>done) << 2));
    }
  }
}

/** Two rows by two tokens: what is read of either is used twice. */
function scoreTwoByTwo(
  x0: usize,
  rowOfX: usize,
  xScales: usize,
  w0: usize,
  w1: usize,
  s0: usize,
  s1: usize,
  rowOfScales: usize,
  to: usize,
  rowOfLogits: usize,
): void {
  let x1 = x0 + rowOfX;
  let sum00 = f32x4.splat(0);
  let sum01 = sum00;
  let sum10 = sum00;
  let sum11 = sum00;
  for (const end = s0 + rowOfScales; s0 < end; s0 += 4) {
    let part00 = i32x4.splat(0);
    let part01 = part00;
    let part10 = part00;
    let part11 = part00;
    for (const ofBlock = w0 + 32; w0 < ofBlock; w0 += 16) {
      const first = v128.load8x8_s(w0);
      const firstMore = v128.load8x8_s(w0, 8);
      const second = v128.load8x8_s(w1);
      const secondMore = v128.load8x8_s(w1, 8);
      let states = v128.load(x0);
      let more = v128.load(x0, 16);
      part00 = i32x4.add(part00, i32x4.add(i32x4.dot_i16x8_s(first, states), i32x4.dot_i16x8_s(firstMore, more)));
      part01 = i32x4.add(part01, i32x4.add(i32x4.dot_i16x8_s(second, states), i32x4.dot_i16x8_s(secondMore, more)));
      states = v128.load(x1);
      more = v128.load(x1, 16);
      part10 = i32x4.add(part10, i32x4.add(i32x4.dot_i16x8_s(first, states), i32x4.dot_i16x8_s(firstMore, more)));
      part11 = i32x4.add(part11, i32x4.add(i32x4.dot_i16x8_s(second, states), i32x4.dot_i16x8_s(secondMore, more)));
      w1 += 16;
      x0 += 32;
      x1 += 32;
    }
    const scale0 = v128.load32_splat(s0);
    const scale1 = v128.load32_splat(s1);
    sum00 = multiplyAdd(f32x4.convert_i32x4_s(part00), scale0, sum00);
    sum01 = multiplyAdd(f32x4.convert_i32x4_s(part01), scale1, sum01);
    sum10 = multiplyAdd(f32x4.convert_i32x4_s(part10), scale0, sum10);
    sum11 = multiplyAdd(f32x4.convert_i32x4_s(part11), scale1, sum11);
    s1 += 4;
  }
  const upper = f32.load(xScales);
  const lower = f32.load(xScales, 4);
  f32.store(to, upper * sumOf(sum00));
  f32.store(to, upper * sumOf(sum01), 4);
  to += rowOfLogits;
  f32.store(to, lower * sumOf(sum10));
  f32.store(to, lower * sumOf(sum11), 4);
}

/** One row by two tokens at a time, so that the sums of one are made while those of the other are waited for. */
function scoreRow(x: usize, xScale: f32, size: i32, tokens: usize, count: i32, embedding: usize, scales: usize, to: usize): void {
  const rowOfScales = <usize>((size >> 5) << 2);
  const end = tokens + ((<usize>count) << 1);
  while (tokens < end) {
    const first = <usize>load<u16>(tokens);
    // The last of an odd number is its own neighbour.
    const hasNext = tokens + 2 < end;
    const second = <usize>load<u16>(hasNext ? tokens + 2 : tokens);
    let w0 = embedding + first * size;
    let w1 = embedding + second * size;
    let s0 = scales + first * rowOfScales;
    let s1 = scales + second * rowOfScales;
    let from = x;
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    for (const ends = s0 + rowOfScales; s0 < ends; s0 += 4) {
      const x0 = v128.load(from);
      const x1 = v128.load(from, 16);
      const x2 = v128.load(from, 32);
      const x3 = v128.load(from, 48);
      sum0 = multiplyAdd(blockSums(w0, x0, x1, x2, x3), v128.load32_splat(s0), sum0);
      sum1 = multiplyAdd(blockSums(w1, x0, x1, x2, x3), v128.load32_splat(s1), sum1);
      w0 += 32;
      w1 += 32;
      s1 += 4;
      from += 64;
    }
    f32.store(to, xScale * sumOf(sum0));
    if (hasNext) f32.store(to, xScale * sumOf(sum1), 4);
    to += 8;
    tokens += 4;
  }
}

/** Four sums that together are that of a block. */
function blockSums(w: usize, x0: v128, x1: v128, x2: v128, x3: v128): v128 {
  const first = i32x4.add(i32x4.dot_i16x8_s(v128.load8x8_s(w), x0), i32x4.dot_i16x8_s(v128.load8x8_s(w, 8), x1));
  const second = i32x4.add(i32x4.dot_i16x8_s(v128.load8x8_s(w, 16), x2), i32x4.dot_i16x8_s(v128.load8x8_s(w, 24), x3));
  return f32x4.convert_i32x4_s(i32x4.add(first, second));
}
