/** Text in, text and attention out: protected spans, tokens, generation and the inspect pass put together. No DOM, no files. */
import { distinctTexts } from '../../src/shared/distinctTexts.ts';
import { SaccadeError } from '../../src/shared/failure.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import { NO_INTERVENTION, type Intervention } from '../../src/shared/intervention.ts';
import type { ModelReference } from '../../src/shared/modelReference.ts';
import {
  lostSpans,
  protect,
  protectAs,
  restore,
  uncutTerms,
  type ProtectedText,
  type SourceProtectedText,
} from '../../src/shared/protectedSpans.ts';
import type { Answer, Question, WhatIf } from '../../src/shared/question.ts';
import type { SegmentResult } from '../../src/shared/segmentResult.ts';
import { mayLeaveOut, type Language, type Task } from '../../src/shared/task.ts';
import { TermIndex, type PlacedTerm } from '../../src/shared/terms.ts';
import { batchProgress } from './batchProgress.ts';
import { countPlaces, termsToProtect, unwrittenResult, type BatchText } from './batchText.ts';
import { EncoderCache } from './encoderCache.ts';
import { examine, scoresOf, type ExamineOptions } from './examine.ts';
import { intervene } from './intervene.ts';
import type { SentinelTokens } from './keepSpans.ts';
import { LanguageDetection } from './languageDetection.ts';
import { batchesOfLikeLength } from './likeLength.ts';
import { measureSpeed, timedText } from './measureSpeed.ts';
import { beginningOf, targetLimit } from './modelConfig.ts';
import type { EncodedSources, Seq2SeqModel } from './seq2seqModel.ts';
import { sourceTokens, type SourceTokens } from './sourceTokens.ts';
import type { RunOptions, RunProgress, TaskRun } from './taskRun.ts';
import type { TextTokenizer } from './tokenizer.ts';
import { writeTargets } from './writeTargets.ts';

/** Texts looked at together to find some of like length. */
const WINDOW_TEXTS = 128;
/** About 250 sentences of the bundled model: more than a selection that is read on a screen. */
const ENCODER_CACHE_BYTES = 64 * 2 ** 20;

export class Engine {
  private readonly sentinelTokens: SentinelTokens;
  private readonly encoderCache: EncoderCache;
  private readonly languages: LanguageDetection;

  constructor(
    private readonly model: Seq2SeqModel,
    private readonly tokenizer: TextTokenizer,
    /** What other ways of running the model must say; undefined where its files have that. */
    readonly reference?: ModelReference,
  ) {
    this.sentinelTokens = tokenizer.sentinelTokens(model.config.protection);
    this.encoderCache = new EncoderCache(model, ENCODER_CACHE_BYTES);
    this.languages = new LanguageDetection(model);
  }

