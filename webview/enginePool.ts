/** What the engine is asked to do, handed to its workers: slices of a run, maps; and what becomes of it when a worker or a device is lost. Knows neither host nor panel. */
import { isSameWay, type Calibration, type EngineCandidate } from '../src/shared/calibration.ts';
import type { EngineInfo } from '../src/shared/engineStatus.ts';
import { SaccadeError, failureOf, type Failure } from '../src/shared/failure.ts';
import type { HostToPage, PageModel, PageToWorker, RunRequest } from '../src/shared/messages.ts';
import { IdleTimers } from './idleTimers.ts';
import { isSameModel } from './isSameModel.ts';
import { OpenInspections } from './openInspections.ts';
import { PoolMember } from './poolMember.ts';
import { PoolMembers } from './poolMembers.ts';
import { lostAtWork, notAnswered, restarted, usedByAnother } from './poolFailures.ts';
import type { PoolOptions } from './poolOptions.ts';
import { PoolRun, type RunEvents } from './schedule/poolRun.ts';
import { RunSpeeds } from './schedule/runSpeeds.ts';
import type { StartedEngine } from './startEngine.ts';
import { worthwhileWorkers } from './schedule/workerCount.ts';

/** Each worker tells of its own; more often than the eye follows would only hold up those who redraw. */
const PROGRESS_MILLISECONDS = 100;
/** In one run: after the first it goes on with a new device, after the second without WebGPU. */
const MOST_DEVICE_FAILURES = 2;
/** Further workers serve long runs only, so they give their memory back soon. */
const FURTHER_IDLE_SECONDS = 60;

export class EnginePool {
  private request: HostToPage['load'] | undefined;
  private readonly members: PoolMembers;
  private active: PoolRun | undefined;
  /** How often a device failed in this run, or the last one. */
  private deviceFailures = 0;
  private readonly inspections: OpenInspections;
  /** Of the model in use. */
  private speeds = new RunSpeeds();
  private lastProgress = -Infinity;
  private idleMinutes = 0;
  private readonly idleTimers = new IdleTimers();

  constructor(private readonly options: PoolOptions) {
    const { start, events } = options;
    this.inspections = new OpenInspections(events, () => this.waitForIdle());
    this.members = new PoolMembers({
      start,
      newMember: () => this.newMember(),
      onLoading: events.status,
      onJoin: () => {
        this.showReady();
        this.handOut();
        this.waitForIdle();
      },
      onStart: events.started,
      onStartFailure: (error) => events.status({ state: 'failed', message: failureOf(error).message }),
    });
  }

  /**
   * Of the engine that is loaded: a run that finishes has one.
   * @throws SaccadeError where none is
   */
  get info(): EngineInfo {
    const { started } = this.members;
    if (!started) throw new SaccadeError('internal', 'The engine is not loaded.');
    return started.info;
  }

  /** Starts the engine, anew where it was loaded with other settings. */
  load(request: HostToPage['load']): void {
    this.request = request;
    this.active?.fail(restarted());
    this.restart();
  }

  /** Keeps the calibration for later starts, and changes to its best path at once. Must be called while the pool is idle. */
  useCalibration(calibration: Calibration, best: EngineCandidate): void {
    if (this.request) this.request = { ...this.request, calibrations: [calibration, ...this.request.calibrations] };
    const { started } = this.members;
    if (!started) return;
    if (!isSameWay(best, started.way)) this.restart();
    else {
      this.members.setReason(best.reason);
      this.showReady();
    }
  }

  /** @param minutes 0: the workers stay for ever */
  releaseWhenIdle(minutes: number): void {
    this.idleMinutes = minutes;
    this.waitForIdle();
  }

