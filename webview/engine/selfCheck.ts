/** Compares a device's answers with the reference's before it is trusted: some GPUs give silent garbage. */
import type { SelfCheck } from './modelConfig.ts';
import type { Decoding, GreedyStep, Seq2SeqModel } from './seq2seqModel.ts';

/** A wrong kernel is off by whole units; fp32 kernels that sum in another order differ by about 1e-4. */
const LOGIT_TOLERANCE = 0.02;

const OTHER_TOKENS = 'it produced other tokens than the reference in the self-check';

/** What is wrong with the device's answers, in words for the user; undefined where they are the reference's. */
export async function selfCheckFailure(model: Seq2SeqModel, selfCheck: SelfCheck): Promise<string | undefined> {
  const encoded = await model.encode([selfCheck.sourceIds]);
  let decoding = await model.decode(encoded, [0], { isExact: () => true, watched: selfCheck.logitIds });
  try {
    const failure = await scoresFailure(selfCheck, async (token) => (await decoding.greedy([token], 1))[0]!);
    if (failure !== undefined) return failure;
    // One after the other: a device that has room for one recorded decoding would do the second some other way.
    decoding.dispose();
    decoding = await model.decode(encoded, [0], { isExact: () => true });
    return (await writesReference(decoding, 1, selfCheck)) ? undefined : OTHER_TOKENS;
  } finally {
    decoding.dispose();
    encoded.dispose();
  }
}

/**
 * What is wrong with tokens and scores that are written one by one.
 * @param next reads a token of a decoding of the reference's source, which is at its beginning, and watches the reference's `logitIds`
 */
export async function scoresFailure(
  { task, targetIds, logits }: SelfCheck,
  next: (token: number) => Promise<GreedyStep>,
): Promise<string | undefined> {
  let token = task;
  for (const [position, expected] of targetIds.entries()) {
    const step = await next(token);
    const row = logits[position] ?? [];
    const worst = Math.max(0, ...row.map((logit, index) => Math.abs((step.scores?.watched[index] ?? NaN) - logit)));
    // Written so that NaN fails.
    if (!(worst <= LOGIT_TOLERANCE)) return `its scores are off by ${worst.toPrecision(2)} in the self-check`;
    if (step.next[0] !== expected) return OTHER_TOKENS;
    token = expected;
  }
  return undefined;
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
