/** Which characters of one text are which of another: pieces that are equal, character by character. Knows neither text. */
import type { Span } from '../shared/span.ts';

/** `length` characters of a text from offset `from` on, which stand at offset `to` of the other one. */
export interface MappedPiece {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** In order and apart on both sides. What no piece has, such as a line break that wrapping put in, is in one of the texts only. */
export type SpanMap = readonly MappedPiece[];

export function identityMap(length: number): SpanMap {
  return length === 0 ? [] : [{ from: 0, to: 0, length }];
}

/** Where the characters of `span` stand in the other text, in order; parts that touch there are one. */
export function mapSpan(map: SpanMap, span: Span): Span[] {
  const spans: Span[] = [];
  for (const { to, length } of sliceMap(map, span)) {
    const last = spans.at(-1);
    if (last?.end === to) spans[spans.length - 1] = { start: last.start, end: to + length };
    else spans.push({ start: to, end: to + length });
  }
  return spans;
}

/** The pieces of `span`, which is of the text on `side`, cut at its ends. */
export function sliceMap(map: SpanMap, { start, end }: Span, side: 'from' | 'to' = 'from'): MappedPiece[] {
  const pieces: MappedPiece[] = [];
  for (let index = firstEndingBehind(map, start, side); index < map.length && map[index]![side] < end; index++) {
    const { from, to, length } = map[index]!;
    const cut = Math.max(0, start - map[index]![side]);
    const kept = Math.min(map[index]![side] + length, end) - map[index]![side] - cut;
    if (kept > 0) pieces.push({ from: from + cut, to: to + cut, length: kept });
  }
  return pieces;
}

export function shiftMap(map: SpanMap, by: { readonly from?: number; readonly to?: number }): MappedPiece[] {
  return map.map(({ from, to, length }) => ({ from: from + (by.from ?? 0), to: to + (by.to ?? 0), length }));
}

/** From the first map's text straight to the second one's. */
export function composeMaps(first: SpanMap, second: SpanMap): MappedPiece[] {
  return first.flatMap(({ from, to, length }) => shiftMap(sliceMap(second, { start: to, end: to + length }), { from: from - to }));
}

/** Index of the first piece of which some characters stand behind `offset`. */
function firstEndingBehind(map: SpanMap, offset: number, side: 'from' | 'to'): number {
  let low = 0;
  let high = map.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (map[middle]![side] + map[middle]!.length <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
