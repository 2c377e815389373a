/** The half-open range that ties text to text. Offsets are in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
