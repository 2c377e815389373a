/**
 * The pixels of an overview: every head's map as a small tile in one image. Pure arithmetic on typed arrays: knows neither DOM nor tokens.
 *
 * A map that has more cells than its tile has pixels is pooled by maximum: one strong link among weak ones is what a reader looks for, and the
 * mean, as in a mip map, would wash it out (of 512 x 512 cells on 32 x 32 pixels it would keep a 256th of it).
 */
import { shareOf } from '../../src/shared/attention/weightScale.ts';
import type { WeightScale } from '../../src/shared/attention/weightScale.ts';
import type { AttentionMaps } from '../../src/shared/inspection.ts';
import type { Colour } from './colourScale.ts';

/** A map's cells pooled by maximum: row-major `[rows, columns]`, shares of the scale from 0 to 1. */
export interface Tile {
  readonly rows: number;
  readonly columns: number;
  readonly shares: Float32Array;
}

/** One tile for each head, `[layers, heads]`, of at most that many rows and columns. Each is on a scale of its own, that ends at its largest weight. */
export function tilesOf(maps: AttentionMaps, mostRows: number, mostColumns: number, scale: WeightScale): Tile[] {
  const { layers, heads, queries, keys, data } = maps;
  const rows = Math.min(queries, mostRows);
  const columns = Math.min(keys, mostColumns);
  // Column c has the keys from starts[c] on up to those of the next: those with floor(key * columns / keys) = c.
  const starts = Uint16Array.from({ length: columns + 1 }, (_, column) => Math.ceil((column * keys) / columns));
  const line = new Float32Array(columns);
  return Array.from({ length: layers * heads }, (_, map) => {
    const shares = new Float32Array(rows * columns);
    for (let query = 0, from = map * queries * keys; query < queries; query++, from += keys) {
      poolRow(line, data, from, starts);
      const factor = scale === 'row' ? 1 / (greatest(line) || 1) : 1;
      for (let column = 0, to = Math.floor((query * rows) / queries) * columns; column < columns; column++, to++)
        if (line[column]! * factor > shares[to]!) shares[to] = line[column]! * factor;
    }
    const maximum = scale === 'row' ? 1 : greatest(shares);
    if (maximum > 0) for (let i = 0; i < shares.length; i++) shares[i] = shareOf(shares[i]!, maximum, scale);
    return { rows, columns, shares };
  });
}

/** The greatest weight of each column's keys in the row that starts at `from`. */
function poolRow(line: Float32Array, data: Float32Array, from: number, starts: Uint16Array): void {
  for (let column = 0; column < line.length; column++) {
    let most = 0;
    for (let i = from + starts[column]!, end = from + starts[column + 1]!; i < end; i++) if (data[i]! > most) most = data[i]!;
    line[column] = most;
  }
}

function greatest(values: Float32Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! > most) most = values[i]!;
  return most;
}

/** Where a tile goes, in device pixels. */
export interface TilePlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Painted weakly, such as a head that is knocked out. */
  readonly dimmed: boolean;
}

const DIMMED = 0.25;

/** Opaque RGBA pixels `[height, width, 4]` of all tiles; what is no tile stays transparent. A tile's cells are stretched to its place. */
export function paintTiles(
  { width, height }: { readonly width: number; readonly height: number },
  tiles: readonly Tile[],
  places: readonly TilePlace[],
  low: Colour,
  high: Colour,
): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(width * height * 4);
  const pixels = new Uint32Array(bytes.buffer);
  const colours = { full: ramp(low, high, 1), dimmed: ramp(low, high, DIMMED) };
  for (const [index, { x, y, width: across, height: down, dimmed }] of places.entries()) {
    const { rows, columns, shares } = tiles[index]!;
    const ramp = dimmed ? colours.dimmed : colours.full;
    for (let py = 0; py < down; py++) {
      const row = Math.floor((py * rows) / down) * columns;
      let to = (y + py) * width + x;
      for (let px = 0; px < across; px++) pixels[to++] = ramp[(shares[row + Math.floor((px * columns) / across)]! * 255 + 0.5) | 0]!;
    }
  }
  return bytes;
}

/** 256 colours from `low` to `strength` of the way to `high`, as the little-endian pixels that an ImageData has. */
function ramp(low: Colour, high: Colour, strength: number): Uint32Array {
  const bytes = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i++) {
    const share = (i / 255) * strength;
    for (let channel = 0; channel < 3; channel++) bytes[i * 4 + channel] = low[channel]! + (high[channel]! - low[channel]!) * share;
    bytes[i * 4 + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}
