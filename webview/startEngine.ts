/** An engine on the first device that can be loaded and gives the reference's answers. Knows neither runs nor the panel. */
import { planEngine, planWithoutGpu, type Calibration, type EngineCandidate, type Gpu } from '../src/shared/calibration.ts';
import { deviceOf, type Device, type EngineInfo, type EnginePath, type EngineStatus } from '../src/shared/engineStatus.ts';
import { SaccadeError, failureOf } from '../src/shared/failure.ts';
import type { HostToPage } from '../src/shared/messages.ts';
import type { OnlyTask } from '../src/shared/task.ts';
import { t } from '../src/shared/words.ts';
import type { CalibrationTask } from './calibration.ts';
import { buildFiles, modelFiles, type BuildFiles, type ModelFiles } from './engineFiles.ts';
import { startEngineWorker, type EngineWorker, type WorkerEvents } from './engineWorker.ts';
import { findGpu } from './findGpu.ts';

export interface StartedEngine {
  readonly info: EngineInfo;
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
  const loaded = { model: 0, build: 0 };
  const model = modelFiles(request.model.files, (bytes) => (loaded.model += bytes));
  const gpu = await findGpu(request.model.files);
  const { candidates, unmeasured } = mayUseGpu ? planEngine(request.device, gpu, calibrationOf(request, gpu)) : planWithoutGpu();
  const builds = new Map<Device, BuildFiles>();
  const filesFor = (path: EnginePath): EngineFiles => {
    const device = deviceOf(path);
    const build = builds.get(device) ?? buildFiles(request.engines[device], (bytes) => (loaded.build += bytes));
    builds.set(device, build);
    return { modelId: request.model.id, onlyTask: request.model.onlyTask, build, model };
  };
  let whyNot = '';
  for (const [index, candidate] of candidates.entries()) {
    const { path } = candidate;
    const files = filesFor(path);
    const telling = tellLoading(request, candidate, loaded, onLoading);
    try {
      const worker = await startEngineWorker({ ...files, path, events, signal });
      const loadSeconds = (performance.now() - begun) / 1000;
      const info = {
        modelId: request.model.id,
        path,
        reason: `${candidate.reason}${whyNot}`,
        loadSeconds,
        ...(gpu && path !== 'wasm' ? { adapter: gpu.name } : {}),
      };
      // One worker has the whole GPU; on the processor each has one core.
      const another: StartedEngine['another'] =
        path === 'wasm'
          ? (furtherEvents, furtherSignal) => startEngineWorker({ ...files, path, events: furtherEvents, signal: furtherSignal })
          : undefined;
      const measure = (measured: EnginePath, until: AbortSignal): Promise<readonly number[]> =>
        measureOn(filesFor(measured), measured, until);
      const best: CalibrationTask['best'] = (measured) => planEngine(request.device, gpu, measured).candidates[0];
      const calibration = gpu && unmeasured.length > 0 ? { key: gpu.key, paths: unmeasured, measure, best } : undefined;
      return { info, worker, another, calibration };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind !== 'device' || index === candidates.length - 1) throw error;
      whyNot = ` ${failure.message}`;
    } finally {
      clearInterval(telling);
    }
  }
  throw new SaccadeError('internal', 'There is no device to try.');
}

function calibrationOf({ calibrations }: HostToPage['load'], gpu: Gpu | undefined): Calibration | undefined {
  return calibrations.find(({ key }) => key === gpu?.key);
}

interface EngineFiles {
  readonly modelId: string;
  readonly onlyTask: OnlyTask | undefined;
  readonly build: BuildFiles;
  readonly model: ModelFiles;
}

const UNHEARD: WorkerEvents = {
  handlers: {
    memory: () => undefined,
    progress: () => undefined,
    finished: () => undefined,
    cancelled: () => undefined,
    failed: () => undefined,
    inspected: () => undefined,
    inspectFailed: () => undefined,
    inspectStopped: () => undefined,
  },
  onDeath: () => undefined,
};

/** In a worker of its own, which ends with it. */
async function measureOn(files: EngineFiles, path: EnginePath, signal: AbortSignal): Promise<readonly number[]> {
  const worker = await startEngineWorker({ ...files, path, events: UNHEARD, signal });
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
  { engines, model }: HostToPage['load'],
  { path }: EngineCandidate,
  loaded: { readonly model: number; readonly build: number },
  onLoading: StartOptions['onLoading'],
): ReturnType<typeof setInterval> {
  const totalBytes = model.files.reduce((sum, file) => sum + file.bytes, engines[deviceOf(path)].bytes);
  let told = -1;
  const tell = (): void => {
    const loadedBytes = loaded.model + loaded.build;
    if (loadedBytes === told) return;
    told = loadedBytes;
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
