/** An engine on the first way of running it that can be loaded and gives the reference's answers. Knows neither runs nor the panel. */
import {
  planEngine,
  planWithoutGpu,
  type Calibration,
  type EngineCandidate,
  type EngineWay,
  type Machine,
} from '../src/shared/calibration.ts';
import type { EngineInfo, EngineStatus } from '../src/shared/engineStatus.ts';
import { SaccadeError, failureOf } from '../src/shared/failure.ts';
import type { HostToPage } from '../src/shared/messages.ts';
import { t } from '../src/shared/words.ts';
import type { CalibrationTask } from './calibration.ts';
import type { EngineWorker, WorkerEvents } from './engineWorker.ts';
import { findMachine } from './findMachine.ts';
import { UNHEARD, WayStarter } from './wayStarter.ts';

export interface StartedEngine {
  readonly info: EngineInfo;
  readonly way: EngineWay;
  readonly worker: EngineWorker;
  /** Starts one more that works beside it; undefined where one uses all of the device. */
  readonly another: ((events: WorkerEvents, signal: AbortSignal) => Promise<EngineWorker>) | undefined;
  /** What is to be timed while nobody waits, before this engine is known to be the best. */
  readonly calibration: CalibrationTask | undefined;
}

export interface StartOptions {
  readonly request: HostToPage['load'];
  /** Whether WebGPU may be used; not where it keeps being lost. */
  readonly mayUseGpu: boolean;
  readonly events: WorkerEvents;
  /** Ends a start that nobody waits for any more. */
  readonly signal: AbortSignal;
  readonly onLoading: (status: Extract<EngineStatus, { state: 'loading' }>) => void;
}

/** @throws SaccadeError of the last candidate; the signal's reason once aborted */
export async function startEngine({ request, mayUseGpu, events, signal, onLoading }: StartOptions): Promise<StartedEngine> {
  const begun = performance.now();
  const machine = await findMachine(request.model.files);
  const known = calibrationOf(request, machine);
  const starter = new WayStarter(request, known?.reference);
  const { variants, only } = starter.forms;
  const { candidates, unmeasured } = mayUseGpu ? planEngine(request.device, machine, known, variants) : planWithoutGpu(variants);
  let whyNot = '';
  for (const [index, candidate] of candidates.entries()) {
    const { path, variant = only } = candidate;
    const telling = tellLoading(starter, candidate, onLoading);
    try {
      const worker = await starter.start(candidate, events, signal);
      const info: EngineInfo = {
        modelId: request.model.id,
        path,
        variant,
        reason: `${candidate.reason}${whyNot}`,
        loadSeconds: (performance.now() - begun) / 1000,
        ...(machine.gpu !== undefined && path !== 'wasm' ? { adapter: machine.gpu } : {}),
      };
      // One worker has the whole GPU; on the processor each has one core.
      const another: StartedEngine['another'] =
        path === 'wasm' ? (furtherEvents, furtherSignal) => starter.start(candidate, furtherEvents, furtherSignal) : undefined;
      const calibration: CalibrationTask | undefined =
        unmeasured.length === 0
          ? undefined
          : {
              key: machine.key,
              reference: starter.reference,
              ways: unmeasured,
              measure: (way, until) => measureOn(starter, way, until),
              best: (measured) => planEngine(request.device, machine, measured, variants).candidates[0],
            };
      return { info, way: candidate, worker, another, calibration };
    } catch (error) {
      signal.throwIfAborted();
      const failure = failureOf(error);
      // Of several forms one may be broken in any way.
      const mayBeTheWay = failure.kind === 'device' || variants.length > 0;
      if (!mayBeTheWay || index === candidates.length - 1) throw error;
      whyNot += ` ${variants.length > 0 ? `${variant}: ` : ''}${failure.message}`;
    } finally {
      clearInterval(telling);
    }
  }
  throw new SaccadeError('internal', 'There is no device to try.');
}

function calibrationOf({ calibrations }: HostToPage['load'], machine: Machine): Calibration | undefined {
  return calibrations.find(({ key }) => key === machine.key);
}

/** In a worker of its own, which ends with it. */
async function measureOn(starter: WayStarter, way: EngineWay, signal: AbortSignal): Promise<readonly number[]> {
  const worker = await starter.start(way, UNHEARD, signal);
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
  try {
    return await Promise.race([worker.measureSpeed(), ended]);
  } finally {
    worker.terminate();
  }
}

/** As often as the eye follows: files come in hundreds of parts, and each telling is redrawn in panel, status bar and notification. */
const TELLING_MILLISECONDS = 100;

function tellLoading(
  starter: WayStarter,
  candidate: EngineCandidate,
  onLoading: StartOptions['onLoading'],
): ReturnType<typeof setInterval> {
  const needed = starter.bytesOf(candidate);
  let told = -1;
  const tell = (): void => {
    const { loadedBytes } = starter;
    if (loadedBytes === told) return;
    told = loadedBytes;
    // What another candidate needed may have come too.
    const totalBytes = Math.max(needed, loadedBytes);
    onLoading({
      state: 'loading',
      stage: loadedBytes < totalBytes ? t('Reading the model') : t('Preparing the model'),
      loadedBytes,
      totalBytes,
    });
  };
  tell();
  return setInterval(tell, TELLING_MILLISECONDS);
}
