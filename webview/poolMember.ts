/** One worker of the pool and the slice that it has: its answers become those of the slice's run. Knows no other worker. */
import type { Failure } from '../src/shared/failure.ts';
import type { PageToWorker, WorkerToPage } from '../src/shared/messages.ts';
import type { EngineWorker, WorkerEvents } from './engineWorker.ts';
import type { PoolRun } from './schedule/poolRun.ts';
import type { Slice } from './schedule/runSchedule.ts';
import type { RunSpeeds } from './schedule/runSpeeds.ts';

export interface MemberEvents extends Pick<WorkerEvents['handlers'], 'inspected' | 'inspectFailed' | 'inspectStopped'> {
  /** It has answered what it was given, and can be given more. */
  readonly onFree: () => void;
  readonly onProgress: (run: PoolRun) => void;
  /** It could not write what it has: the pool says what becomes of that. */
  readonly onFailure: (member: PoolMember, failure: Failure) => void;
  readonly onDeath: (member: PoolMember) => void;
}

export class PoolMember {
  /** Of the runtime, when it last told. */
  heapBytes = 0;
  /** What it was given and has not answered. */
  private work: { readonly run: PoolRun; readonly slice: Slice } | undefined;
  /** Undefined while it loads. */
  private worker: EngineWorker | undefined;

  constructor(
    private readonly events: MemberEvents,
    private readonly speeds: RunSpeeds,
  ) {}

  get isFree(): boolean {
    return this.worker !== undefined && this.work === undefined;
  }

  /** What its worker is to be started with. */
  get workerEvents(): WorkerEvents {
    const { inspected, inspectFailed, inspectStopped } = this.events;
    return {
      handlers: {
        memory: ({ heapBytes }) => void (this.heapBytes = heapBytes),
        progress: (message) => this.progressed(message),
        finished: (message) => this.finished(message),
        cancelled: () => {
          const work = this.takeWork();
          work?.run.dropped(work.slice);
          this.events.onFree();
        },
        failed: ({ failure }) => this.events.onFailure(this, failure),
        inspected,
        inspectFailed,
        inspectStopped,
      },
      onDeath: () => this.events.onDeath(this),
    };
  }

  loaded(worker: EngineWorker): void {
    this.worker = worker;
  }

  give(run: PoolRun, slice: Slice): void {
    this.work = { run, slice };
    this.worker?.send('run', { ...run.request, segments: slice.texts });
  }

  /** Lets go of the run's slice, where it has one, as soon as it answers. */
  cancel(run: PoolRun): void {
    if (this.work?.run === run) this.worker?.send('cancel', { runId: run.request.runId });
  }

  /** The run of its slice ends. */
  fail(failure: Failure): void {
    this.takeWork()?.run.fail(failure);
  }

  /** Its slice goes to another worker. */
  giveBack(): void {
    const work = this.takeWork();
    work?.run.giveBack(work.slice);
  }

  inspect(request: PageToWorker['inspect']): void {
    this.worker?.send('inspect', request);
  }

  stopInspecting(requestId: number): void {
    this.worker?.send('stopInspecting', { requestId });
  }

  terminate(): void {
    this.worker?.terminate();
  }

  private takeWork(): PoolMember['work'] {
    const { work } = this;
    this.work = undefined;
    return work;
  }

  private progressed(progress: WorkerToPage['progress']): void {
    if (!this.work) return;
    const { run, slice } = this.work;
    run.progressed(slice, progress);
    this.events.onProgress(run);
  }

  private finished({ results, measures }: WorkerToPage['finished']): void {
    const work = this.takeWork();
    if (work) {
      this.speeds.note(work.run.request, work.slice, measures);
      work.run.completed(work.slice, results, measures);
    }
    this.events.onFree();
  }
}
