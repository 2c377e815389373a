/** One run while workers write it: from its slices' answers to its progress, its results and its one end. Knows no worker. */
import type { RunMeasures } from '../../src/shared/engineStatus.ts';
import type { Failure } from '../../src/shared/failure.ts';
import type { RunRequest } from '../../src/shared/messages.ts';
import type { SegmentResult } from '../../src/shared/segmentResult.ts';
import { RunSchedule, type PlacedResults, type Progress, type Slice, type SliceOptions } from './runSchedule.ts';

export type RunEnd =
  | { readonly kind: 'finished'; readonly measures: RunMeasures }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface RunEvents {
  readonly progress: (progress: Progress) => void;
  readonly results: (placed: PlacedResults) => void;
  /** Called once, last. */
  readonly end: (end: RunEnd) => void;
}

export class PoolRun {
  private readonly schedule: RunSchedule;
  private state: 'running' | 'cancelling' | 'ended' = 'running';
  private measures: RunMeasures = { sourceTokens: 0, targetTokens: 0, encodeSeconds: 0, decodeSeconds: 0 };

  constructor(
    readonly request: RunRequest,
    private readonly events: RunEvents,
  ) {
    this.schedule = new RunSchedule(request.segments);
  }

  get ended(): boolean {
    return this.state === 'ended';
  }

  /** Of texts whose results are not there yet. */
  get charactersLeft(): number {
    return this.schedule.charactersLeft;
  }

  /** The next texts, see `RunSchedule.next`; undefined where there is nothing more to give. */
  next(workers: number, options?: SliceOptions): Slice | undefined {
    const slice = this.state === 'running' ? this.schedule.next(workers, options) : undefined;
    if (!slice) this.endWhenDone();
    return slice;
  }

  progressed(slice: Slice, progress: Progress): void {
    this.schedule.progressed(slice, progress);
  }

  tellProgress(): void {
    if (this.state === 'running') this.events.progress(this.schedule.progress);
  }

  completed(slice: Slice, results: readonly SegmentResult[], measures: RunMeasures): void {
    const placed = this.schedule.completed(slice, results);
    if (this.state === 'running') {
      this.measures = sum(this.measures, measures);
      this.events.results(placed);
    }
    this.endWhenDone();
  }

  /** A worker has let go of a slice without results, because it was told to. */
  dropped(slice: Slice): void {
    this.schedule.dropped(slice);
    this.endWhenDone();
  }

  /** A worker could not write a slice, which another may. */
  giveBack(slice: Slice): void {
    this.schedule.giveBack(slice);
    this.endWhenDone();
  }

  fail(failure: Failure): void {
    this.end({ kind: 'failed', failure });
  }

  /** Ends once no worker has a slice any more. */
  cancel(): void {
    if (this.state !== 'running') return;
    this.state = 'cancelling';
    this.endWhenDone();
  }

  private endWhenDone(): void {
    if (this.schedule.isAnyOpen) return;
    if (this.state === 'cancelling') this.end({ kind: 'cancelled' });
    else if (this.schedule.isComplete) this.end({ kind: 'finished', measures: this.measures });
  }

  private end(end: RunEnd): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.events.end(end);
  }
}

function sum(one: RunMeasures, other: RunMeasures): RunMeasures {
  return {
    sourceTokens: one.sourceTokens + other.sourceTokens,
    targetTokens: one.targetTokens + other.targetTokens,
    encodeSeconds: one.encodeSeconds + other.encodeSeconds,
    decodeSeconds: one.decodeSeconds + other.decodeSeconds,
  };
}
