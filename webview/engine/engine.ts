/** Text in, text and attention out: protected spans, tokens, generation and the inspect pass put together. No DOM, no files. */
import { distinctTexts } from '../../src/shared/distinctTexts.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import { NO_INTERVENTION } from '../../src/shared/intervention.ts';
import { lostSpans, restore, type ProtectedText } from '../../src/shared/protectedSpans.ts';
import type { SegmentResult } from '../../src/shared/segmentResult.ts';
import type { Task } from '../../src/shared/task.ts';
import { EncoderCache } from './encoderCache.ts';
import { inspectSegment } from './inspectSegment.ts';
import { intervene } from './intervene.ts';
import type { SentinelTokens } from './keepSpans.ts';
import { measureSpeed } from './measureSpeed.ts';
import { taskToken } from './modelConfig.ts';
import type { Seq2SeqModel } from './seq2seqModel.ts';
import { sourceTokens, type SourceTokens } from './sourceTokens.ts';
import type { Tokenizer } from './tokenizer.ts';
import { writeTargets } from './writeTargets.ts';

export interface TaskRun {
  /** One for each source text, in their order. */
  readonly results: readonly SegmentResult[];
  readonly encodeSeconds: number;
  readonly decodeSeconds: number;
}

export interface RunOptions {
  /** Upper limit of target tokens; by default what the model was made for and the source's length make sensible. */
  readonly maxTargetTokens?: number;
  /** Beams of the search; 1, the default, is greedy decoding. */
  readonly beams?: number;
  readonly signal?: AbortSignal;
  /** Called after each token; the target text so far is made only where it is asked for. */
  readonly onProgress?: (progress: RunProgress) => void | Promise<void>;
}

export interface RunProgress {
  /** How many texts are finished. */
  readonly finished: number;
  /** The first text in the making: its index among the source texts, its target so far. */
  readonly current: () => { readonly segment: number; readonly text: string };
}

/** Texts of a batch. More fill the processor no better, and every text waits for its whole batch. */
const BATCH_TEXTS = 32;
/** Texts looked at together to find some of like length. */
const WINDOW_TEXTS = 4 * BATCH_TEXTS;
/** About 250 sentences of the bundled model: more than a selection that is read on a screen. */
const ENCODER_CACHE_BYTES = 32 * 2 ** 20;

interface BatchText extends SourceTokens {
  /** Indices among the source texts: of equal ones, all. */
  readonly places: readonly number[];
}

export class Engine {
  private readonly sentinelTokens: SentinelTokens;
  private readonly encoderCache: EncoderCache;

  constructor(
    private readonly model: Seq2SeqModel,
    private readonly tokenizer: Tokenizer,
  ) {
    this.sentinelTokens = tokenizer.sentinelTokens(model.config.protection);
    this.encoderCache = new EncoderCache(model, ENCODER_CACHE_BYTES);
  }

  /**
   * Runs the task on each text, once where texts are equal. Texts are decoded in batches of like length, a window of them after the other, so
   * that memory does not grow with their number.
   * @throws SaccadeError of kind "badInput" where the model does not know the task; the signal's reason once aborted
   */
  async run(task: Task, sourceTexts: readonly string[], options: RunOptions = {}): Promise<TaskRun> {
    taskToken(this.model.config, task);
    const results: SegmentResult[] = new Array<SegmentResult>(sourceTexts.length);
    const seconds = { encodeSeconds: 0, decodeSeconds: 0 };
    const { texts, places } = distinctTexts(sourceTexts);
    let finished = 0;
    for (let start = 0; start < texts.length; start += WINDOW_TEXTS) {
      const window = texts.slice(start, start + WINDOW_TEXTS).map((text, index) => this.batchText(task.kind, places[start + index]!, text));
      window.sort((one, other) => one.sourceIds.length - other.sourceIds.length);
      for (let first = 0; first < window.length; first += BATCH_TEXTS) {
        const batch = window.slice(first, first + BATCH_TEXTS);
        const done = await this.runBatch(task, batch, finished, options);
        seconds.encodeSeconds += done.encodeSeconds;
        seconds.decodeSeconds += done.decodeSeconds;
        for (const [index, text] of batch.entries()) for (const place of text.places) results[place] = done.results[index]!;
        finished += countPlaces(batch);
      }
    }
    return { results, ...seconds };
  }

