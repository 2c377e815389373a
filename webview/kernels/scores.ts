/**
 * The output layer, for some tokens or all. Its blocks lie along what is summed, so that sums of a block are made in integers: the states are
 * rounded to 16 bits, which makes a logit off by as much as fp32 does, about 1e-4. A block's integers sum up to at most 2 ** 28 in four lanes.
 */
import { largestOf, multiplyAdd, sumOf } from './multiplyAdd';
import { interleave, ROWS, scoreTile, TOKENS, turnTokens } from './scoreTile';

/** Tokens whose rows of the embedding stay in the cache while every row of x is multiplied by them. */
const NEAR: i32 = 256;

/** fp32 `[size]` -> int16 at `to`. @returns what an integer is times of */
export function roundTo16(x: usize, size: i32, to: usize): f32 {
  let largest = f32x4.splat(0);
  const end = x + ((<usize>size) << 2);
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

/** For so many fp32 numbers `scoreTokens` needs room at `work`. */
export function scoreWork(rows: i32, size: i32): i32 {
  return rows < ROWS ? 0 : (rows * size) / 2 + (TOKENS * size) / 2 + (TOKENS * size) / 32;
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
  work: usize,
): void {
  const inTiles = rows & ~(ROWS - 1);
  for (let row = 0; row < inTiles; row++) {
    const inGroup = row & (ROWS - 1);
    interleave(x + halves(row * size), size, work + halves((row - inGroup) * size + 2 * inGroup));
  }
  const turned = work + halves(inTiles * size);
  const units = turned + halves(TOKENS * size);
  for (let from = 0; from < count; from += NEAR) {
    const some = min(NEAR, count - from);
    const someInTiles = inTiles > 0 ? some & ~(TOKENS - 1) : 0;
    for (let token = from; token < from + someInTiles; token += TOKENS) {
      turnTokens(tokens + halves(token), embedding, scales, size, turned, units);
      for (let row = 0; row < inTiles; row += ROWS)
        scoreTile(work + halves(row * size), turned, size, xScales + bytes(row), units, to + bytes(row * stride + token), bytes(stride));
    }
    for (let row = 0; row < rows; row++) {
      const done = row < inTiles ? someInTiles : 0;
      scoreRow(
        x + halves(row * size),
        f32.load(xScales + bytes(row)),
        size,
        tokens + halves(from + done),
        some - done,
        embedding,
        scales,
        to + bytes(row * stride + from + done),
      );
    }
  }
}

function bytes(numbers: i32): usize {
  return (<usize>numbers) << 2;
}

function halves(numbers: i32): usize {
  return (<usize>numbers) << 1;
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
