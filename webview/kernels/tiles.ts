/** Products of a few rows by eight columns. They are written out because sums stay in registers only where each has a name. */
import { multiplyAdd } from './multiplyAdd';

/**
 * Rows `[count, k]`, `stride` bytes apart -> `[k, count]`, so that a tile reads them in one stream.
 * @param count 4 or 6
 */
export function interleave(x: usize, stride: usize, count: i32, k: i32, to: usize): void {
  const step = (<usize>count) << 2;
  const rowBytes = (<usize>k) << 2;
  for (let row = 0; row < count; row++) {
    let target = to + ((<usize>row) << 2);
    for (let at: usize = 0; at < rowBytes; at += 4) {
      f32.store(target, f32.load(x + at));
      target += step;
    }
    x += stride;
  }
}

/** c `[6, 8]`, `stride` bytes between rows, += a * w: a `[k, 6]`, w `[k, 8]`. */
export function addTileOf6(a: usize, w: usize, k: i32, c: usize, stride: usize): void {
  let left0 = v128.load(c + 0 * stride);
  let right0 = v128.load(c + 0 * stride, 16);
  let left1 = v128.load(c + 1 * stride);
  let right1 = v128.load(c + 1 * stride, 16);
  let left2 = v128.load(c + 2 * stride);
  let right2 = v128.load(c + 2 * stride, 16);
  let left3 = v128.load(c + 3 * stride);
  let right3 = v128.load(c + 3 * stride, 16);
  let left4 = v128.load(c + 4 * stride);
  let right4 = v128.load(c + 4 * stride, 16);
  let left5 = v128.load(c + 5 * stride);
  let right5 = v128.load(c + 5 * stride, 16);
  for (const end = w + ((<usize>k) << 5); w < end; w += 32) {
    const left = v128.load(w);
    const right = v128.load(w, 16);
    let factor = v128.load32_splat(a);
    left0 = multiplyAdd(factor, left, left0);
    right0 = multiplyAdd(factor, right, right0);
    factor = v128.load32_splat(a, 4);
    left1 = multiplyAdd(factor, left, left1);
    right1 = multiplyAdd(factor, right, right1);
    factor = v128.load32_splat(a, 8);
    left2 = multiplyAdd(factor, left, left2);
    right2 = multiplyAdd(factor, right, right2);
    factor = v128.load32_splat(a, 12);
    left3 = multiplyAdd(factor, left, left3);
    right3 = multiplyAdd(factor, right, right3);
    factor = v128.load32_splat(a, 16);
    left4 = multiplyAdd(factor, left, left4);
    right4 = multiplyAdd(factor, right, right4);
    factor = v128.load32_splat(a, 20);
    left5 = multiplyAdd(factor, left, left5);
    right5 = multiplyAdd(factor, right, right5);
    a += 24;
  }
  v128.store(c, left0);
  v128.store(c, right0, 16);
  c += stride;
  v128.store(c, left1);
  v128.store(c, right1, 16);
  c += stride;
  v128.store(c, left2);
  v128.store(c, right2, 16);
  c += stride;
  v128.store(c, left3);
  v128.store(c, right3, 16);
  c += stride;
  v128.store(c, left4);
  v128.store(c, right4, 16);
  c += stride;
  v128.store(c, left5);
  v128.store(c, right5, 16);
}

/** c `[4, 8]`, `stride` bytes between rows, += a * w: a `[k, 4]`, w `[k, 8]`. */
export function addTileOf4(a: usize, w: usize, k: i32, c: usize, stride: usize): void {
  let left0 = v128.load(c + 0 * stride);
  let right0 = v128.load(c + 0 * stride, 16);
  let left1 = v128.load(c + 1 * stride);
  let right1 = v128.load(c + 1 * stride, 16);
  let left2 = v128.load(c + 2 * stride);
  let right2 = v128.load(c + 2 * stride, 16);
  let left3 = v128.load(c + 3 * stride);
  let right3 = v128.load(c + 3 * stride, 16);
  for (const end = w + ((<usize>k) << 5); w < end; w += 32) {
    const left = v128.load(w);
    const right = v128.load(w, 16);
    let factor = v128.load32_splat(a);
    left0 = multiplyAdd(factor, left, left0);
    right0 = multiplyAdd(factor, right, right0);
    factor = v128.load32_splat(a, 4);
    left1 = multiplyAdd(factor, left, left1);
    right1 = multiplyAdd(factor, right, right1);
    factor = v128.load32_splat(a, 8);
    left2 = multiplyAdd(factor, left, left2);
    right2 = multiplyAdd(factor, right, right2);
    factor = v128.load32_splat(a, 12);
    left3 = multiplyAdd(factor, left, left3);
    right3 = multiplyAdd(factor, right, right3);
    a += 16;
  }
  v128.store(c, left0);
  v128.store(c, right0, 16);
  c += stride;
  v128.store(c, left1);
  v128.store(c, right1, 16);
  c += stride;
  v128.store(c, left2);
  v128.store(c, right2, 16);
  c += stride;
  v128.store(c, left3);
  v128.store(c, right3, 16);
}
