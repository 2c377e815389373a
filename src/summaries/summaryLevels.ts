/** Sums texts up: long ones in parts, whose summaries are summed up again until each text has one. Knows neither the engine nor a document. */
import type { RunOutcome } from '../panel/engineRuns.ts';
import { joinResults, type SegmentText } from '../shared/segmentResult.ts';
import { oneSegment, segmentTexts, type Segmentation } from '../shared/segments.ts';
import type { Task } from '../shared/task.ts';
import { partsOf } from './parts.ts';

export type SummaryTask = Extract<Task, { readonly kind: 'summarise' | 'headline' }>;

/** One run: a summary of each part of each text. Of the last level each text has one part. */
export interface SummaryLevel {
  readonly runId: number;
  readonly task: SummaryTask;
  readonly sources: readonly Segmentation[];
  /** The summaries of each text's parts, with the spans of each. */
  readonly targets: readonly Segmentation[];
  readonly results: readonly SegmentText[];
}

export type SummaryOutcome =
  | { readonly kind: 'finished'; readonly levels: readonly [SummaryLevel, ...SummaryLevel[]] }
  | Exclude<RunOutcome, { readonly kind: 'finished' }>;

/** What does not become this much shorter from one level to the next is not parted again. */
const LEAST_SHRINKING = 0.9;

/** @param texts in their parts, as `partsOf` makes them. @param task of the last level; the others are summaries. */
export async function summaryLevels(
  texts: readonly Segmentation[],
  task: SummaryTask,
  run: (task: SummaryTask, segments: readonly string[]) => Promise<RunOutcome>,
): Promise<SummaryOutcome> {
  const levels: SummaryLevel[] = [];
  let sources = texts;
  for (;;) {
    const isLast = sources.every(({ segments }) => segments.length <= 1);
    const levelTask: SummaryTask = isLast ? task : { kind: 'summarise' };
    const outcome = await run(levelTask, sources.flatMap(segmentTexts));
    if (outcome.kind !== 'finished') return outcome;
    const targets = joinResults(levelTask, sources, outcome.results);
    const level = { runId: outcome.runId, task: levelTask, sources, targets, results: outcome.results };
    const [first = level, ...between] = levels;
    if (isLast) return { kind: 'finished', levels: first === level ? [level] : [first, ...between, level] };
    levels.push(level);
    sources = sources.map((source, index) => nextSource(source, targets[index]!.text));
  }
}

/** A text that has its summary is read once more as it was, so that the last level has every text's. */
function nextSource(source: Segmentation, summaries: string): Segmentation {
  if (source.segments.length <= 1) return source;
  return summaries.length < LEAST_SHRINKING * source.text.length ? partsOf(summaries) : oneSegment(summaries);
}
