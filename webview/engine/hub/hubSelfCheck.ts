/**
 * What a model of somebody else's says of a short text, and whether another way of running it says the same as the processor: some GPUs give
 * silent garbage, above all with small weights, and no reference comes with such a model. Knows no device.
 */
import { SaccadeError } from '../../../src/shared/failure.ts';
import { isQuantized, type Variant } from '../../../src/shared/hubLayout.ts';
import type { ModelReference } from '../../../src/shared/modelReference.ts';
import { t } from '../../../src/shared/words.ts';
import { argmax } from '../argmax.ts';
import { anyBeginning } from '../modelConfig.ts';
import type { Seq2SeqModel } from '../seq2seqModel.ts';

/** Scores of the next token at the first steps: `[steps][vocabulary]`. */
export type FirstScores = readonly Float32Array[];

/** The first step has no cache, the next ones have. */
const CHECKED_STEPS = 3;

/** Of how far the scores of a step are apart: kernels differ by some thousandths, in half precision by hundredths; wrong ones by all of it. */
const TOLERANCE = 0.05;

/** Weights of four bits move the scores of the bundled model by 0.06, of eight bits by 0.01; worse ones write something else. */
const QUANTIZED_TOLERANCE = 0.15;

/** So far below the best a token has no probability; some models put tokens that must not be written there, at minus a billion. */
const OUT_OF_THE_QUESTION = 50;

/** As many of the most probable tokens, and of all. */
const WATCHED = 64;

/**
 * @param tokens to be read behind the first, those that another device chose; by default the model's own choice
 * @throws SaccadeError of kind "badModel" where the model has no task or other scores than its configuration says, of kind "device" where they are no numbers
 */
export async function firstScores(
  model: Pick<Seq2SeqModel, 'config' | 'encode' | 'decode'>,
  sourceIds: readonly number[],
  tokens: readonly number[] = [],
): Promise<FirstScores> {
  const { tasks, vocabularySize } = model.config;
  const { startToken } = anyBeginning(tasks);
  const encoded = await model.encode([sourceIds]);
  const decoding = await model.decode(encoded, [0]);
  try {
    const scores: Float32Array[] = [];
    let token = startToken;
    for (let step = 0; step < CHECKED_STEPS; step++) {
      const { logits } = await decoding.step([token], { logits: true });
      if (logits?.length !== vocabularySize)
        throw new SaccadeError(
          'badModel',
          t('The model scores {0} tokens, but config.json says {1}.', logits?.length ?? 0, vocabularySize),
        );
      // What must not be written has a score of minus infinity.
      if (logits.some((score) => Number.isNaN(score) || score === Infinity) || !logits.some(Number.isFinite))
        throw new SaccadeError('device', t('The model does not give numbers. Choose another variant of it.'));
      scores.push(logits);
      token = tokens[step] ?? argmax(logits);
    }
    return scores;
  } finally {
    decoding.dispose();
    encoded.dispose();
  }
}

/** What others are compared with: few enough numbers to be remembered. */
export function referenceOf(scores: FirstScores): ModelReference {
  return scores.map((step) => {
    const byScore = [...step.keys()].sort((one, other) => step[other]! - step[one]!);
    const best = step[byScore[0]!]!;
    const compared = byScore.filter((token) => step[token]! >= best - OUT_OF_THE_QUESTION);
    const others = Array.from({ length: WATCHED }, (_, index) => compared[Math.floor((index * compared.length) / WATCHED)]!);
    const tokens = [...new Set([...compared.slice(0, WATCHED), ...others])];
    return { chosen: byScore[0]!, spread: best - step[compared.at(-1)!]!, tokens, scores: tokens.map((token) => step[token]!) };
  });
}

/** The largest difference, as a share of how far the reference's scores of that step are apart; for scores of the same tokens read. */
export function worstDifference(reference: ModelReference, own: FirstScores): number {
  const differences = reference.flatMap(({ tokens, scores, spread }, step) =>
    tokens.map((token, index) => Math.abs(scores[index]! - own[step]![token]!) / Math.max(spread, 1e-6)),
  );
  // NaN where any of them is.
  return Math.max(...differences);
}

/** Whether some step chooses another token although the reference was sure of its own. */
function choosesAnother(reference: ModelReference, own: FirstScores, tolerance: number): boolean {
  return reference.some(({ chosen, spread, tokens, scores }, step) => {
    const choice = argmax(own[step]!);
    const score = scores[tokens.indexOf(choice)] ?? -Infinity;
    return choice !== chosen && scores[tokens.indexOf(chosen)]! - score > tolerance * spread;
  });
}

/**
 * @param variant of the model that is compared; the reference is its most exact one's
 * @throws SaccadeError of kind "device"
 */
export function assertSame(reference: ModelReference, own: FirstScores, variant: Variant): void {
  const tolerance = isQuantized(variant) ? QUANTIZED_TOLERANCE : TOLERANCE;
  const worst = worstDifference(reference, own);
  // Written so that NaN fails.
  if (!(worst <= tolerance))
    throw new SaccadeError('device', t('Its scores differ from the processor’s by {0} % in the self-check.', (worst * 100).toPrecision(2)));
  if (choosesAnother(reference, own, tolerance))
    throw new SaccadeError('device', t('It chooses other tokens than the processor in the self-check.'));
}
