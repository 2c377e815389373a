/** The texts of a run's segments, source or target, and where they stand in a document. Knows neither tokens nor the document's text. */
import type { Segmentation } from '../shared/segments.ts';
import type { Span } from '../shared/span.ts';
import { mapSpan, shiftMap, sliceMap, type MappedPiece, type SpanMap } from './spanMap.ts';
import { wordAt } from './words.ts';

export interface LinkedText {
  /** All segments, with a line break between two of them. */
  readonly text: string;
  /** Offset of each segment. */
  readonly starts: readonly number[];
  /** From `text` to the document; a segment that does not stand there has no piece. */
  readonly map: SpanMap;
}

/** A text that was parted into segments, and where it stands in the document. */
export interface PlacedText {
  readonly segmentation: Segmentation;
  /** From the segmentation's text to the document. */
  readonly map: SpanMap;
}

/** Characters of one segment. */
export interface SegmentPlace {
  readonly segment: number;
  /** In the segment's text. */
  readonly span: Span;
}

/** `texts` are those of the segments of all `places`, in order; one for which `stands` says no is nowhere in the document. */
export function linkedText(
  texts: readonly string[],
  places: readonly PlacedText[],
  stands: (segment: number) => boolean = () => true,
): LinkedText {
  const starts: number[] = [];
  let length = 0;
  for (const text of texts) {
    starts.push(length);
    length += text.length + 1;
  }
  const map: MappedPiece[] = [];
  let segment = 0;
  for (const place of places) {
    for (const span of place.segmentation.segments) {
      if (stands(segment)) map.push(...shiftMap(sliceMap(place.map, span), { from: starts[segment]! - span.start }));
      segment++;
    }
  }
  return { text: texts.join('\n'), starts, map };
}

/** Where characters of a segment stand in the document, without the white space at their ends. */
export function documentSpans({ text, starts, map }: LinkedText, { segment, span }: SegmentPlace): Span[] {
  let [start, end] = [starts[segment]! + span.start, starts[segment]! + span.end];
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  return mapSpan(map, { start, end });
}

/**
 * The characters that `selected` of the document stands on, segment by segment: of a cursor the word. None of whole segments, where no other is selected
 * in part: to point at all of it says nothing.
 */
export function segmentPlaces({ text, starts, map }: LinkedText, selected: Span): SegmentPlace[] {
  const isCursor = selected.start === selected.end;
  const touched = sliceMap(map, isCursor ? { start: selected.start - 1, end: selected.end + 1 } : selected, 'to');
  // Between two pieces, the cursor is on the one that begins there.
  const [first, last] = isCursor ? [touched.at(-1), touched.at(-1)] : [touched[0], touched.at(-1)];
  if (first === undefined || last === undefined) return [];
  const offset = first.from + Math.max(0, selected.start - first.to);
  const whole = isCursor ? wordAt(text, offset) : { start: first.from, end: last.from + last.length };
  const segmentAt = (offset: number): number => starts.findLastIndex((from) => from <= offset);
  const places = [...new Set((isCursor ? [first] : touched).map(({ from }) => segmentAt(from)))].map((segment) => {
    const from = starts[segment]!;
    const length = (starts[segment + 1] ?? text.length + 1) - 1 - from;
    const span = { start: Math.max(0, whole.start - from), end: Math.min(length, whole.end - from) };
    return { segment, span, isWhole: span.end - span.start === length };
  });
  const isPart = isCursor || places.some(({ isWhole }) => !isWhole);
  return places.map(({ segment, span }) => ({ segment, span: isPart ? span : { start: 0, end: 0 } }));
}
