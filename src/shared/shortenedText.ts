/** A text in which long spans are cut short, and where its offsets are in the whole one. Does not know what the spans are. */
import { lastBefore, type Span } from './span.ts';

export interface ShortenedText {
  readonly text: string;
  /** The spans, in `text`. */
  readonly spans: readonly Span[];
  /** Of an offset in `text`, in the whole text: its own character's, or the end of the span of which it cuts something off. */
  originalOffset(offset: number): number;
}

/**
 * A span keeps its beginning.
 * @param spans in order and apart
 * @param longest of a span, in UTF-16 units
 */
export function shortenedText(whole: string, spans: readonly Span[], longest: number): ShortenedText {
  const parts: string[] = [];
  const short: Span[] = [];
  let done = 0;
  let length = 0;
  for (const { start, end } of spans) {
    const kept = whole.slice(start, Math.min(end, start + longest));
    parts.push(whole.slice(done, start), kept);
    length += start - done;
    short.push({ start: length, end: length + kept.length });
    length += kept.length;
    done = end;
  }
  parts.push(whole.slice(done));
  const originalOffset = (offset: number): number => {
    const index = lastBefore(short, offset);
    const before = short[index];
    if (before === undefined) return offset;
    const { start, end } = spans[index]!;
    return offset >= before.end ? end + offset - before.end : Math.min(end, start + offset - before.start);
  };
  return { text: parts.join(''), spans: short, originalOffset };
}
