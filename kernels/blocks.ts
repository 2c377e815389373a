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

/** Eight integers are `bits` bytes, so that at most 64 bits hold them, whatever `bits` is. */
function unpackBlock(stored: usize, bits: i32, to: usize): void {
  const mask = ((<u64>1) << bits) - 1;
  const zero = (<i64>1) << (bits - 1);
  for (const end = to + BLOCK; to < end; to += 8) {
    let word = load<u64>(stored);
    for (let place: usize = 0; place < 8; place++) {
      store<i8>(to + place, <i8>(<i64>(word & mask) - zero));
      word >>= bits;
    }
    stored += <usize>bits;
  }
}