  /** The language of each text, as a code, or "other". */
  async detectLanguages(texts: readonly string[]): Promise<string[]> {
    const { languages } = this.model.config.classifiers;
    const detected: string[] = [];
    for (let start = 0; start < texts.length; start += BATCH_TEXTS) {
      const batch = texts.slice(start, start + BATCH_TEXTS).map((text, index) => this.batchText('translate', [start + index], text));
      const { languageScores } = await this.model.classify(batch.map(({ sourceIds }) => sourceIds));
      for (const row of batch.keys()) {
        detected.push(languages[argmax(languageScores.subarray(row * languages.length, (row + 1) * languages.length))]!);
      }
    }
    return detected;
  }

  private batchText(kind: Task['kind'], places: readonly number[], text: string): BatchText {
    return { places, ...sourceTokens(text, kind, this.model.config, this.tokenizer, this.sentinelTokens) };
  }

  private progress(batch: readonly BatchText[], finished: number, targets: readonly (readonly number[])[]): RunProgress {
    const isOpen = (index: number): boolean => targets[index]!.at(-1) !== this.model.config.endToken;
    const open = [...batch.keys()].filter(isOpen);
    const current = (): { segment: number; text: string } => {
      const first = open.reduce((one, other) => (batch[other]!.places[0]! < batch[one]!.places[0]! ? other : one), open[0] ?? 0);
      return { segment: batch[first]!.places[0]!, text: this.restored(targets[first]!, batch[first]!.protectedText).written };
    };
    return { finished: finished + countPlaces(batch) - countPlaces(open.map((index) => batch[index]!)), current };
  }

  private async runBatch(task: Task, batch: readonly BatchText[], finished: number, options: RunOptions): Promise<TaskRun> {
    const { config } = this.model;
    const startToken = taskToken(config, task);
    options.signal?.throwIfAborted();
    const begun = performance.now();
    const sources = batch.map(({ sourceIds }) => sourceIds);
    return this.encoderCache.lend(sources, async (encoded) => {
      const encodedAt = performance.now();
      const requests = batch.map(({ sourceIds }, source) => ({
        source,
        sourceIds,
        startToken,
        maxTokens: options.maxTargetTokens ?? Math.min(config.maxTargetTokens, 16 + 2 * sourceIds.length),
        mayLeaveOut: task.kind === 'summarise' || task.kind === 'headline',
      }));
      const kept = await writeTargets(this.model, encoded, requests, this.sentinelTokens, options.beams ?? 1, {
        signal: options.signal,
        onStep: (targets) => options.onProgress?.(this.progress(batch, finished, targets)),
      });
      const results = batch.map(({ protectedText, sourceIds, truncated }, index): SegmentResult => {
        const { targetIds, overruled, nBest = [] } = kept[index]!;
        const target = this.restored(targetIds, protectedText);
        return {
          sourceText: protectedText.written,
          targetText: target.written,
          sourceIds,
          targetIds,
          overruled,
          truncated: truncated || targetIds.at(-1) !== config.endToken,
          lostSpans: lostSpans(protectedText, target),
          nBest: nBest.map((each) => ({
            text: this.restored(each.targetIds, protectedText).written,
            targetIds: each.targetIds,
            score: each.score,
          })),
        };
      });
      return { results, encodeSeconds: (encodedAt - begun) / 1000, decodeSeconds: (performance.now() - encodedAt) / 1000 };
    });
  }

  /** One teacher-forced pass over a segment and the target that was produced for it. */
  async inspect(task: Task, segment: SegmentResult): Promise<Inspection> {
    const { config } = this.model;
    const inspector = await this.model.inspector();
    const intervened = await intervene(inspector, config, segment.sourceIds, NO_INTERVENTION);
    return inspectSegment({ config, tokenizer: this.tokenizer, inspector }, task, segment, intervened);
  }

  /** Gives up the encoder outputs that are kept for a text that comes again. */
  forgetEncoded(): Promise<void> {
    return this.encoderCache.clear();
  }

  /** Seconds a token, of each repeat. */
  measureSpeed(): Promise<number[]> {
    return measureSpeed(this.model);
  }

  async release(): Promise<void> {
    await this.forgetEncoded();
    await this.model.release();
  }

  private restored(ids: readonly number[], protectedText: ProtectedText): ProtectedText {
    return restore(this.tokenizer.detokenize(ids).text, protectedText.spans, this.model.config.protection);
  }
}

function countPlaces(texts: readonly BatchText[]): number {
  return texts.reduce((sum, { places }) => sum + places.length, 0);
}

function argmax(row: Float32Array): number {
  let best = 0;
  for (let i = 1; i < row.length; i++) if (row[i]! > row[best]!) best = i;
  return best;
}