  /**
   * Runs the task on each text, once where texts are equal. Texts are decoded in batches of like length, a window of them after the other, so
   * that memory does not grow with their number. A translation without the wanted translation of a term is made once more, with that term as a
   * protected span: the model writes better what it reads as words, and mostly chooses the wanted ones by itself.
   * @throws SaccadeError of kind "badInput" where the model does not know the task; the signal's reason once aborted
   */
  async run(task: Task, sourceTexts: readonly string[], options: RunOptions = {}): Promise<TaskRun> {
    beginningOf(this.model.config, task);
    const results: SegmentResult[] = new Array<SegmentResult>(sourceTexts.length);
    const seconds = { encodeSeconds: 0, decodeSeconds: 0 };
    const { texts, places } = distinctTexts(sourceTexts);
    const index = new TermIndex(task.kind === 'translate' ? (options.terms ?? []) : []);
    const remembered = new Map(options.remembered?.map(({ source, target }) => [source, target]));
    let finished = 0;
    for (let start = 0; start < texts.length; start += WINDOW_TEXTS) {
      const window = texts.slice(start, start + WINDOW_TEXTS).map((text, at) => {
        const wanted = uncutTerms(text, this.model.config.protection, index.find(text));
        return this.batchText(task, text, { places: places[start + at]!, wanted, protectedTerms: [] }, options.from);
      });
      const begun = performance.now();
      const left =
        options.leaveTarget === true && task.kind === 'translate' && this.languages.canTell
          ? await this.languages.thoseIn(task.to, window)
          : new Set<BatchText>();
      seconds.encodeSeconds += (performance.now() - begun) / 1000;
      const known = window.filter((text) => left.has(text) || remembered.has(text.protectedText.written));
      for (const text of known) {
        const { written } = text.protectedText;
        const result = unwrittenResult(text, (left.has(text) ? undefined : remembered.get(written)) ?? written);
        for (const place of text.places) results[place] = result;
      }
      finished += countPlaces(known);
      for (let open = window.filter((text) => !known.includes(text)); open.length > 0;) {
        const again: BatchText[] = [];
        for (const batch of batchesOfLikeLength(open, ({ sourceIds }) => sourceIds.length, this.model.batches)) {
          const done = await this.runBatch(task, batch, finished, options);
          seconds.encodeSeconds += done.encodeSeconds;
          seconds.decodeSeconds += done.decodeSeconds;
          for (const [at, text] of batch.entries()) {
            const protectedTerms = termsToProtect(text, done.results[at]!.targetText);
            if (protectedTerms.length > text.protectedTerms.length) {
              again.push(this.batchText(task, text.protectedText.written, { ...text, protectedTerms }, options.from));
              continue;
            }
            for (const place of text.places) results[place] = done.results[at]!;
            finished += text.places.length;
          }
        }
        open = again;
      }
    }
    return { results, ...seconds };
  }

  /** The language of each text, as a code, or "other". */
  async detectLanguages(texts: readonly string[]): Promise<string[]> {
    if (!this.languages.canTell) {
      throw new SaccadeError('badInput', 'The model does not tell languages apart. Leave --model out to ask the bundled one.');
    }
    return this.languages.of(texts.map((text) => this.sourceTokens({ kind: 'summarise' }, text)));
  }

  private batchText(task: Task, text: string, of: Omit<BatchText, keyof SourceTokens>, from: Language | undefined): BatchText {
    const { places, wanted, protectedTerms } = of;
    return { places, wanted, protectedTerms, ...this.sourceTokens(task, text, from, protectedTerms) };
  }

  private sourceTokens(task: Task, text: string, from?: Language, terms: readonly PlacedTerm[] = []): SourceTokens {
    return sourceTokens(text, task, this.model.config, this.tokenizer, this.sentinelTokens, from, terms);
  }

  private async runBatch(task: Task, batch: readonly BatchText[], finished: number, options: RunOptions): Promise<TaskRun> {
    const { config } = this.model;
    const { startToken, forcedTokens } = beginningOf(config, task);
    options.signal?.throwIfAborted();
    const begun = performance.now();
    const sources = batch.map(({ sourceIds }) => sourceIds);
    const textOf = (targetIds: readonly number[], index: number): string => this.restored(targetIds, batch[index]!.protectedText).written;
    const progress = (targets: readonly (readonly number[])[]): RunProgress =>
      batchProgress(batch, finished, targets, config.endToken, textOf);
    const onPart = async (): Promise<void> => {
      await options.onProgress?.(progress(batch.map(() => [])));
      options.signal?.throwIfAborted();
    };
    const write = async (encoded: EncodedSources): Promise<TaskRun> => {
      const encodedAt = performance.now();
      const requests = batch.map(({ sourceIds, protectedText, protectedTerms }, source) => ({
        source,
        sourceIds,
        startToken,
        maxTokens: options.maxTargetTokens ?? targetLimit(config, sourceIds.length),
        mayLeaveOut: mayLeaveOut(task),
        prefix: [...forcedTokens, ...(options.prefix === undefined ? [] : this.prefixIds(options.prefix, protectedText, protectedTerms))],
      }));
      const kept = await writeTargets(this.model, encoded, requests, this.sentinelTokens, options.beams ?? 1, {
        signal: options.signal,
        onStep: (targets) => options.onProgress?.(progress(targets)),
      });
      const scores = options.scores ? await this.scores(task, batch, kept) : [];
      const results = batch.map(({ protectedText, protectedTerms, sourceIds, truncated }, index): SegmentResult => {
        const { targetIds, overruled, nBest = [] } = kept[index]!;
        const target = this.restored(targetIds, protectedText);
        return {
          sourceText: protectedText.written,
          targetText: target.written,
          sourceIds,
          protectedTerms,
          targetIds,
          overruled,
          truncated: truncated || targetIds.at(-1) !== config.endToken || targetIds.length === config.endedAt,
          lostSpans: lostSpans(protectedText, target),
          logProbabilities: scores[index],
          nBest: nBest.map((each) => ({
            text: this.restored(each.targetIds, protectedText).written,
            targetIds: each.targetIds,
            score: each.score,
          })),
        };
      });
      return { results, encodeSeconds: (encodedAt - begun) / 1000, decodeSeconds: (performance.now() - encodedAt) / 1000 };
    };
    return this.encoderCache.lend(sources, write, onPart);
  }

