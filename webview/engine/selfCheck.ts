/** Compares a device's answers with the reference's before it is trusted: some GPUs give silent garbage. */
import type { Seq2SeqModel } from './seq2seqModel.ts';

/** A wrong kernel is off by whole units; fp32 kernels that sum in another order differ by about 1e-4. */
const LOGIT_TOLERANCE = 0.02;

const OTHER_TOKENS = 'it produced other tokens than the reference in the self-check';

/** What is wrong with the device's answers, in words for the user; undefined where they are the reference's. */
export async function selfCheckFailure(model: Seq2SeqModel): Promise<string | undefined> {
  const { sourceIds, task, targetIds, logitIds, logits } = model.config.selfCheck;
  const encoded = await model.encode([sourceIds]);
  const [decoding, running] = [await model.decode(encoded, [0]), await model.decode(encoded, [0], { exact: true })];
  try {
    let token = task;
    for (const [position, expected] of targetIds.entries()) {
      const { next, logits: found = new Float32Array() } = await decoding.step([token], { logits: true });
      const row = logits[position] ?? [];
      const worst = Math.max(0, ...row.map((logit, index) => Math.abs(found[logitIds[index]!]! - logit)));
      // Written so that NaN fails.
      if (!(worst <= LOGIT_TOLERANCE)) return `its scores are off by ${worst.toPrecision(2)} in the self-check`;
      if (next[0] !== expected) return OTHER_TOKENS;
      token = expected;
    }
    const written: number[] = [];
    while (written.length < targetIds.length)
      for (const next of await running.greedy([written.at(-1) ?? task], targetIds.length - written.length)) written.push(next[0]!);
    return written.every((token, position) => token === targetIds[position]) ? undefined : OTHER_TOKENS;
  } finally {
    decoding.dispose();
    running.dispose();
    encoded.dispose();
  }
}
