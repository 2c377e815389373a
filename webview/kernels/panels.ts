/** Logits of tokens whose rows of the embedding were laid out for it before: eight tokens side by side, so that each has its sum in a lane of its own. */
import { bytes, halves } from './sizes';
import { multiplyAdd } from './multiplyAdd';

/** Rows of a tile. */
const ROWS: i32 = 4;
/** Tokens of a panel. */
const TOKENS: i32 = 8;

/**
 * Rows of the embedding -> panels int8 `[count / 8, size / 2, 8, 2]`, and their scales -> units fp32 `[count / 8, size / 32, 8]`.
 * @param tokens uint16 `[count]`; `count` is a multiple of 8
 * @param embedding int8 `[vocabulary, size]` with scales fp32 `[vocabulary, size / 32]`
 */
export function layOutPanels(tokens: usize, count: i32, embedding: usize, scales: usize, size: i32, panels: usize, units: usize): void {
  const blocks = size >> 5;
  for (let index = 0; index < count; index++) {
    const token = <usize>load<u16>(tokens + halves(index));
    const place = index & (TOKENS - 1);
    const panel = <usize>(index - place) * size;
    let to = panels + panel + halves(place);
    let row = embedding + token * size;
    for (const end = row + size; row < end; row += 2) {
      store<u16>(to, load<u16>(row));
      to += 2 * TOKENS;
    }
    let unit = units + bytes((index - place) * blocks + place);
    for (let block = 0; block < blocks; block++) {
      f32.store(unit, f32.load(scales + token * bytes(blocks) + bytes(block)));
      unit += 4 * TOKENS;
    }
  }
}

/** For so many fp32 numbers `scorePanels` needs room at `work`. */
export function panelWork(rows: i32, size: i32): i32 {
  return ((rows & ~(ROWS - 1)) * size) / 2;
}

/**
 * Logits fp32 `[rows, count]`, `stride` numbers from row to row, at `to`.
 * @param x int16 `[rows, size]`
 * @param xScales fp32 `[rows]`
 * @param panels as `layOutPanels` lays them out, with their units
 */
export function scorePanels(
  x: usize,
  xScales: usize,
  rows: i32,
  size: i32,
  panels: usize,
  units: usize,
  count: i32,
  to: usize,
  stride: i32,
  work: usize,
): void {
  const inTiles = rows & ~(ROWS - 1);
  for (let row = 0; row < inTiles; row++) {
    const inTile = row & (ROWS - 1);
    interleave(x + halves(row * size), size, work + halves((row - inTile) * size + 2 * inTile));
  }
  for (const end = to + bytes(count); to < end; to += bytes(TOKENS)) {
    for (let row = 0; row < inTiles; row += ROWS)
      scoreTile(work + halves(row * size), panels, size, xScales + bytes(row), units, to + bytes(row * stride), bytes(stride));
    for (let row = inTiles; row < rows; row++)
      scoreRow(x + halves(row * size), panels, size, xScales + bytes(row), units, to + bytes(row * stride));
    panels += TOKENS * size;
    units += bytes((TOKENS * size) >> 5);
  }
}

/** int16 `[size]` -> one row of four, `[size / 2, 4, 2]`. */
function interleave(x: usize, size: i32, to: usize): void {
  for (const end = x + halves(size); x < end; x += 4) {
    store<i32>(to, load<i32>(x));
    to += 4 * ROWS;
  }
}

