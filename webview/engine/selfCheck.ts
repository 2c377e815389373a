/** Compares a device's answers with the reference's before it is trusted: some GPUs give silent garbage. */
import type { StepPrecision } from '../../src/shared/engineStatus.ts';
import { t } from '../../src/shared/words.ts';
import type { SelfCheck } from './modelConfig.ts';
import type { Decoding, GreedyStep, Seq2SeqModel } from './seq2seqModel.ts';

/** A wrong kernel is off by whole units; fp32 kernels that sum in another order differ by about 1e-4, those in fp16 by 0.03. */
const LOGIT_TOLERANCE: Readonly<Record<StepPrecision, number>> = { float32: 0.02, float16: 0.1 };

const otherTokens = (): string => t('it produced other tokens than the reference in the self-check');

/** What is wrong with the device's answers, in words for the user; undefined where they are the reference's. */
export async function selfCheckFailure(
  model: Seq2SeqModel,
  selfCheck: SelfCheck,
  precision: StepPrecision = 'float32',
): Promise<string | undefined> {
  const encoded = await model.encode([selfCheck.sourceIds]);
  let decoding = await model.decode(encoded, [0], { isExact: () => true, watched: selfCheck.logitIds });
  try {
    let longestRun = 0;
    const greedy = async (token: number, count: number): Promise<readonly GreedyStep[]> => {
      const steps = await decoding.greedy([token], count);
      longestRun = Math.max(longestRun, steps.length);
      return steps;
    };
    const failure = await scoresFailure(selfCheck, greedy, precision);
    if (failure !== undefined || longestRun > 1) return failure;
    // A device that makes runs of steps without telling their scores is also checked while it does. One decoding after the other: one that
    // has room for a single recorded decoding would do the second some other way.
    decoding.dispose();
    decoding = await model.decode(encoded, [0], { isExact: () => true });
    return (await writesReference(decoding, 1, selfCheck)) ? undefined : otherTokens();
  } finally {
    decoding.dispose();
    encoded.dispose();
  }
}

/**
 * What is wrong with the tokens that a decoding writes, and with their scores.
 * @param next makes at most so many steps of a decoding of the reference's source, which is at its beginning, from a token on; it watches
 * the reference's `logitIds`
 */
export async function scoresFailure(
  { task, targetIds, logits }: SelfCheck,
  next: (token: number, count: number) => Promise<readonly GreedyStep[]>,
  precision: StepPrecision = 'float32',
): Promise<string | undefined> {
  let token = task;
  for (let position = 0; position < targetIds.length;) {
    for (const step of await next(token, targetIds.length - position)) {
      const row = logits[position] ?? [];
      const worst = Math.max(0, ...row.map((logit, index) => Math.abs((step.scores?.watched[index] ?? NaN) - logit)));
      // Written so that NaN fails.
      if (!(worst <= LOGIT_TOLERANCE[precision])) return t('its scores are off by {0} in the self-check', worst.toPrecision(2));
      token = targetIds[position++]!;
      if (step.next[0] !== token) return otherTokens();
    }
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
