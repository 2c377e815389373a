/** The engine's workers: started when they are needed, given the slices of a run, let go when idle. Knows neither host nor panel. */
import type { Calibration, EngineCandidate } from '../src/shared/calibration.ts';
import type { EngineInfo, EngineStatus } from '../src/shared/engineStatus.ts';
import { SaccadeError, failureOf, type Failure } from '../src/shared/failure.ts';
import type { HostToPage, PageToWorker, RunRequest, WorkerToPage } from '../src/shared/messages.ts';
import type { EngineWorker } from './engineWorker.ts';
import { IdleTimers } from './idleTimers.ts';
import { PoolMember } from './poolMember.ts';
import { PoolRun, type RunEvents } from './schedule/poolRun.ts';
import { RunSpeeds } from './schedule/runSpeeds.ts';
import type { startEngine, StartedEngine } from './startEngine.ts';
import { worthwhileWorkers } from './schedule/workerCount.ts';

export interface PoolEvents {
  readonly status: (status: EngineStatus) => void;
  /** An engine is ready to be used. */
  readonly started: (engine: StartedEngine) => void;
  /** Whether an engine is loaded that nobody needs at the moment; may be told again. */
  readonly idle: (isIdle: boolean) => void;
  readonly inspected: (message: WorkerToPage['inspected']) => void;
  readonly inspectFailed: (message: WorkerToPage['inspectFailed']) => void;
  readonly inspectStopped: (message: WorkerToPage['inspectStopped']) => void;
}

export interface EnginePoolOptions {
  readonly start: typeof startEngine;
  readonly events: PoolEvents;
  /** Where the device has room for several. */
  readonly mostWorkers: number;
}

const LOST_AT_WORK: Failure = {
  kind: 'engineLost',
  message: 'The engine stopped unexpectedly and was started again. Your text is unchanged; run the command again.',
};
const NOT_ANSWERED: Failure = { kind: 'engineLost', message: 'The engine was started again before it could answer. Ask again.' };
/** Each worker tells of its own; more often than the eye follows would only hold up those who redraw. */
const PROGRESS_MILLISECONDS = 100;
/** In one run: after the first it goes on with a new device, after the second without WebGPU. */
const MOST_DEVICE_FAILURES = 2;
/** Further workers serve long runs only, so they give their memory back soon. */
const FURTHER_IDLE_SECONDS = 60;

export class EnginePool {
  private request: HostToPage['load'] | undefined;
  private engine: Promise<StartedEngine> | undefined;
  /** Of the engine once it is loaded. */
  private started: StartedEngine | undefined;
  /** Aborted when the workers are let go, also those that still load. */
  private life = new AbortController();
  /** Those that are loaded; the first came with the engine, the others for a long run. */
  private members: PoolMember[] = [];
  private furtherStarting = 0;
  /** Without room for a further worker, for example, a run goes on with those that are there. */
  private furtherFailed = false;
  private active: PoolRun | undefined;
  /** How often a device failed in this run, or the last one. */
  private deviceFailures = 0;
  /** The questions that wait for an answer. */
  private readonly inspecting = new Set<number>();
  private readonly speeds = new RunSpeeds();
  private lastProgress = -Infinity;
  private idleMinutes = 0;
  private readonly idleTimers = new IdleTimers();

  constructor(private readonly options: EnginePoolOptions) {}

  /**
   * Of the engine that is loaded: a run that finishes has one.
   * @throws SaccadeError where none is
   */
  get info(): EngineInfo {
    if (!this.started) throw new SaccadeError('internal', 'The engine is not loaded.');
    return this.started.info;
  }

  /** Starts the engine, anew where it was loaded with other settings. */
  load(request: HostToPage['load']): void {
    this.request = request;
    this.active?.fail({
      kind: 'engineLost',
      message: 'The engine was started again with other settings. Run the command again.',
    });
    this.restart();
  }