/** Logits `[8]` of one row. */
function scoreRow(x: usize, panel: usize, size: i32, xScale: usize, units: usize, to: usize): void {
  let left = f32x4.splat(0);
  let right = left;
  for (const end = x + halves(size); x < end;) {
    let leftSums = i32x4.splat(0);
    let rightSums = leftSums;
    for (const next = x + 64; x < next; x += 8) {
      let pair = v128.load32_splat(x);
      leftSums = i32x4.add(leftSums, i32x4.dot_i16x8_s(pair, v128.load8x8_s(panel)));
      rightSums = i32x4.add(rightSums, i32x4.dot_i16x8_s(pair, v128.load8x8_s(panel, 8)));
      pair = v128.load32_splat(x, 4);
      leftSums = i32x4.add(leftSums, i32x4.dot_i16x8_s(pair, v128.load8x8_s(panel, 16)));
      rightSums = i32x4.add(rightSums, i32x4.dot_i16x8_s(pair, v128.load8x8_s(panel, 24)));
      panel += 32;
    }
    left = multiplyAdd(f32x4.convert_i32x4_s(leftSums), v128.load(units), left);
    right = multiplyAdd(f32x4.convert_i32x4_s(rightSums), v128.load(units, 16), right);
    units += 32;
  }
  const scale = v128.load32_splat(xScale);
  v128.store(to, f32x4.mul(scale, left));
  v128.store(to, f32x4.mul(scale, right), 16);
}

/**
 * Logits `[4, 8]`, `stride` bytes between rows.
 * @param x int16 `[size / 2, 4, 2]`
 */
function scoreTile(x: usize, panel: usize, size: i32, xScales: usize, units: usize, to: usize, stride: usize): void {
  const zero = f32x4.splat(0);
  for (let row: usize = 0; row < <usize>ROWS; row++) {
    v128.store(to + row * stride, zero);
    v128.store(to + row * stride, zero, 16);
  }
  for (const end = units + <usize>size; units < end; units += 32) {
    addBlock(x, panel, xScales, units, to, stride);
    x += 256;
    panel += 256;
  }
}

/** The part of 32 numbers of each row and token. Written out because sums stay in registers only where each has a name. */
function addBlock(x: usize, panel: usize, xScales: usize, units: usize, to: usize, stride: usize): void {
  let left0 = i32x4.splat(0);
  let right0 = left0;
  let left1 = left0;
  let right1 = left0;
  let left2 = left0;
  let right2 = left0;
  let left3 = left0;
  let right3 = left0;
  for (const end = panel + 256; panel < end; panel += 16) {
    const left = v128.load8x8_s(panel);
    const right = v128.load8x8_s(panel, 8);
    let pair = v128.load32_splat(x);
    left0 = i32x4.add(left0, i32x4.dot_i16x8_s(pair, left));
    right0 = i32x4.add(right0, i32x4.dot_i16x8_s(pair, right));
    pair = v128.load32_splat(x, 4);
    left1 = i32x4.add(left1, i32x4.dot_i16x8_s(pair, left));
    right1 = i32x4.add(right1, i32x4.dot_i16x8_s(pair, right));
    pair = v128.load32_splat(x, 8);
    left2 = i32x4.add(left2, i32x4.dot_i16x8_s(pair, left));
    right2 = i32x4.add(right2, i32x4.dot_i16x8_s(pair, right));
    pair = v128.load32_splat(x, 12);
    left3 = i32x4.add(left3, i32x4.dot_i16x8_s(pair, left));
    right3 = i32x4.add(right3, i32x4.dot_i16x8_s(pair, right));
    x += 16;
  }
  const leftUnits = v128.load(units);
  const rightUnits = v128.load(units, 16);
  addSums(left0, right0, v128.load32_splat(xScales), leftUnits, rightUnits, to);
  addSums(left1, right1, v128.load32_splat(xScales, 4), leftUnits, rightUnits, to + stride);
  addSums(left2, right2, v128.load32_splat(xScales, 8), leftUnits, rightUnits, to + 2 * stride);
  addSums(left3, right3, v128.load32_splat(xScales, 12), leftUnits, rightUnits, to + 3 * stride);
}

function addSums(left: v128, right: v128, xScale: v128, leftUnits: v128, rightUnits: v128, to: usize): void {
  v128.store(to, multiplyAdd(f32x4.convert_i32x4_s(left), f32x4.mul(xScale, leftUnits), v128.load(to)));
  v128.store(to, multiplyAdd(f32x4.convert_i32x4_s(right), f32x4.mul(xScale, rightUnits), v128.load(to, 16)), 16);
}
