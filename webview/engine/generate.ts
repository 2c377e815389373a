/** Decoding one token after another: the most probable each time, or a chosen one, until `</s>` or the limit. Knows no text. */
import type { EncodedSource, Seq2SeqModel } from './seq2seqModel.ts';

export interface GenerateOptions {
  /** First decoder token: the task. */
  readonly startToken: number;
  readonly maxTokens: number;
  /** Tokens that the target begins with, whatever the model prefers; they count towards `maxTokens`. */
  readonly prefix?: readonly number[];
  /** Chooses each token after the prefix by the scores of the whole vocabulary; without it the most probable one is taken. */
  readonly choose?: (logits: Float32Array) => number;
  /** Checked between tokens. */
  readonly signal?: AbortSignal;
  /** Called after each token with the target so far. */
  readonly onToken?: (targetIds: readonly number[]) => void | Promise<void>;
}

/**
 * The target ids, `</s>` included unless the limit came first.
 * @throws the signal's reason once it is aborted
 */
export async function generate(model: Seq2SeqModel, encoded: EncodedSource, options: GenerateOptions): Promise<number[]> {
  const { prefix = [], choose } = options;
  const decoding = model.decode(encoded);
  const targetIds: number[] = [];
  let token = options.startToken;
  try {
    while (targetIds.length < options.maxTokens) {
      options.signal?.throwIfAborted();
      const forced = prefix[targetIds.length];
      if (forced === undefined && choose) token = choose((await decoding.stepWithLogits(token)).logits);
      else {
        const next = await decoding.step(token);
        token = forced ?? next;
      }
      targetIds.push(token);
      await options.onToken?.(targetIds);
      if (token === model.config.endToken) break;
    }
    return targetIds;
  } finally {
    decoding.dispose();
  }
}