  /** Must not be called while another run is active. Ends by the run's own events. */
  async run(request: RunRequest, model: PageModel, events: RunEvents): Promise<void> {
    this.use(model);
    const run: PoolRun = new PoolRun(request, {
      ...events,
      end: (end) => {
        this.active = undefined;
        for (const member of this.members.all) member.cancel(run);
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
    for (const member of this.members.all) member.cancel(run);
    run.cancel();
  }

  /** @param model the one that wrote the segment */
  inspect(request: PageToWorker['inspect'], model: PageModel): void {
    if (this.active && !isSameModel(this.request?.model, model)) {
      this.inspections.refuse(request, usedByAnother());
      return;
    }
    this.use(model);
    this.inspections.ask(
      request,
      this.ensureEngine().then(() => this.members.all[0]),
    );
  }

  /** Ends an inspection as soon as its worker hears of it; `inspected` may still come. */
  stopInspecting(requestId: number): void {
    this.members.all[0]?.stopInspecting(requestId);
  }

  /** Lets go of another model; this one is loaded when it is needed. */
  private use(model: PageModel): void {
    if (!this.request || isSameModel(this.request.model, model)) return;
    this.request = { ...this.request, model };
    this.speeds = new RunSpeeds();
    this.letGo();
  }

  private ensureEngine(): Promise<StartedEngine> {
    if (!this.request) return Promise.reject(new SaccadeError('internal', 'The engine was asked to run before it was told its files.'));
    return this.members.ensure(this.request, this.deviceFailures < MOST_DEVICE_FAILURES);
  }

  private restart(): void {
    this.letGo();
    this.ensureEngine().catch((error: unknown) => this.active?.fail(failureOf(error)));
  }

  private newMember(): PoolMember {
    return new PoolMember(
      {
        ...this.inspections.answers,
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
      },
      this.speeds,
    );
  }

  /** A lost device does not come back to the sessions that it had; the run goes on with new ones, which choose again. */
  private loseDevice(failure: Failure): void {
    if (++this.deviceFailures > MOST_DEVICE_FAILURES) this.active?.fail(failure);
    else for (const member of this.members.all) member.giveBack();
    this.restart();
  }

  private lose(member: PoolMember): void {
    const isFurther = member !== this.members.all[0];
    this.members.remove(member);
    if (isFurther && member.isFree) {
      this.showReady();
      return;
    }
    this.active?.fail(lostAtWork());
    this.restart();
  }

  /** Gives each idle worker its next slice, and starts further workers where that pays. */
  private handOut(): void {
    const [run, { started }] = [this.active, this.members];
    if (!run || !started) return;
    const probe = started.another !== undefined && !this.speeds.isKnown(run.request);
    for (const member of this.members.all) {
      if (!member.isFree) continue;
      const slice = run.next(this.members.count, { probe });
      if (!slice) return;
      member.give(run, slice);
    }
    if (!this.members.mayGrow) return;
    const secondsLeft = this.speeds.secondsFor(run.request, run.charactersLeft);
    const wanted = worthwhileWorkers(secondsLeft, started.worker.startSeconds, this.options.mostWorkers);
    while (this.members.count < wanted) this.members.grow();
  }

  private showReady(): void {
    const { started, all } = this.members;
    if (!started) return;
    const heapBytes = all.map((member) => member.heapBytes);
    this.options.events.status({ state: 'ready', info: started.info, heapBytes });
  }

  private waitForIdle(): void {
    const { idleMinutes } = this;
    const isIdle = this.members.started !== undefined && !this.active && this.inspections.count === 0;
    const letGoFurther = (): void => {
      this.members.letGoFurther();
      this.showReady();
    };
    this.options.events.idle(isIdle);
    this.idleTimers.waitFor([
      ...(isIdle && this.members.all.length > 1 ? [{ afterSeconds: FURTHER_IDLE_SECONDS, act: letGoFurther }] : []),
      ...(isIdle && idleMinutes > 0 ? [{ afterSeconds: idleMinutes * 60, act: () => this.release(idleMinutes) }] : []),
    ]);
  }

  private release(idleMinutes: number): void {
    this.letGo();
    this.options.events.status({ state: 'released', idleMinutes });
  }

  /** Ends every worker; what they were doing is not heard of any more. */
  private letGo(): void {
    this.members.letGo(lostAtWork());
    this.inspections.failAll(notAnswered());
    this.waitForIdle();
  }
}
