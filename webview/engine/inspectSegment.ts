/** One inspect pass over a segment and its target, put together for whoever looks: tokens with their characters, maps, probabilities. */
import { SaccadeError } from '../../src/shared/failure.ts';
import { ALTERNATIVES, type Alternative, type HeadAnswers, type Inspection } from '../../src/shared/inspection.ts';
import { protect } from '../../src/shared/protectedSpans.ts';
import type { SegmentResult } from '../../src/shared/segmentResult.ts';
import type { Task } from '../../src/shared/task.ts';
import { t } from '../../src/shared/words.ts';
import { AxisTokens } from './axisTokens.ts';
import { likeliest, type NextToken } from './beamSearch.ts';
import type { Intervened } from './intervene.ts';
import { beginningOf, type ModelConfig } from './modelConfig.ts';
import type { Inspector } from './seq2seqModel.ts';
import type { TextTokenizer } from './tokenizer.ts';

export interface InspectedModel {
  readonly config: ModelConfig;
  readonly tokenizer: TextTokenizer;
  readonly inspector: Inspector;
}

/** What of a result a pass is of; in `overruled` may be positions at which the model was not asked. */
export type InspectedSegment = Pick<
  SegmentResult,
  'sourceText' | 'targetText' | 'sourceIds' | 'targetIds' | 'overruled' | 'protectedTerms'
>;

/** @throws SaccadeError of kind "badInput" where there is no target */
export async function inspectSegment(
  { config, tokenizer, inspector }: InspectedModel,
  task: Task,
  segment: InspectedSegment,
  { encoded, memory }: Intervened,
): Promise<Inspection> {
  const { sourceIds, targetIds } = segment;
  if (targetIds.length === 0) throw new SaccadeError('badInput', t('There is no target text to inspect.'));
  const beginning = beginningOf(config, task);
  const { startToken, forcedTokens } = beginning;
  const decoded = await inspector.decode(memory, [startToken, ...targetIds.slice(0, -1)]);
  const protectedText = protect(segment.sourceText, config.protection, segment.protectedTerms);
  const rows = rowScores(decoded.logits, targetIds);
  const imposed = new Set([...segment.overruled, ...forcedTokens.keys()]);
  const isFirstChoice = (position: number): boolean => rows[position]!.best[0]!.token === targetIds[position];
  const tokens = new AxisTokens(tokenizer, protectedText, config.protection, beginning);
  const target = tokens.target(targetIds);
  return {
    task,
    sourceText: segment.sourceText,
    targetText: segment.targetText,
    source: tokens.source(sourceIds),
    decoderInput: [
      { id: startToken, label: tokenizer.controlName(startToken) ?? taskLabel(task), span: { start: 0, end: 0 } },
      ...target.slice(0, -1),
    ],
    target,
    encoderAttentions: encoded.attentions,
    decoderAttentions: decoded.attentions,
    crossAttentions: decoded.crossAttentions,
    encoderValueProducts: encoded.valueProducts,
    decoderValueProducts: decoded.valueProducts,
    crossValueProducts: decoded.crossValueProducts,
    encoderHiddenStates: encoded.hiddenStates,
    alternatives: rows.map(({ best }) =>
      best.map(({ token, logProbability }): Alternative => ({ id: token, label: tokens.labelOf(token), logProbability })),
    ),
    language: headAnswers(config.classifiers.languages, encoded.languageScores),
    classes: headAnswers(config.classifiers.classes, encoded.classScores),
    logProbabilities: Float32Array.from(rows, ({ logProbability }) => logProbability),
    overruled: [...imposed].filter((position) => !isFirstChoice(position)),
    mismatches: [...targetIds.keys()].filter((position) => !isFirstChoice(position) && !imposed.has(position)),
    defaultCrossAttention: config.defaultCrossAttention,
  };
}

interface RowScores {
  /** The most probable tokens, best first. */
  readonly best: readonly NextToken[];
  /** Of the target's token, in nats. */
  readonly logProbability: number;
}

/** @param logits `[target, vocabulary]`, row-major */
export function rowScores(logits: Float32Array, targetIds: readonly number[]): RowScores[] {
  const width = logits.length / targetIds.length;
  return targetIds.map((id, position) => {
    const row = logits.subarray(position * width, (position + 1) * width);
    const best = likeliest(row, ALTERNATIVES, undefined);
    const [first] = best;
    return { best, logProbability: first!.logProbability + row[id]! - row[first!.token]! };
  });
}

/** The softmax of each row of scores. */
function headAnswers(names: readonly string[], scores: Float32Array): HeadAnswers {
  const probabilities = new Float32Array(scores.length);
  for (let start = 0; start < scores.length; start += names.length) {
    const row = scores.subarray(start, start + names.length);
    const largest = Math.max(...row);
    const sum = row.reduce((total, score) => total + Math.exp(score - largest), 0);
    row.forEach((score, index) => (probabilities[start + index] = Math.exp(score - largest) / sum));
  }
  return { names, probabilities };
}

function taskLabel(task: Task): string {
  return task.kind === 'translate' ? `<2${task.to}>` : `<${task.kind}>`;
}
