/** How hard characters were to restore, as the editor marks them. Pure. */
import type { LossSpan } from '../../src/shared/highlight.ts';
import type { Reconstruction } from '../../src/shared/question.ts';

/** The bytes of a character that has no token of its own stand on the same characters: the hardest of them counts. */
export function lossSpans({ source, logProbabilities }: Reconstruction): LossSpan[] {
  const spans = new Map<string, LossSpan>();
  for (const [position, { span }] of source.entries()) {
    const place = `${span.start} ${span.end}`;
    const loss = Math.max(-logProbabilities[position]!, spans.get(place)?.loss ?? 0);
    spans.set(place, { side: 'source', ...span, loss });
  }
  return [...spans.values()];
}