  /** Keeps the calibration for later starts, and changes to its best path at once. Must be called while the pool is idle. */
  useCalibration(calibration: Calibration, best: EngineCandidate): void {
    if (this.request) this.request = { ...this.request, calibration };
    const { started } = this;
    if (!started) return;
    if (best.path !== started.info.path) {
      this.restart();
      return;
    }
    this.started = { ...started, info: { ...started.info, reason: best.reason } };
    this.showReady();
  }

  /** @param minutes 0: the workers stay for ever */
  releaseWhenIdle(minutes: number): void {
    this.idleMinutes = minutes;
    this.waitForIdle();
  }

  /** Must not be called while another run is active. Ends by the run's own events. */
  async run(request: RunRequest, events: RunEvents): Promise<void> {
    const run: PoolRun = new PoolRun(request, {
      ...events,
      end: (end) => {
        this.active = undefined;
        for (const member of this.members) member.cancel(run);
        this.showReady();
        this.waitForIdle();
        events.end(end);
      },
    });
    this.active = run;
    this.deviceFailures = 0;
    this.waitForIdle();
    try {
      await this.ensureEngine();
      if (!run.ended) this.handOut();
    } catch (error) {
      run.fail(failureOf(error));
    }
  }

  cancel(runId: number): void {
    const run = this.active;
    if (run?.request.runId !== runId) return;
    for (const member of this.members) member.cancel(run);
    run.cancel();
  }

  inspect(request: PageToWorker['inspect']): void {
    this.inspecting.add(request.requestId);
    this.waitForIdle();
    this.ensureEngine()
      .then(() => this.members[0]?.inspect(request))
      .catch((error: unknown) =>
        this.inspected(request, () => this.options.events.inspectFailed({ ...request, failure: failureOf(error) })),
      );
  }

  /** Ends an inspection as soon as its worker hears of it; `inspected` may still come. */
  stopInspecting(requestId: number): void {
    this.members[0]?.stopInspecting(requestId);
  }

  private inspected({ requestId }: Pick<PageToWorker['inspect'], 'requestId'>, tell: () => void): void {
    this.inspecting.delete(requestId);
    this.waitForIdle();
    tell();
  }

  private ensureEngine(): Promise<StartedEngine> {
    return this.engine ?? this.startEngine();
  }

  private restart(): void {
    this.letGo();
    this.startEngine().catch((error: unknown) => this.active?.fail(failureOf(error)));
  }

  private startEngine(): Promise<StartedEngine> {
    if (!this.request) return Promise.reject(new SaccadeError('internal', 'The engine was asked to run before it was told its files.'));
    const { signal } = this.life;
    const member = this.newMember();
    const engine = this.options.start({
      request: this.request,
      mayUseGpu: this.deviceFailures < MOST_DEVICE_FAILURES,
      events: member.workerEvents,
      signal,
      onLoading: this.options.events.status,
    });
    this.engine = engine;
    engine.then(
      (started) => {
        if (!signal.aborted) this.started = started;
        this.join(member, started.worker, signal);
        if (!signal.aborted) this.options.events.started(started);
      },
      (error: unknown) => {
        if (this.engine !== engine) return;
        this.engine = undefined;
        this.options.events.status({ state: 'failed', message: failureOf(error).message });
      },
    );
    return engine;
  }

  private startFurther(another: NonNullable<StartedEngine['another']>): void {
    const { signal } = this.life;
    const member = this.newMember();
    this.furtherStarting++;
    another(member.workerEvents, signal)
      .then(
        (worker) => {
          if (!signal.aborted) this.furtherStarting--;
          this.join(member, worker, signal);
        },
        () => {
          if (signal.aborted) return;
          this.furtherStarting--;
          this.furtherFailed = true;
        },
      )
      .catch(() => undefined);
  }

  private join(member: PoolMember, worker: EngineWorker, signal: AbortSignal): void {
    // Let go in the moment between its being loaded and our hearing of it.
    if (signal.aborted) {
      worker.terminate();
      return;
    }
    member.loaded(worker);
    this.members.push(member);
    this.showReady();
    this.handOut();
    this.waitForIdle();
  }

