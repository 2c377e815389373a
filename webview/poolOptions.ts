/** What a pool of workers needs, and what it tells its owner. Knows no page. */
import type { EngineStatus } from '../src/shared/engineStatus.ts';
import type { WorkerToPage } from '../src/shared/messages.ts';
import type { startEngine, StartedEngine } from './startEngine.ts';

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

export interface PoolOptions {
  readonly start: typeof startEngine;
  readonly events: PoolEvents;
  /** Where the device has room for several. */
  readonly mostWorkers: number;
}
