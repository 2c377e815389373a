/**
 * The product behind a ReLU: what it leaves at 0, nine in ten of the encoder's inner states, is not multiplied. Weights as in product.ts.
 */
import { expand } from './expand';
import { lower, upper } from './integers';
import { multiplyAdd } from './multiplyAdd';

/** Rows that are looked through at once. */
const ROWS: i32 = 64;
/** Bytes of an active number: its index and itself. */
const ENTRY: usize = 8;
/** Rows of weights that are expanded at once: 32 columns of them are 32 KB, and stay in the cache while all rows of x are multiplied. */
const DEPTH: i32 = 256;
/** From so many rows on, expanding first is quicker. */
const LEAST_ROWS: i32 = 12;

/** For so many fp32 numbers `addActiveProduct` needs room at `work`. */
export function activeWork(rows: i32, k: i32): i32 {
  // Behind every list there is one entry that does not count.
  return min(rows, ROWS) * (2 * (k + 1) + parts(k)) + 32 * DEPTH;
}

/** c `[rows, n]` += ReLU(x `[rows, k]`) * weights. `n` is a multiple of 32. */
export function addActiveProduct(x: usize, rows: i32, k: i32, n: i32, weights: usize, scales: usize, c: usize, work: usize): void {
  const rowOfX = (<usize>k) << 2;
  const rowOfC = (<usize>n) << 2;
  const rowOfEnds = (<usize>parts(k)) << 2;
  for (let from = 0; from < rows; from += ROWS) {
    const count = min(ROWS, rows - from);
    // The end of each part of each row's list, the expanded weights, then the lists.
    const expanded = work + rowOfEnds * count;
    const first = expanded + 128 * DEPTH;
    let entry = first;
    for (let row = 0; row < count; row++) {
      let ends = work + rowOfEnds * row;
      for (let part = 0; part < k; part += DEPTH) {
        entry = listActive(x + rowOfX * (from + row), part, min(k, part + DEPTH), entry);
        store<usize>(ends, entry);
        ends += 4;
      }
    }
    for (let column: usize = 0; column < <usize>n; column += 32) {
      const panel = weights + column * k;
      const panelScales = scales + (column >> 5) * rowOfX;
      const target = c + rowOfC * from + (column << 2);
      if (count < LEAST_ROWS) {
        let begin = first;
        for (let row = 0; row < count; row++) {
          const end = load<usize>(work + rowOfEnds * (row + 1) - 4);
          addEntries(begin, end, panel, panelScales, target + rowOfC * row);
          begin = end;
        }
        continue;
      }
      for (let part = 0; part < parts(k); part++) {
        const depth = min(DEPTH, k - part * DEPTH);
        expand(panel + <usize>(part * DEPTH * 32), panelScales + ((<usize>(part * DEPTH)) << 2), depth, expanded, 128, 32);
        const ends = work + ((<usize>part) << 2);
        for (let row = 0; row < count; row++) {
          const end = load<usize>(ends + rowOfEnds * row);
          const begin = row + part > 0 ? load<usize>(ends + rowOfEnds * row - 4) : first;
          addExpanded(begin, end, expanded - <usize>(part * DEPTH * 128), target + rowOfC * row);
        }
      }
    }
  }
}

function parts(k: i32): i32 {
  return (k + DEPTH - 1) / DEPTH;
}

/** Index and value of each positive number of x from `begin` to `end`. @returns where the list ends */
function listActive(x: usize, begin: i32, end: i32, to: usize): usize {
  x += (<usize>begin) << 2;
  for (let index = begin; index < end; index++) {
    const value = f32.load(x);
    // Written in any case and then kept or not: whether it is kept cannot be foreseen, and a branch would mostly be taken wrongly.
    store<i32>(to, index);
    f32.store(to, value, 4);
    to += value > 0 ? ENTRY : 0;
    x += 4;
  }
  return to;
}

/** c `[32]` += the numbers that are listed times their rows of fp32 weights. */
function addExpanded(begin: usize, end: usize, weights: usize, c: usize): void {
  let c0 = v128.load(c);
  let c1 = v128.load(c, 16);
  let c2 = v128.load(c, 32);
  let c3 = v128.load(c, 48);
  let c4 = v128.load(c, 64);
  let c5 = v128.load(c, 80);
  let c6 = v128.load(c, 96);
  let c7 = v128.load(c, 112);
  for (let entry = begin; entry < end; entry += ENTRY) {
    const row = weights + (load<usize>(entry) << 7);
    const factor = v128.load32_splat(entry, 4);
    c0 = multiplyAdd(factor, v128.load(row), c0);
    c1 = multiplyAdd(factor, v128.load(row, 16), c1);
    c2 = multiplyAdd(factor, v128.load(row, 32), c2);
    c3 = multiplyAdd(factor, v128.load(row, 48), c3);
    c4 = multiplyAdd(factor, v128.load(row, 64), c4);
    c5 = multiplyAdd(factor, v128.load(row, 80), c5);
    c6 = multiplyAdd(factor, v128.load(row, 96), c6);
    c7 = multiplyAdd(factor, v128.load(row, 112), c7);
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(c, c4, 64);
  v128.store(c, c5, 80);
  v128.store(c, c6, 96);
  v128.store(c, c7, 112);
}

/** As `addRowBy32` of product.ts, but of the weights' rows that are listed. */
function addEntries(begin: usize, end: usize, weights: usize, scales: usize, c: usize): void {
  let c0 = v128.load(c);
  let c1 = v128.load(c, 16);
  let c2 = v128.load(c, 32);
  let c3 = v128.load(c, 48);
  let c4 = v128.load(c, 64);
  let c5 = v128.load(c, 80);
  let c6 = v128.load(c, 96);
  let c7 = v128.load(c, 112);
  for (let entry = begin; entry < end; entry += ENTRY) {
    const index = load<usize>(entry);
    const row = weights + (index << 5);
    const factor = f32x4.splat(f32.load(entry, 4) * f32.load(scales + (index << 2)));
    let integers = v128.load8x8_s(row);
    c0 = multiplyAdd(factor, lower(integers), c0);
    c1 = multiplyAdd(factor, upper(integers), c1);
    integers = v128.load8x8_s(row, 8);
    c2 = multiplyAdd(factor, lower(integers), c2);
    c3 = multiplyAdd(factor, upper(integers), c3);
    integers = v128.load8x8_s(row, 16);
    c4 = multiplyAdd(factor, lower(integers), c4);
    c5 = multiplyAdd(factor, upper(integers), c5);
    integers = v128.load8x8_s(row, 24);
    c6 = multiplyAdd(factor, lower(integers), c6);
    c7 = multiplyAdd(factor, upper(integers), c7);
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(c, c4, 64);
  v128.store(c, c5, 80);
  v128.store(c, c6, 96);
  v128.store(c, c7, 112);
}
