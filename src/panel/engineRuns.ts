/** Runs on the engine as promises: each ends in exactly one outcome. Knows the channel to the page, no editor. */
import type { Send } from '../shared/channel.ts';
import type { Failure } from '../shared/failure.ts';
import type { HostToPage, PageModel, PageToHost, RunOrder } from '../shared/messages.ts';
import type { SegmentText } from '../shared/segmentResult.ts';
import { t } from '../shared/words.ts';

export type RunOutcome =
  | (PageToHost['finished'] & { readonly kind: 'finished'; readonly results: readonly SegmentText[] })
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface Run {
  readonly outcome: Promise<RunOutcome>;
  /** Takes effect within a token, on the processor within what it is computing at once; the outcome is then "cancelled" unless the run had just ended. */
  cancel(): void;
}

export type OnProgress = (progress: PageToHost['progress']) => void;

interface ActiveRun {
  readonly runId: number;
  readonly end: (outcome: RunOutcome) => void;
  readonly onProgress: OnProgress;
  /** Of each segment, as they come. */
  readonly results: SegmentText[];
}

export class EngineRuns {
  private active: ActiveRun | undefined;
  private lastRunId = 0;

  constructor(private readonly send: Send<HostToPage>) {}

  get busy(): boolean {
    return this.active !== undefined;
  }

  /** Must not be called while busy: the page shows one run. */
  start(order: RunOrder, model: PageModel, onProgress: OnProgress): Run {
    const runId = ++this.lastRunId;
    const outcome = new Promise<RunOutcome>((end) => {
      this.active = { runId, end, onProgress, results: new Array<SegmentText>(order.segments.length) };
    });
    this.send('run', { runId, ...order, model });
    return { outcome, cancel: () => this.send('cancel', { runId }) };
  }

  progressed(message: PageToHost['progress']): void {
    if (this.active?.runId === message.runId) this.active.onProgress(message);
  }

  resulted({ runId, segments, results }: PageToHost['results']): void {
    if (this.active?.runId !== runId) return;
    for (const [index, segment] of segments.entries()) this.active.results[segment] = results[index]!;
  }

  finished(message: PageToHost['finished']): void {
    const { runId } = message;
    if (this.active?.runId === runId) this.end(runId, { ...message, kind: 'finished', results: this.active.results });
  }

  cancelled({ runId }: PageToHost['cancelled']): void {
    this.end(runId, { kind: 'cancelled' });
  }

  failed({ runId, failure }: PageToHost['failed']): void {
    this.end(runId, { kind: 'failed', failure });
  }

  /** The page is gone: whatever ran will never answer. */
  pageLost(): void {
    const failure: Failure = {
      kind: 'engineLost',
      message: t('The Saccade panel was closed during the run. Your text is unchanged; run the command again.'),
    };
    if (this.active) this.end(this.active.runId, { kind: 'failed', failure });
  }

  private end(runId: number, outcome: RunOutcome): void {
    if (this.active?.runId !== runId) return;
    const { end } = this.active;
    this.active = undefined;
    end(outcome);
  }
}
