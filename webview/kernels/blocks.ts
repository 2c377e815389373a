/** Stored integers -> bytes, in the order in which products read them. models/training/blocks.py says how they are stored. */

/** Numbers that share a scale. */
const BLOCK: usize = 32;

/**
 * The matrix `[rows, columns]` of integers of `bits` bits at `stored`, whose blocks lie along the columns -> int8 `[columns / 32, rows, 32]` at `to`.
 * Reads up to 7 bytes past its end.
 */
export function unpackColumns(stored: usize, bits: i32, rows: i32, columns: i32, to: usize): void {
  const bytes = (BLOCK * <usize>bits) >> 3;
  const panel = BLOCK * <usize>rows;
  for (let row = 0; row < rows; row++) {
    let target = to + BLOCK * <usize>row;
    for (let column = 0; column < columns; column += 32) {
      unpackBlock(stored, bits, target);
      stored += bytes;
      target += panel;
    }
  }
}

/** `count` integers at `stored` -> int8 in the same order at `to`; `count` is a multiple of 32. Reads up to 7 bytes past their end. */
export function unpackRows(stored: usize, bits: i32, count: i32, to: usize): void {
  const bytes = (BLOCK * <usize>bits) >> 3;
  for (const end = to + count; to < end; to += BLOCK) {
    unpackBlock(stored, bits, to);
    stored += bytes;
  }
}

/** Eight integers are `bits` bytes: their halves are moved apart, then the halves of those, until each integer has a byte. */
function unpackBlock(stored: usize, bits: i32, to: usize): void {
  const fours = ((<u64>1) << (4 * bits)) - 1;
  const pairs = (((<u64>1) << (2 * bits)) - 1) * 0x0000000100000001;
  const ones = (((<u64>1) << bits) - 1) * 0x0001000100010001;
  const middle: i32 = 1 << (bits - 1);
  const zero = i8x16.splat(<i8>middle);
  for (const end = to + BLOCK; to < end; to += 8) {
    let integers = load<u64>(stored);
    integers = (integers & fours) | (((integers >> (4 * bits)) & fours) << 32);
    integers = (integers & pairs) | (((integers >> (2 * bits)) & pairs) << 16);
    integers = (integers & ones) | (((integers >> bits) & ones) << 8);
    v128.store64_lane(to, i8x16.sub(i64x2.splat(integers), zero), 0);
    stored += <usize>bits;
  }
}
