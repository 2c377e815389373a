/** Drives the edit path through many files in no time: every word is turned round and made longer, every protected span stays. Translates nothing. */
import { protect, restore, type Protection } from '../../../src/shared/protectedSpans.ts';
import { joinSegments, segment, segmentTexts } from '../../../src/shared/segments.ts';

/** Of one paragraph, sentence by sentence as the model gets it. */
export function standIn(text: string, protection: Protection): string {
  const segmentation = segment(text);
  return joinSegments(
    segmentation,
    segmentTexts(segmentation).map((sentence) => {
      const source = protect(sentence, protection);
      return restore(source.text.replace(/\p{L}{2,}/gu, turned), source, protection).written;
    }),
  ).text;
}

function turned(word: string): string {
  const back = Array.from(word).reverse().join('').toLowerCase();
  return word.length > 4 ? `${back}en` : back;
}
