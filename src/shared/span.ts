/** The half-open range that ties text to text. Offsets are in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The last of the spans, which are in order and apart, that begins before the offset: its index, or -1. Logarithmic. */
export function lastBefore(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
