/** Compares a device's answers with the reference's before it is trusted: some GPUs give silent garbage. */
import type { SelfCheck } from './modelConfig.ts';
import type { Decoding, Seq2SeqModel } from './seq2seqModel.ts';

/** A wrong kernel is off by whole units; fp32 kernels that sum in another order differ by about 1e-4. */
const LOGIT_TOLERANCE = 0.02;

const OTHER_TOKENS = 'it produced other tokens than the reference in the self-check';

/** What is wrong with the device's answers, in words for the user; undefined where they are the reference's. */
export async function selfCheckFailure(model: Seq2SeqModel): Promise<string | undefined> {
  const { sourceIds, task, targetIds, logitIds, logits } = model.config.selfCheck;
  const encoded = await model.encode([sourceIds]);
  let decoding = await model.decode(encoded, [0]);
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
    // One after the other: a device that has room for one recorded decoding would do the second some other way.
    decoding.dispose();
    decoding = await model.decode(encoded, [0], { isExact: () => true });
    return (await writesReference(decoding, 1, model.config.selfCheck)) ? undefined : OTHER_TOKENS;
  } finally {
    decoding.dispose();
    encoded.dispose();
  }
}

/** Whether a decoding at its beginning, all of whose rows have the reference's source, writes the reference's tokens by itself. */
export async function writesReference(decoding: Decoding, rows: number, { task, targetIds }: SelfCheck): Promise<boolean> {
  let tokens = new Array<number>(rows).fill(task);
  for (let position = 0; position < targetIds.length;) {
    const steps = await decoding.greedy(tokens, targetIds.length - position);
    if (steps.some(({ next }, index) => next.some((token) => token !== targetIds[position + index]))) return false;
    position += steps.length;
    tokens = [...steps.at(-1)!.next];
  }
  return true;
}
