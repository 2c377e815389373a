/** Logits of four rows and eight tokens, and what they are computed of in the order in which they are read. The tile is written out because sums stay in registers only where each has a name. */
import { multiplyAdd } from './multiplyAdd';

/** Rows of a tile. */
export const ROWS: i32 = 4;
/** Tokens of a tile. */
export const TOKENS: i32 = 8;

/** int16 `[size]` -> one row of four, `[size / 2, 4, 2]`. */
export function interleave(x: usize, size: i32, to: usize): void {
  for (const end = x + ((<usize>size) << 1); x < end; x += 4) {
    store<i32>(to, load<i32>(x));
    to += 16;
  }
}

/** Rows of the embedding int8 `[8, size]` -> int16 `[size / 2, 8, 2]`, and their scales -> `[size / 32, 8]`. */
export function turnTokens(tokens: usize, embedding: usize, scales: usize, size: i32, to: usize, units: usize): void {
  const blocks = size >> 5;
  for (let token = 0; token < TOKENS; token++) {
    const row = <usize>load<u16>(tokens + ((<usize>token) << 1));
    const from = scales + row * ((<usize>blocks) << 2);
    for (let block = 0; block < blocks; block++)
      f32.store(units + ((<usize>(block * TOKENS + token)) << 2), f32.load(from + ((<usize>block) << 2)));
  }
  for (let half = 0; half < TOKENS; half += 4) {
    const list = tokens + ((<usize>half) << 1);
    let a = embedding + <usize>load<u16>(list) * size;
    let b = embedding + <usize>load<u16>(list, 2) * size;
    let c = embedding + <usize>load<u16>(list, 4) * size;
    let d = embedding + <usize>load<u16>(list, 6) * size;
    let target = to + ((<usize>half) << 2);
    for (const end = a + size; a < end; a += 8) {
      const ofA = v128.load8x8_s(a);
      const ofB = v128.load8x8_s(b);
      const ofC = v128.load8x8_s(c);
      const ofD = v128.load8x8_s(d);
      const lowAB = v128.shuffle<i32>(ofA, ofB, 0, 4, 1, 5);
      const highAB = v128.shuffle<i32>(ofA, ofB, 2, 6, 3, 7);
      const lowCD = v128.shuffle<i32>(ofC, ofD, 0, 4, 1, 5);
      const highCD = v128.shuffle<i32>(ofC, ofD, 2, 6, 3, 7);
      v128.store(target, v128.shuffle<i64>(lowAB, lowCD, 0, 2));
      v128.store(target, v128.shuffle<i64>(lowAB, lowCD, 1, 3), 32);
      v128.store(target, v128.shuffle<i64>(highAB, highCD, 0, 2), 64);
      v128.store(target, v128.shuffle<i64>(highAB, highCD, 1, 3), 96);
      target += 128;
      b += 8;
      c += 8;
      d += 8;
    }
  }
}

/**
 * Logits `[4, 8]`, `stride` bytes between rows.
 * @param x int16 `[size / 2, 4, 2]`
 * @param weights int16 `[size / 2, 8, 2]`
 * @param xScales `[4]`
 * @param scales `[size / 32, 8]`
 */
export function scoreTile(x: usize, weights: usize, size: i32, xScales: usize, scales: usize, to: usize, stride: usize): void {
  const zero = f32x4.splat(0);
  for (let row: usize = 0; row < <usize>ROWS; row++) {
    v128.store(to + row * stride, zero);
    v128.store(to + row * stride, zero, 16);
  }
  for (const end = scales + <usize>size; scales < end; scales += 32) {
    addBlock(x, weights, xScales, scales, to, stride);
    x += 256;
    weights += 512;
  }
}

/** The part of 32 numbers of each row and token. */
function addBlock(a: usize, w: usize, rowUnits: usize, columnUnits: usize, c: usize, stride: usize): void {
  let left0 = i32x4.splat(0);
  let right0 = left0;
  let left1 = left0;
  let right1 = left0;
  let left2 = left0;
  let right2 = left0;
  let left3 = left0;
  let right3 = left0;
  for (const end = w + 512; w < end; w += 32) {
    const left = v128.load(w);
    const right = v128.load(w, 16);
    let pair = v128.load32_splat(a);
    left0 = i32x4.add(left0, i32x4.dot_i16x8_s(pair, left));
    right0 = i32x4.add(right0, i32x4.dot_i16x8_s(pair, right));
    pair = v128.load32_splat(a, 4);
    left1 = i32x4.add(left1, i32x4.dot_i16x8_s(pair, left));
    right1 = i32x4.add(right1, i32x4.dot_i16x8_s(pair, right));
    pair = v128.load32_splat(a, 8);
    left2 = i32x4.add(left2, i32x4.dot_i16x8_s(pair, left));
    right2 = i32x4.add(right2, i32x4.dot_i16x8_s(pair, right));
    pair = v128.load32_splat(a, 12);
    left3 = i32x4.add(left3, i32x4.dot_i16x8_s(pair, left));
    right3 = i32x4.add(right3, i32x4.dot_i16x8_s(pair, right));
    a += 16;
  }
  const leftUnits = v128.load(columnUnits);
  const rightUnits = v128.load(columnUnits, 16);
  addSums(left0, right0, v128.load32_splat(rowUnits), leftUnits, rightUnits, c);
  addSums(left1, right1, v128.load32_splat(rowUnits, 4), leftUnits, rightUnits, c + stride);
  addSums(left2, right2, v128.load32_splat(rowUnits, 8), leftUnits, rightUnits, c + 2 * stride);
  addSums(left3, right3, v128.load32_splat(rowUnits, 12), leftUnits, rightUnits, c + 3 * stride);
}

function addSums(left: v128, right: v128, rowUnit: v128, leftUnits: v128, rightUnits: v128, c: usize): void {
  v128.store(c, multiplyAdd(f32x4.convert_i32x4_s(left), f32x4.mul(rowUnit, leftUnits), v128.load(c)));
  v128.store(c, multiplyAdd(f32x4.convert_i32x4_s(right), f32x4.mul(rowUnit, rightUnits), v128.load(c, 16)), 16);
}