  /** One teacher-forced pass over a segment and the target that was produced for it. */
  async inspect(task: Task, segment: SegmentResult): Promise<Inspection> {
    return (await this.examine(task, segment, { kind: 'maps' })).inspection;
  }

  /** What the model writes for the segment's source under an intervention, and what it then thinks of the segment's own target. */
  async whatIf(task: Task, segment: SegmentResult, intervention: Intervention, options?: ExamineOptions): Promise<WhatIf> {
    return (await this.examine(task, segment, { kind: 'whatIf', intervention }, options)).whatIf;
  }

  /** @throws SaccadeError of kind "badInput" where the segment or the model lacks what is asked about; the signal's reason once aborted */
  async examine<Asked extends Question>(
    task: Task,
    segment: SegmentResult,
    question: Asked,
    options?: ExamineOptions,
  ): Promise<Extract<Answer, { readonly kind: Asked['kind'] }>> {
    const { model, tokenizer, sentinelTokens } = this;
    const examined = { config: model.config, tokenizer, sentinelTokens, inspector: await model.inspector() };
    return examine(examined, task, segment, question, options);
  }

  /** Gives up the encoder outputs that are kept for a text that comes again. */
  forgetEncoded(): Promise<void> {
    return this.encoderCache.clear();
  }

  /** Seconds a token, of each repeat. */
  measureSpeed(): Promise<number[]> {
    return measureSpeed(this.model, timedText(this.model.config, this.tokenizer));
  }

  async release(): Promise<void> {
    await this.forgetEncoded();
    await this.model.release();
  }

  /** The tokens of a beginning of a target, for what is forced on a model; white space at its end belongs to the token behind it. */
  forcedPrefix(prefix: string, sourceText: string): readonly number[] {
    return this.prefixIds(prefix, protect(sourceText, this.model.config.protection), []);
  }

  private prefixIds(prefix: string, source: SourceProtectedText, protectedTerms: readonly PlacedTerm[]): readonly number[] {
    const { protection } = this.model.config;
    const written = prefix.trimEnd();
    const translations = new TermIndex(protectedTerms.map(({ target }) => ({ source: target, target })));
    const terms = uncutTerms(written, protection, translations.find(written));
    return this.tokenizer.tokenize(protectAs(written, source, protection, terms)).ids.slice(0, -1);
  }

  private async scores(task: Task, batch: readonly BatchText[], written: readonly Pick<SegmentResult, 'targetIds'>[]): Promise<number[][]> {
    const inspected = { config: this.model.config, tokenizer: this.tokenizer, inspector: await this.model.inspector() };
    const scores: number[][] = [];
    for (const [index, { sourceIds }] of batch.entries()) {
      const { memory } = await intervene(inspected.inspector, inspected.config, sourceIds, NO_INTERVENTION);
      scores.push([...(await scoresOf(inspected, task, memory, written[index]!.targetIds))]);
    }
    return scores;
  }

  private restored(ids: readonly number[], source: SourceProtectedText): ProtectedText {
    return restore(this.tokenizer.detokenize(ids).text, source, this.model.config.protection);
  }
}
