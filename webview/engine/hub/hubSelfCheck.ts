/**
 * What a model of somebody else's says of a short text, and whether a device says the same as the processor: some GPUs give silent garbage, above
 * all with small weights, and no reference comes with such a model. Knows no device.
 */
import { SaccadeError } from '../../../src/shared/failure.ts';
import { t } from '../../../src/shared/words.ts';
import { argmax } from '../argmax.ts';
import type { Seq2SeqModel } from '../seq2seqModel.ts';

/** Scores of the next token at the first steps: `[steps][vocabulary]`. */
export type FirstScores = readonly Float32Array[];

/** The first step has no cache, the next ones have. */
const CHECKED_STEPS = 3;

/** Of how far the scores of a step are apart: kernels differ by some thousandths, in half precision by hundredths; wrong ones by all of it. */
const TOLERANCE = 0.05;

/**
 * @param tokens to be read behind the first, those that another device chose; by default the model's own choice
 * @throws SaccadeError of kind "badModel" where the model has no task or other scores than its configuration says, of kind "device" where they are no numbers
 */
export async function firstScores(
  model: Pick<Seq2SeqModel, 'config' | 'encode' | 'decode'>,
  sourceIds: readonly number[],
  tokens?: readonly number[],
): Promise<FirstScores> {
  const { tasks, vocabularySize } = model.config;
  const beginning = tasks.text2text ?? tasks.summarise ?? Object.values(tasks.translate)[0];
  if (!beginning)
    throw new SaccadeError('badModel', t('The model knows none of the tasks or languages that Saccade has. Choose another model.'));
  const encoded = await model.encode([sourceIds]);
  const decoding = await model.decode(encoded, [0]);
  try {
    const scores: Float32Array[] = [];
    let token = beginning.startToken;
    for (let step = 0; step < CHECKED_STEPS; step++) {
      const { logits } = await decoding.step([token], { logits: true });
      if (logits?.length !== vocabularySize)
        throw new SaccadeError(
          'badModel',
          t('The model scores {0} tokens, but config.json says {1}.', logits?.length ?? 0, vocabularySize),
        );
      // What must not be written has a score of minus infinity.
      if (logits.some((score) => Number.isNaN(score) || score === Infinity))
        throw new SaccadeError('device', t('The model does not give numbers. Choose another variant of it.'));
      scores.push(logits);
      token = tokens?.[step] ?? argmax(logits);
    }
    return scores;
  } finally {
    decoding.dispose();
    encoded.dispose();
  }
}

/** The tokens that the scores choose. */
export function chosenTokens(scores: FirstScores): number[] {
  return scores.map((step) => argmax(step));
}

/** The largest difference, as a share of how far the reference's scores of that step are apart; for scores of the same tokens read. */
export function worstDifference(reference: FirstScores, own: FirstScores): number {
  return reference.reduce((worst, step, index) => {
    const finite = [...step].flatMap((score, token) => (Number.isFinite(score) ? [[score, own[index]![token]!] as const] : []));
    const scores = finite.map(([score]) => score);
    const spread =
      scores.reduce((most, score) => Math.max(most, score), -Infinity) - scores.reduce((least, score) => Math.min(least, score), Infinity);
    return finite.reduce((most, [score, other]) => Math.max(most, Math.abs(score - other) / Math.max(spread, 1e-6)), worst);
  }, 0);
}

/** @throws SaccadeError of kind "device" */
export function assertSame(reference: FirstScores, own: FirstScores): void {
  const worst = worstDifference(reference, own);
  // Written so that NaN fails.
  if (worst <= TOLERANCE) return;
  throw new SaccadeError('device', t('Its scores differ from the processor’s by {0} % in the self-check.', (worst * 100).toPrecision(2)));
}
