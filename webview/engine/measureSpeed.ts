/** How long a token of the self-check's text takes; the self-check before it was the warm-up. */
import { SaccadeError } from '../../src/shared/failure.ts';
import type { Seq2SeqModel } from './seq2seqModel.ts';

const REPEATS = 5;
/** A path that takes longer than this is not repeated: its first time says enough. */
const ENOUGH_SECONDS = 1;

/** Seconds a token of each repeat, encoder included. */
export async function measureSpeed(model: Seq2SeqModel): Promise<number[]> {
  const { selfCheck } = model.config;
  if (!selfCheck) throw new SaccadeError('internal', 'The model has no text to time it with.');
  const { sourceIds, task, targetIds } = selfCheck;
  const times: number[] = [];
  const begun = performance.now();
  while (times.length < REPEATS && (performance.now() - begun) / 1000 < ENOUGH_SECONDS) {
    const start = performance.now();
    const encoded = await model.encode([sourceIds]);
    const decoding = await model.decode(encoded, [0]);
    try {
      let token = task;
      for (let count = 0; count < targetIds.length;) {
        const steps = await decoding.greedy([token], targetIds.length - count);
        count += steps.length;
        token = steps.at(-1)!.next[0]!;
      }
    } finally {
      decoding.dispose();
      encoded.dispose();
    }
    times.push((performance.now() - start) / 1000 / targetIds.length);
  }
  return times;
}
