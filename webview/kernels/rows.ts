/** What is done to each row of states, and between them. Sizes are multiples of 4. */
import { multiplyAdd, sumOf } from './multiplyAdd';

const LAYER_NORM_EPSILON: f32 = 1e-5;

/** Layer normalisation of x `[rows, size]` with `weight` and `bias` `[size]`, at `to`. */
export function normalise(x: usize, rows: i32, size: i32, weight: usize, bias: usize, to: usize): void {
  const rowBytes = (<usize>size) << 2;
  for (const ends = x + rowBytes * rows; x < ends; x += rowBytes) {
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < rowBytes; at += 16) sum = f32x4.add(sum, v128.load(x + at));
    const mean = f32x4.splat(sumOf(sum) / <f32>size);
    let squares = f32x4.splat(0);
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const off = f32x4.sub(v128.load(x + at), mean);
      squares = multiplyAdd(off, off, squares);
    }
    const factor = f32x4.splat(<f32>1 / sqrt<f32>(sumOf(squares) / <f32>size + LAYER_NORM_EPSILON));
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(x + at), mean), factor);
      v128.store(to + at, multiplyAdd(normal, v128.load(weight + at), v128.load(bias + at)));
    }
    to += rowBytes;
  }
}

/** Every row of x `[rows, size]` becomes `row` `[size]`. */
export function fill(x: usize, rows: i32, size: i32, row: usize): void {
  const rowBytes = (<usize>size) << 2;
  for (const ends = x + rowBytes * rows; x < ends; x += rowBytes) memory.copy(x, row, rowBytes);
}

/** `row` `[size]` is added to every row of x `[rows, size]`. */
export function addToEach(x: usize, rows: i32, size: i32, row: usize): void {
  const rowBytes = (<usize>size) << 2;
  for (const ends = x + rowBytes * rows; x < ends; x += rowBytes)
    for (let at: usize = 0; at < rowBytes; at += 16) v128.store(x + at, f32x4.add(v128.load(x + at), v128.load(row + at)));
}

/** What enters the first layer of one token: its row of the embedding times sqrt(size), and its position's row of the table. `size` is a multiple of 32. */
export function embed(token: i32, embedding: usize, scales: usize, size: i32, position: usize, to: usize): void {
  let integers = embedding + <usize>token * size;
  scales += (<usize>(token * (size >> 5))) << 2;
  const root = sqrt<f32>(<f32>size);
  for (const end = integers + size; integers < end; scales += 4) {
    const scale = f32x4.splat(f32.load(scales) * root);
    for (const block = integers + 32; integers < block; integers += 4) {
      const numbers = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(integers))));
      v128.store(to, multiplyAdd(numbers, scale, v128.load(position)));
      position += 16;
      to += 16;
    }
  }
}
