/** How long a token of a short text takes; the self-check before it was the warm-up. */
import { anyBeginning, type ModelConfig } from './modelConfig.ts';
import type { Seq2SeqModel } from './seq2seqModel.ts';
import type { TextTokenizer } from './tokenizer.ts';

const REPEATS = 5;
/** A path that takes longer than this is not repeated: its first time says enough. */
const ENOUGH_SECONDS = 1;

export interface TimedText {
  readonly sourceIds: readonly number[];
  readonly startToken: number;
  /** How many are written, whether or not the text has ended by then. */
  readonly targetTokens: number;
}

/** For models that have no text of their own for that: a sentence, and as much as its translation would be. */
const SENTENCE = 'The file cannot be opened because another program is using it.';
const SENTENCE_TOKENS = 16;

export function timedText({ selfCheck, tasks }: ModelConfig, tokenizer: TextTokenizer): TimedText {
  if (selfCheck) return { sourceIds: selfCheck.sourceIds, startToken: selfCheck.task, targetTokens: selfCheck.targetIds.length };
  return { sourceIds: tokenizer.tokenize(SENTENCE).ids, startToken: anyBeginning(tasks).startToken, targetTokens: SENTENCE_TOKENS };
}

/** Seconds a token of each repeat, encoder included. */
export async function measureSpeed(model: Seq2SeqModel, { sourceIds, startToken, targetTokens }: TimedText): Promise<number[]> {
  const times: number[] = [];
  const begun = performance.now();
  while (times.length < REPEATS && (performance.now() - begun) / 1000 < ENOUGH_SECONDS) {
    const start = performance.now();
    const encoded = await model.encode([sourceIds]);
    const decoding = await model.decode(encoded, [0]);
    try {
      let token = startToken;
      for (let count = 0; count < targetTokens;) {
        const steps = await decoding.greedy([token], targetTokens - count);
        count += steps.length;
        token = steps.at(-1)!.next[0]!;
      }
    } finally {
      decoding.dispose();
      encoded.dispose();
    }
    times.push((performance.now() - start) / 1000 / targetTokens);
  }
  return times;
}
