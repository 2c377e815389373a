/** Where a piece of text stands after the document around it, or it itself, was edited. Knows no document. */
import type { Span } from '../shared/span.ts';

export interface Change {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** What is typed at either end belongs to the text, but not a line above it nor a word behind it. Undefined once a change goes beyond it. */
export function movedSpan({ start, end }: Span, { rangeOffset, rangeLength, text }: Change): Span | undefined {
  const changeEnd = rangeOffset + rangeLength;
  const by = text.length - rangeLength;
  const isInsertion = rangeLength === 0;
  if (changeEnd < start || (changeEnd === start && (!isInsertion || text.endsWith('\n')))) return { start: start + by, end: end + by };
  if (rangeOffset > end || (rangeOffset === end && (!isInsertion || /^\s/.test(text)))) return { start, end };
  return rangeOffset >= start && changeEnd <= end ? { start, end: end + by } : undefined;
}
