/**
 * Products with the integer weights of a layer. Where there are several rows, 32 columns at a time are expanded to fp32 for all of them; for a
 * row or two it is quicker to expand while multiplying, and a step of the decoder then reads one byte for each weight.
 *
 * Weights are int8 `[n / 32, k, 32]` with a scale fp32 `[n / 32, k]` for every 32.
 */
import { expand } from './expand';
import { lower, upper } from './integers';
import { multiplyAdd } from './multiplyAdd';
import { bytes } from './sizes';
import { addTileOf4, addTileOf6, interleave } from './tiles';

/** Rows of weights that are expanded at once: 32 columns of them are 64 KB, and stay in the cache while all rows of x are multiplied. */
const DEPTH: i32 = 512;
/** From so many rows on, expanding first is quicker. */
const LEAST_ROWS: i32 = 4;

/** For so many fp32 numbers `addProduct` needs room at `work`. */
export function productWork(rows: i32, k: i32): i32 {
  return rows < LEAST_ROWS ? 0 : rows * k + 32 * DEPTH;
}

/** c `[rows, n]` += x `[rows, k]` * weights. `n` is a multiple of 32. */
export function addProduct(x: usize, rows: i32, k: i32, n: i32, weights: usize, scales: usize, c: usize, work: usize): void {
  if (rows < LEAST_ROWS) {
    for (let row = 0; row < rows; row++) addRow(x + bytes(row * k), k, n, weights, scales, c + bytes(row * n));
    return;
  }
  const inTiles = rows & ~1;
  const expanded = work + bytes(rows * k);
  for (let row = 0; row < inTiles;) {
    const count = tileFrom(row, inTiles);
    interleave(x + bytes(row * k), bytes(k), count, k, work + bytes(row * k));
    row += count;
  }
  for (let column = 0; column < n; column += 32) {
    for (let from = 0; from < k; from += DEPTH) {
      const depth = min(DEPTH, k - from);
      expand(weights + <usize>(column * k + (from << 5)), scales + bytes((column >> 5) * k + from), depth, expanded, 32, bytes(depth * 8));
      for (let row = 0; row < inTiles;) {
        const count = tileFrom(row, inTiles);
        const a = work + bytes(row * k + from * count);
        for (let part = 0; part < 4; part++) {
          const w = expanded + bytes(part * depth * 8);
          const target = c + bytes(row * n + column + part * 8);
          if (count === 6) addTileOf6(a, w, depth, target, bytes(n));
          else addTileOf4(a, w, depth, target, bytes(n));
        }
        row += count;
      }
    }
  }
  // An odd one.
  if (inTiles < rows) addRow(x + bytes(inTiles * k), k, n, weights, scales, c + bytes(inTiles * n));
}

/** How many rows the tile that begins at an even row has; `rows` is even and at least 4. Eight are two of four, so that none of two is needed. */
function tileFrom(row: i32, rows: i32): i32 {
  const left = rows - row;
  return left === 8 ? 4 : min(6, left);
}

/** c `[n]` += x `[k]` * weights. */
function addRow(x: usize, k: i32, n: i32, weights: usize, scales: usize, c: usize): void {
  for (const end = c + bytes(n); c < end; c += 128) {
    addRowBy32(x, k, weights, scales, c);
    weights += (<usize>k) << 5;
    scales += bytes(k);
  }
}

function addRowBy32(x: usize, k: i32, weights: usize, scales: usize, c: usize): void {
  let c0 = v128.load(c);
  let c1 = v128.load(c, 16);
  let c2 = v128.load(c, 32);
  let c3 = v128.load(c, 48);
  let c4 = v128.load(c, 64);
  let c5 = v128.load(c, 80);
  let c6 = v128.load(c, 96);
  let c7 = v128.load(c, 112);
  for (const end = x + bytes(k); x < end; x += 4) {
    const factor = f32x4.splat(f32.load(x) * f32.load(scales));
    let integers = v128.load8x8_s(weights);
    c0 = multiplyAdd(factor, lower(integers), c0);
    c1 = multiplyAdd(factor, upper(integers), c1);
    integers = v128.load8x8_s(weights, 8);
    c2 = multiplyAdd(factor, lower(integers), c2);
    c3 = multiplyAdd(factor, upper(integers), c3);
    integers = v128.load8x8_s(weights, 16);
    c4 = multiplyAdd(factor, lower(integers), c4);
    c5 = multiplyAdd(factor, upper(integers), c5);
    integers = v128.load8x8_s(weights, 24);
    c6 = multiplyAdd(factor, lower(integers), c6);
    c7 = multiplyAdd(factor, upper(integers), c7);
    weights += 32;
    scales += 4;
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
