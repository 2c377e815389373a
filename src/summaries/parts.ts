/** Parts of a text that the model can each read as a whole. Does not know the model. */
import { oneSegment, segment, unitsOf, type Segmentation } from '../shared/segments.ts';
import type { Span } from '../shared/span.ts';

/** In letters of an alphabet; as long as the longest sentence that is translated as one. */
const LONGEST_PART = 400;

/** One part where the text is short enough; else neighbouring sentences together, in parts of like length. */
export function partsOf(text: string, letters = LONGEST_PART): Segmentation {
  const longest = unitsOf(text, letters);
  if (text.length <= longest) return oneSegment(text);
  const wanted = text.length / Math.ceil(text.length / longest);
  const parts: Span[] = [];
  for (const { start, end } of segment(text, { limit: letters }).segments) {
    const last = parts.at(-1);
    const isFull = last === undefined || end - last.start > longest || (last.end + end) / 2 - last.start > wanted;
    if (isFull) parts.push({ start, end });
    else parts[parts.length - 1] = { start: last.start, end };
  }
  return { text, segments: parts };
}
