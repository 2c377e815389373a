/** Answers questions about a finished segment with the opened model: maps, what-if runs, bottleneck, reconstruction. Knows no messages. */
import { SaccadeError } from '../../src/shared/failure.ts';
import { NO_INTERVENTION, type Intervention } from '../../src/shared/intervention.ts';
import { mostAttended } from '../../src/shared/mostAttended.ts';
import { protect, restore } from '../../src/shared/protectedSpans.ts';
import type { Answer, Bottleneck, BottleneckPoint, Question, Reconstruction, WhatIf } from '../../src/shared/question.ts';
import type { SegmentResult } from '../../src/shared/segmentResult.ts';
import { mayLeaveOut, type Task } from '../../src/shared/task.ts';
import { t } from '../../src/shared/words.ts';
import { AxisTokens } from './axisTokens.ts';
import type { GenerateOptions } from './generate.ts';
import { inspectSegment, rowScores, type InspectedModel } from './inspectSegment.ts';
import { intervene, type Intervened } from './intervene.ts';
import { generateKeepingSpans, type SentinelTokens } from './keepSpans.ts';
import { beginningOf, targetLimit, type ModelConfig } from './modelConfig.ts';
import type { DecoderMemory } from './seq2seqModel.ts';

export interface ExaminedModel extends InspectedModel {
  readonly sentinelTokens: SentinelTokens;
}

export interface ExamineOptions extends GenerateOptions {
  /** Of a new target; by default as in a run, behind what is forced. */
  readonly maxTargetTokens?: number | undefined;
}

export async function examine<Asked extends Question>(
  model: ExaminedModel,
  task: Task,
  segment: SegmentResult,
  question: Asked,
  options: ExamineOptions = {},
): Promise<Extract<Answer, { readonly kind: Asked['kind'] }>> {
  return (await answer(model, task, segment, question, options)) as Extract<Answer, { readonly kind: Asked['kind'] }>;
}

async function answer(
  model: ExaminedModel,
  task: Task,
  segment: SegmentResult,
  question: Question,
  options: ExamineOptions,
): Promise<Answer> {
  const { inspector, config } = model;
  const under = (intervention: Intervention): Promise<Intervened> => intervene(inspector, config, segment.sourceIds, intervention);
  switch (question.kind) {
    case 'maps':
      return { kind: 'maps', inspection: await inspectSegment(model, task, segment, await under(NO_INTERVENTION)) };
    case 'whatIf': {
      const { intervention } = question;
      return { kind: 'whatIf', whatIf: await whatIf(model, task, segment, intervention, await under(intervention), options) };
    }
    case 'bottleneck':
      return { kind: 'bottleneck', bottleneck: await bottleneck(model, task, segment, question.counts, options) };
    case 'reconstruction':
      return { kind: 'reconstruction', reconstruction: await reconstruction(model, segment, await under(NO_INTERVENTION)) };
  }
}

async function whatIf(
  model: ExaminedModel,
  task: Task,
  segment: SegmentResult,
  intervention: Intervention,
  intervened: Intervened,
  { signal, onStep, maxTargetTokens }: ExamineOptions,
): Promise<WhatIf> {
  const { config, inspector, tokenizer, sentinelTokens } = model;
  const { sourceIds } = segment;
  const { forcedPrefix } = intervention;
  checkPrefix(forcedPrefix, config);
  const limit = maxTargetTokens ?? Math.min(config.maxTargetTokens, forcedPrefix.length + targetLimit(config, sourceIds.length));
  const { startToken, forcedTokens } = beginningOf(config, task);
  const prefix = [...forcedTokens, ...forcedPrefix];
  const request = { source: 0, startToken, maxTokens: limit, sourceIds, mayLeaveOut: mayLeaveOut(task) };
  const [written] = await generateKeepingSpans(
    { config, decode: (_, __, { watched = [] } = {}) => Promise.resolve(inspector.begin(intervened.memory, watched)) },
    { count: 1, dispose: () => undefined },
    [{ ...request, prefix }],
    sentinelTokens,
    { signal, onStep },
  );
  const { targetIds, overruled } = written!;
  const source = protect(segment.sourceText, config.protection, segment.protectedTerms);
  const targetText = restore(tokenizer.detokenize(targetIds).text, source, config.protection).written;
  // What was forced may be what the model would have chosen; the pass tells.
  const asked = { ...segment, targetIds, targetText, overruled: [...prefix.keys(), ...overruled] };
  const inspection = await inspectSegment(model, task, asked, intervened);
  return { intervention, inspection, originalLogProbabilities: await scoresOf(model, task, intervened.memory, segment.targetIds) };
}

async function bottleneck(
  model: ExaminedModel,
  task: Task,
  segment: SegmentResult,
  counts: readonly number[],
  { signal, onStep }: ExamineOptions,
): Promise<Bottleneck> {
  const { inspector, config } = model;
  const { sourceIds, targetIds } = segment;
  const { memory } = await intervene(inspector, config, sourceIds, NO_INTERVENTION);
  const { crossAttentions } = await inspector.decode(memory, [beginningOf(config, task).startToken, ...targetIds.slice(0, -1)]);
  const order = mostAttended(crossAttentions);
  const under = async (encoder: Intervention['encoder']): Promise<Float32Array> => {
    const intervened = await intervene(inspector, config, sourceIds, { ...NO_INTERVENTION, encoder });
    return scoresOf(model, task, intervened.memory, targetIds);
  };
  const points: BottleneckPoint[] = [];
  for (const count of counts) {
    signal?.throwIfAborted();
    points.push({
      count,
      states: count === 0 ? undefined : await under({ kind: 'states', positions: order.slice(0, count) }),
      components: await under({ kind: 'components', count }),
    });
    await onStep?.([]);
  }
  return { mostAttended: order, points };
}

async function reconstruction(model: ExaminedModel, segment: SegmentResult, { memory }: Intervened): Promise<Reconstruction> {
  const { config, tokenizer } = model;
  const tokens = new AxisTokens(
    tokenizer,
    protect(segment.sourceText, config.protection, segment.protectedTerms),
    config.protection,
    beginningOf(config, { kind: 'reconstruct' }),
  );
  return {
    source: tokens.source(segment.sourceIds),
    logProbabilities: await scoresOf(model, { kind: 'reconstruct' }, memory, segment.sourceIds),
  };
}

/** Log-probability of each target token, teacher-forced. `[target]` */
export async function scoresOf(
  { config, inspector }: InspectedModel,
  task: Task,
  memory: DecoderMemory,
  targetIds: readonly number[],
): Promise<Float32Array> {
  const { logits } = await inspector.decode(memory, [beginningOf(config, task).startToken, ...targetIds.slice(0, -1)]);
  return Float32Array.from(rowScores(logits, targetIds), ({ logProbability }) => logProbability);
}

function checkPrefix(ids: readonly number[], { vocabularySize, endToken, maxTargetTokens }: ModelConfig): void {
  if (ids.length >= maxTargetTokens) {
    throw new SaccadeError('badInput', t('A target can begin with at most {0} tokens, not {1}.', maxTargetTokens - 1, ids.length));
  }
  const wrong = ids.find((id, position) => !isToken(id, vocabularySize) || (id === endToken && position < ids.length - 1));
  if (wrong !== undefined) throw new SaccadeError('badInput', t('A target cannot begin with the token {0}.', wrong));
}

function isToken(id: number, vocabularySize: number): boolean {
  return Number.isInteger(id) && id >= 0 && id < vocabularySize;
}
