/** Greedy decoding: the most probable token each time, until `</s>` or the limit. Knows no text. */
import type { EncodedSource, Seq2SeqModel } from './seq2seqModel.ts';

export interface GenerateOptions {
  /** First decoder token: the task. */
  readonly startToken: number;
  readonly maxTokens: number;
  /** Checked between tokens. */
  readonly signal?: AbortSignal;
  /** Called after each token with the target so far. */
  readonly onToken?: (targetIds: readonly number[]) => void | Promise<void>;
}

/**
 * The target ids, `</s>` included unless the limit came first.
 * @throws the signal's reason once it is aborted
 */
export async function generateGreedily(model: Seq2SeqModel, encoded: EncodedSource, options: GenerateOptions): Promise<number[]> {
  const decoding = model.decode(encoded);
  const targetIds: number[] = [];
  let token = options.startToken;
  try {
    while (targetIds.length < options.maxTokens) {
      options.signal?.throwIfAborted();
      token = await decoding.step(token);
      targetIds.push(token);
      await options.onToken?.(targetIds);
      if (token === model.config.endToken) break;
    }
    return targetIds;
  } finally {
    decoding.dispose();
  }
}
