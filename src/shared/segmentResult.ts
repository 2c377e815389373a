/** What a run makes of one segment, and what of it may take the segment's place. */
import { joinSegments, type Segmentation } from './segments.ts';
import type { Task } from './task.ts';
import type { PlacedTerm } from './terms.ts';

/** What the document needs to know of it. */
export interface SegmentText {
  readonly sourceText: string;
  readonly targetText: string;
  /** True where the model's length limit cut off a part of the source or of the target. */
  readonly truncated: boolean;
  /** Protected spans of the source, and wanted translations of its terms, that the target lacks. */
  readonly lostSpans: readonly string[];
}

export interface ScoredTarget {
  readonly text: string;
  readonly targetIds: readonly number[];
  /** Log-probability per token, in nats. */
  readonly score: number;
}

/** The ids are kept so that an inspect pass is of exactly this target. */
export interface SegmentResult extends SegmentText {
  readonly sourceIds: readonly number[];
  /** Terms of the source that the model read as protected spans, because it did not write their translations by itself. */
  readonly protectedTerms: readonly PlacedTerm[];
  /** With the closing `</s>`, unless the length limit cut it off. */
  readonly targetIds: readonly number[];
  /** Target positions at which the model's first choice was not taken: to keep a protected span, or because the whole became likelier. */
  readonly overruled: readonly number[];
  /** Of each target token, in nats; undefined where they were not asked for. */
  readonly logProbabilities?: readonly number[] | undefined;
  /** What beam search found, best first; the first is the target. Empty where it was decoded greedily. */
  readonly nBest: readonly ScoredTarget[];
}

/** Whether the target says less than its source must: a translation that was cut off, or that lost code or a placeholder. */
export function isIncomplete({ kind }: Task, { truncated, lostSpans }: SegmentText): boolean {
  return kind === 'translate' && (truncated || lostSpans.length > 0);
}

/** The text that takes the segment's place: the segment itself where the target would lose a part of it. */
export function usableText(task: Task, result: SegmentText): string {
  return isIncomplete(task, result) ? result.sourceText : result.targetText;
}

/** The target of each segmentation, segment by segment; `results` are those of all their segments, in order. */
export function joinResults(task: Task, segmentations: readonly Segmentation[], results: readonly SegmentText[]): Segmentation[] {
  let done = 0;
  return segmentations.map((segmentation) => {
    const own = results.slice(done, (done += segmentation.segments.length));
    return joinSegments(
      segmentation,
      own.map((result) => usableText(task, result)),
    );
  });
}