  private newMember(): PoolMember {
    const { events } = this.options;
    return new PoolMember(
      {
        onFree: () => this.handOut(),
        onProgress: (run) => {
          if (performance.now() - this.lastProgress < PROGRESS_MILLISECONDS) return;
          this.lastProgress = performance.now();
          run.tellProgress();
        },
        onFailure: (failing, failure) => {
          if (failure.kind === 'device') this.loseDevice(failure);
          else {
            failing.fail(failure);
            this.handOut();
          }
        },
        onDeath: (member) => this.lose(member),
        inspected: (message) => this.inspected(message, () => events.inspected(message)),
        inspectFailed: (message) => this.inspected(message, () => events.inspectFailed(message)),
        inspectStopped: (message) => this.inspected(message, () => events.inspectStopped(message)),
      },
      this.speeds,
    );
  }

  /** A lost device does not come back to the sessions that it had; the run goes on with new ones, which choose again. */
  private loseDevice(failure: Failure): void {
    if (++this.deviceFailures > MOST_DEVICE_FAILURES) this.active?.fail(failure);
    else for (const member of this.members) member.giveBack();
    this.restart();
  }

  private lose(member: PoolMember): void {
    const isFurther = member !== this.members[0];
    this.members = this.members.filter((other) => other !== member);
    if (isFurther && member.isFree) {
      this.showReady();
      return;
    }
    this.active?.fail(LOST_AT_WORK);
    this.restart();
  }

  /** Gives each idle worker its next slice, and starts further workers where that pays. */
  private handOut(): void {
    const [run, started] = [this.active, this.started];
    if (!run || !started) return;
    const probe = started.another !== undefined && !this.speeds.isKnown(run.request);
    for (const member of this.members) {
      if (!member.isFree) continue;
      const slice = run.next(this.members.length + this.furtherStarting, { probe });
      if (!slice) return;
      member.give(run, slice);
    }
    if (!started.another || this.furtherFailed) return;
    const secondsLeft = this.speeds.secondsFor(run.request, run.charactersLeft);
    const wanted = worthwhileWorkers(secondsLeft, started.worker.startSeconds, this.options.mostWorkers);
    while (this.members.length + this.furtherStarting < wanted) this.startFurther(started.another);
  }

  private showReady(): void {
    if (!this.started) return;
    const heapBytes = this.members.map((member) => member.heapBytes);
    this.options.events.status({ state: 'ready', info: this.started.info, heapBytes });
  }

  private waitForIdle(): void {
    const { idleMinutes } = this;
    const isIdle = this.started !== undefined && !this.active && this.inspecting.size === 0;
    this.options.events.idle(isIdle);
    this.idleTimers.waitFor([
      ...(isIdle && this.members.length > 1 ? [{ afterSeconds: FURTHER_IDLE_SECONDS, act: () => this.letGoFurther() }] : []),
      ...(isIdle && idleMinutes > 0 ? [{ afterSeconds: idleMinutes * 60, act: () => this.release(idleMinutes) }] : []),
    ]);
  }

  private letGoFurther(): void {
    for (const member of this.members.splice(1)) member.terminate();
    this.showReady();
  }

  private release(idleMinutes: number): void {
    this.letGo();
    this.options.events.status({ state: 'released', idleMinutes });
  }

  /** Ends every worker; what they were doing is not heard of any more. */
  private letGo(): void {
    this.life.abort(new SaccadeError(LOST_AT_WORK.kind, LOST_AT_WORK.message));
    this.life = new AbortController();
    for (const member of this.members) member.terminate();
    this.members = [];
    this.engine = undefined;
    this.started = undefined;
    this.furtherStarting = 0;
    this.furtherFailed = false;
    for (const requestId of this.inspecting) this.options.events.inspectFailed({ requestId, failure: NOT_ANSWERED });
    this.inspecting.clear();
    this.waitForIdle();
  }
}
