/** The workers of one engine: the first comes with it, further ones are started beside it, and all are let go together. Knows no run. */
import type { HostToPage } from '../src/shared/messages.ts';
import { SaccadeError, type Failure } from '../src/shared/failure.ts';
import type { EngineWorker } from './engineWorker.ts';
import type { PoolMember } from './poolMember.ts';
import type { StartOptions, StartedEngine, startEngine } from './startEngine.ts';

export interface PoolMembersOptions {
  readonly start: typeof startEngine;
  readonly newMember: () => PoolMember;
  readonly onLoading: StartOptions['onLoading'];
  /** A member has its worker. */
  readonly onJoin: () => void;
  /** The engine with which the first member came. */
  readonly onStart: (engine: StartedEngine) => void;
  readonly onStartFailure: (error: unknown) => void;
}

export class PoolMembers {
  private engine: Promise<StartedEngine> | undefined;
  private startedEngine: StartedEngine | undefined;
  /** Aborted when the workers are let go, also those that still load. */
  private life = new AbortController();
  private loaded: PoolMember[] = [];
  private furtherStarting = 0;
  /** Without room for a further worker, for example, a run goes on with those that are there. */
  private furtherFailed = false;

  constructor(private readonly options: PoolMembersOptions) {}

  /** Those that are loaded; the first came with the engine. */
  get all(): readonly PoolMember[] {
    return this.loaded;
  }

  /** Those that are loaded or on their way. */
  get count(): number {
    return this.loaded.length + this.furtherStarting;
  }

  /** Of the engine once it is loaded. */
  get started(): StartedEngine | undefined {
    return this.startedEngine;
  }

  /** Whether one more can work beside those that are there. */
  get mayGrow(): boolean {
    return this.startedEngine?.another !== undefined && !this.furtherFailed;
  }

  /** The reason why it was chosen has changed. */
  setReason(reason: string): void {
    if (this.startedEngine) this.startedEngine = { ...this.startedEngine, info: { ...this.startedEngine.info, reason } };
  }

  /** The engine, started where it is not. */
  ensure(request: HostToPage['load'], mayUseGpu: boolean): Promise<StartedEngine> {
    if (this.engine) return this.engine;
    const { start, newMember, onLoading, onStart, onStartFailure } = this.options;
    const { signal } = this.life;
    const member = newMember();
    const engine = start({ request, mayUseGpu, events: member.workerEvents, signal, onLoading });
    this.engine = engine;
    engine.then(
      (started) => {
        if (!signal.aborted) this.startedEngine = started;
        this.join(member, started.worker, signal);
        if (!signal.aborted) onStart(started);
      },
      (error: unknown) => {
        if (this.engine !== engine) return;
        this.engine = undefined;
        onStartFailure(error);
      },
    );
    return engine;
  }

  /** Starts one more beside those that are there. */
  grow(): void {
    const another = this.startedEngine?.another;
    if (!another) return;
    const { signal } = this.life;
    const member = this.options.newMember();
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

  remove(member: PoolMember): void {
    this.loaded = this.loaded.filter((other) => other !== member);
  }

  letGoFurther(): void {
    for (const member of this.loaded.splice(1)) member.terminate();
  }

  /** Ends every worker; what they were doing is not heard of any more. */
  letGo({ kind, message }: Failure): void {
    this.life.abort(new SaccadeError(kind, message));
    this.life = new AbortController();
    for (const member of this.loaded) member.terminate();
    this.loaded = [];
    this.engine = undefined;
    this.startedEngine = undefined;
    this.furtherStarting = 0;
    this.furtherFailed = false;
  }

  private join(member: PoolMember, worker: EngineWorker, signal: AbortSignal): void {
    // Let go in the moment between its being loaded and our hearing of it.
    if (signal.aborted) {
      worker.terminate();
      return;
    }
    member.loaded(worker);
    this.loaded.push(member);
    this.options.onJoin();
  }
}
