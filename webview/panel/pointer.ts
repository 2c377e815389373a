/** What of a map is pointed at, and what that means in the two texts. Pure: knows no events. */
import { TEXT_SIDES } from '../../src/shared/highlight.ts';
import type { SideSpan, TextSide } from '../../src/shared/highlight.ts';
import type { ShownMap } from './shownMap.ts';

/** A cell, a whole row or a whole column. */
export type Pointer =
  | { readonly row: number; readonly column: number }
  | { readonly row: number; readonly column?: undefined }
  | { readonly row?: undefined; readonly column: number };

/** One text under a pointer. Units are those of `ShownMap.texts`. */
export interface PointedText {
  /** The units that are pointed at. */
  readonly pointed: readonly number[];
  /** Where each unit's weight lies on the colour scale, from 0 to 1, and the weight itself; absent where the pointer says nothing of this text. `[units]` */
  readonly shares?: Float32Array;
  readonly weights?: Float32Array;
}

export type PointedTexts = Readonly<Record<TextSide, PointedText>>;

export const NOTHING_POINTED: PointedTexts = { source: { pointed: [] }, target: { pointed: [] } };

/** The pointer that a unit of a text stands for: its row, else its column; undefined where the map has neither. */
export function pointerOf(map: ShownMap, side: TextSide, unit: number): Pointer | undefined {
  const row = side === map.rowText ? map.rowUnits.indexOf(unit) : -1;
  if (row >= 0) return { row };
  const column = side === map.columnText ? map.columnUnits.indexOf(unit) : -1;
  return column >= 0 ? { column } : undefined;
}

/** The pointers that the units on these characters stand for, of the source first. */
export function pointersAt(map: ShownMap, spans: readonly SideSpan[]): Pointer[] {
  return TEXT_SIDES.flatMap((side) =>
    map.texts[side].flatMap(({ span }, unit) => {
      const isOn = spans.some((place) => place.side === side && span.start < place.end && place.start < span.end);
      return (isOn && pointerOf(map, side, unit)) || [];
    }),
  );
}

/** A row's weights lie on what it looked at; a column's on what looked at it. Of several the greatest weight counts. */
export function pointedTexts(map: ShownMap, pointers: readonly Pointer[]): PointedTexts {
  return pointers.map((pointer) => textsOf(map, pointer)).reduce(union, NOTHING_POINTED);
}

function textsOf(map: ShownMap, pointer: Pointer): PointedTexts {
  const pointed = { source: [] as number[], target: [] as number[] };
  if (pointer.row !== undefined) pointed[map.rowText].push(map.rowUnits[pointer.row] ?? -1);
  if (pointer.column !== undefined) pointed[map.columnText].push(map.columnUnits[pointer.column] ?? -1);
  const weighted = pointer.row === undefined ? map.rowText : map.columnText;
  const units = pointer.row === undefined ? map.rowUnits : map.columnUnits;
  const shares = new Float32Array(map.texts[weighted].length);
  const weights = new Float32Array(shares.length);
  for (const [index, unit] of units.entries()) {
    const cell = pointer.row === undefined ? index * map.columns.length + pointer.column : pointer.row * map.columns.length + index;
    if (unit < 0) continue;
    shares[unit] = map.shares[cell]!;
    weights[unit] = map.values[cell]!;
  }
  const texts = { source: { pointed: pointed.source }, target: { pointed: pointed.target } };
  return { ...texts, [weighted]: { pointed: pointed[weighted], shares, weights } };
}

function union(one: PointedTexts, other: PointedTexts): PointedTexts {
  const greatest = (some: Float32Array | undefined, more: Float32Array | undefined): Float32Array | undefined =>
    some === undefined || more === undefined ? (some ?? more) : some.map((value, unit) => Math.max(value, more[unit]!));
  const of = (side: TextSide): PointedText => {
    const [shares, weights] = [greatest(one[side].shares, other[side].shares), greatest(one[side].weights, other[side].weights)];
    return { pointed: [...one[side].pointed, ...other[side].pointed], ...(shares && weights && { shares, weights }) };
  };
  return { source: of('source'), target: of('target') };
}

/** The largest weights that any of some rows gives or that any of some columns gets, largest first; `index` is of the columns or rows. */
export function strongest(
  map: ShownMap,
  pointers: readonly Pointer[],
  count: number,
): { readonly index: number; readonly weight: number }[] {
  const columns = map.columns.length;
  const ofRows = pointers.some(({ row }) => row !== undefined);
  const weightAt = ({ row, column }: Pointer, index: number): number => {
    if (row === undefined) return ofRows ? 0 : map.values[index * columns + column]!;
    return map.values[row * columns + index]!;
  };
  return Array.from({ length: ofRows ? columns : map.rows.length }, (_, index) => ({
    index,
    weight: pointers.reduce((most, pointer) => Math.max(most, weightAt(pointer, index)), 0),
  }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .slice(0, count);
}
