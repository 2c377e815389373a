/** Text in, text and attention out: protected spans, tokens, generation and the inspect pass put together. No DOM, no files. */
import { SaccadeError } from '../../src/shared/failure.ts';
import type { AxisToken, Inspection } from '../../src/shared/inspection.ts';
import { lostSpans, protect, restore, writtenSpan, type ProtectedText } from '../../src/shared/protectedSpans.ts';
import type { SegmentResult } from '../../src/shared/segmentResult.ts';
import type { Span } from '../../src/shared/span.ts';
import type { Task } from '../../src/shared/task.ts';
import { generateKeepingSpans, type SentinelTokens } from './keepSpans.ts';
import { taskToken } from './modelConfig.ts';
import type { Seq2SeqModel } from './seq2seqModel.ts';
import type { Tokenizer } from './tokenizer.ts';

export interface SegmentRun {
  readonly result: SegmentResult;
  readonly encodeSeconds: number;
  readonly decodeSeconds: number;
}

export interface RunOptions {
  /** Upper limit of target tokens; by default what the model was made for and the source's length make sensible. */
  readonly maxTargetTokens?: number;
  readonly signal?: AbortSignal;
  /** Called after each token; the target text so far is made only where it is asked for. */
  readonly onToken?: (targetTextSoFar: () => string) => void | Promise<void>;
}

export class Engine {
  private readonly sentinelTokens: SentinelTokens;

  constructor(
    private readonly model: Seq2SeqModel,
    private readonly tokenizer: Tokenizer,
  ) {
    this.sentinelTokens = tokenizer.sentinelTokens(model.config.protection);
  }

  /**
   * Runs the task on one segment.
   * @throws SaccadeError of kind "badInput" where the model does not know the task; the signal's reason once aborted
   */
  async run(task: Task, sourceText: string, options: RunOptions = {}): Promise<SegmentRun> {
    const { config } = this.model;
    const startToken = taskToken(config, task);
    const protectedText = protect(sourceText, config.protection);
    const all = this.tokenizer.tokenize(protectedText.text).ids;
    const sourceIds = all.length <= config.maxSourceTokens ? all : [...all.slice(0, config.maxSourceTokens - 1), config.endToken];
    const sensible = Math.min(config.maxTargetTokens, 16 + 2 * sourceIds.length);

    const begun = performance.now();
    const encoded = await this.model.encode(sourceIds);
    const encodedAt = performance.now();
    try {
      const { targetIds, forced } = await generateKeepingSpans(this.model, encoded, sourceIds, this.sentinelTokens, {
        startToken,
        mayLeaveOut: task.kind === 'summarise' || task.kind === 'headline',
        maxTokens: options.maxTargetTokens ?? sensible,
        signal: options.signal,
        onToken: (ids) => options.onToken?.(() => this.restored(ids, protectedText).written),
      });
      const target = this.restored(targetIds, protectedText);
      return {
        result: {
          sourceText,
          targetText: target.written,
          sourceIds,
          targetIds,
          forced,
          truncated: sourceIds.length < all.length || targetIds.at(-1) !== config.endToken,
          lostSpans: lostSpans(protectedText, target),
        },
        encodeSeconds: (encodedAt - begun) / 1000,
        decodeSeconds: (performance.now() - encodedAt) / 1000,
      };
    } finally {
      encoded.dispose();
    }
  }

  /** One teacher-forced pass over a segment and the target that was produced for it. */
  async inspect(task: Task, segment: SegmentResult): Promise<Inspection> {
    const { config } = this.model;
    if (segment.targetIds.length === 0) throw new SaccadeError('badInput', 'There is no target text to inspect.');
    const protectedText = protect(segment.sourceText, config.protection);
    const decoderIds = [taskToken(config, task), ...segment.targetIds.slice(0, -1)];
    const pass = await this.model.teacherForce(segment.sourceIds, decoderIds);

    const vocabulary = pass.logits.length / decoderIds.length;
    const rows = segment.targetIds.map((_, position) => pass.logits.subarray(position * vocabulary, (position + 1) * vocabulary));
    const targetTokens = this.targetTokens(segment.targetIds, protectedText);
    return {
      task,
      sourceText: segment.sourceText,
      targetText: segment.targetText,
      source: this.sourceTokens(segment.sourceIds, protectedText),
      decoderInput: [{ id: decoderIds[0]!, label: taskLabel(task), span: { start: 0, end: 0 } }, ...targetTokens.slice(0, -1)],
      target: targetTokens,
      encoderAttentions: pass.encoderAttentions,
      decoderAttentions: pass.decoderAttentions,
      crossAttentions: pass.crossAttentions,
      logProbabilities: Float32Array.from(rows, (row, position) => logProbability(row, segment.targetIds[position]!)),
      forced: segment.forced,
      mismatches: segment.targetIds.flatMap((id, position) =>
        segment.forced.includes(position) || argmax(rows[position]!) === id ? [] : [position],
      ),
      defaultCrossAttention: config.defaultCrossAttention,
    };
  }

  release(): Promise<void> {
    return this.model.release();
  }

  private restored(ids: readonly number[], protectedText: ProtectedText): ProtectedText {
    return restore(this.tokenizer.detokenize(ids).text, protectedText.spans, this.model.config.protection);
  }

  private sourceTokens(ids: readonly number[], protectedText: ProtectedText): AxisToken[] {
    const { spans } = this.tokenizer.tokenize(protectedText.text);
    return ids.map((id, position) => this.axisToken(id, protectedText, spans[position]!));
  }

  private targetTokens(ids: readonly number[], protectedText: ProtectedText): AxisToken[] {
    const { text, spans } = this.tokenizer.detokenize(ids);
    const restored = restore(text, protectedText.spans, this.model.config.protection);
    return ids.map((id, position) => this.axisToken(id, restored, spans[position]!));
  }

  /** @param spanInText the token's characters in the text with sentinels */
  private axisToken(id: number, text: ProtectedText, spanInText: Span): AxisToken {
    const span = writtenSpan(text, spanInText);
    return { id, label: this.tokenizer.controlName(id) ?? text.written.slice(span.start, span.end), span };
  }
}

function taskLabel(task: Task): string {
  return task.kind === 'translate' ? `<2${task.to}>` : `<${task.kind}>`;
}

function argmax(row: Float32Array): number {
  let best = 0;
  for (let i = 1; i < row.length; i++) if (row[i]! > row[best]!) best = i;
  return best;
}

/** log softmax(row)[id], in nats; shifted by the maximum so that nothing overflows. */
function logProbability(row: Float32Array, id: number): number {
  const maximum = row[argmax(row)]!;
  let sum = 0;
  for (const logit of row) sum += Math.exp(logit - maximum);
  return row[id]! - maximum - Math.log(sum);
}
