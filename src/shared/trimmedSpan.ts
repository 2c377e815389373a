/** What of a span is words: white space and pictures at its edges are not. Does not know sentences. */
import type { Span } from './span.ts';

/** Boxes, ticks and pictures, a space away from the words. A model moves them about. */
const PICTURE = String.raw`(?:[\u2500-\u27BF\u2B00-\u2BFF]|[\uD83C-\uD83E][\uDC00-\uDFFF])[\uFE0F\u200D\u20E3]*`;
const BEFORE = new RegExp(String.raw`^(?:${PICTURE}\s*)+(?<=\s)`);
const AFTER = new RegExp(String.raw`\s(?:\s*${PICTURE})+$`);

/** For spans as long as a sentence: it takes the square of their length. */
export function trimmedSpan(text: string, { start, end }: Span): Span {
  const words = text.slice(start, end).trim();
  const from = start + text.slice(start, end).indexOf(words);
  const before = BEFORE.exec(words)?.[0].length ?? 0;
  const after = AFTER.exec(words.slice(before))?.[0].length ?? 0;
  return { start: from + before, end: from + words.length - after };
}
