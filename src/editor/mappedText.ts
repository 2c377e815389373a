/** A text in the making that keeps, through every change, which of its characters are those of the text it is made from. Knows no document. */
import type { Span } from '../shared/span.ts';
import { composeMaps, identityMap, shiftMap, sliceMap, type MappedPiece, type SpanMap } from './spanMap.ts';

export interface MappedText {
  readonly text: string;
  /** From the original's offsets to this text's. */
  readonly map: SpanMap;
}

export function original(text: string): MappedText {
  return { text, map: identityMap(text.length) };
}

/** Nothing of it is the original's. */
export function foreign(text: string): MappedText {
  return { text, map: [] };
}

export function sliceMapped({ text, map }: MappedText, { start, end }: Span): MappedText {
  return { text: text.slice(start, end), map: shiftMap(sliceMap(map, { start, end }, 'to'), { to: -start }) };
}

/** The parts' originals must be in order, as those of slices of one text are. */
export function concatMapped(parts: readonly MappedText[]): MappedText {
  const map: MappedPiece[] = [];
  let length = 0;
  for (const part of parts) {
    for (const piece of shiftMap(part.map, { to: length })) map.push(piece);
    length += part.text.length;
  }
  return { text: parts.map(({ text }) => text).join(''), map };
}

export function joinMapped(parts: readonly MappedText[], separator: string): MappedText {
  return concatMapped(parts.flatMap((part, index) => (index === 0 ? [part] : [foreign(separator), part])));
}

/** Like `String.replaceAll`; a replacement as long as what it replaces stands for it character by character, any other for nothing. */
export function replaceMapped({ text, map }: MappedText, pattern: RegExp, replacement: (match: string) => string): MappedText {
  const changes: MappedPiece[] = [];
  const parts: string[] = [];
  let written = 0;
  let done = 0;
  /** Of the piece in the making, which ends where `done` and `written` are. */
  let open = 0;
  const close = (): void => {
    if (open > 0) changes.push({ from: done - open, to: written - open, length: open });
    open = 0;
  };
  const write = (part: string, length: number): void => {
    if (part.length === length) open += length;
    else close();
    parts.push(part);
    written += part.length;
    done += length;
  };
  for (const { 0: match, index } of text.matchAll(pattern)) {
    write(text.slice(done, index), index - done);
    write(replacement(match), match.length);
  }
  write(text.slice(done), text.length - done);
  close();
  return { text: parts.join(''), map: composeMaps(map, changes) };
}
