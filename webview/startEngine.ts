/** An engine on the first device that can be loaded and gives the reference's answers. Knows neither runs nor the panel. */
import type { EngineInfo, EngineStatus } from '../src/shared/engineStatus.ts';
import { SaccadeError, failureOf } from '../src/shared/failure.ts';
import type { HostToPage } from '../src/shared/messages.ts';
import { deviceCandidates, type DeviceCandidate } from './chooseDevice.ts';
import { buildFiles, modelFiles, type BuildFiles, type ModelFiles } from './engineFiles.ts';
import { startEngineWorker, type EngineWorker, type WorkerEvents } from './engineWorker.ts';

export interface StartedEngine {
  readonly info: EngineInfo;
  readonly worker: EngineWorker;
  /** Starts one more that works beside it; undefined where one uses all of the device. */
  readonly another: ((events: WorkerEvents, signal: AbortSignal) => Promise<EngineWorker>) | undefined;
}

export interface StartOptions {
  readonly request: HostToPage['load'];
  readonly events: WorkerEvents;
  /** Ends a start that nobody waits for any more. */
  readonly signal: AbortSignal;
  readonly onLoading: (status: Extract<EngineStatus, { state: 'loading' }>) => void;
}

/** @throws SaccadeError of the last candidate; the signal's reason once aborted */
export async function startEngine({ request, events, signal, onLoading }: StartOptions): Promise<StartedEngine> {
  const begun = performance.now();
  const loaded = { model: 0, build: 0 };
  const model = modelFiles(request.files, (bytes) => (loaded.model += bytes));
  const candidates = await deviceCandidates(request.device);
  let whyNot = '';
  for (const [index, candidate] of candidates.entries()) {
    loaded.build = 0;
    const build = buildFiles(request.engines[candidate.device], (bytes) => (loaded.build += bytes));
    const files = { modelId: request.modelId, build, model };
    const telling = tellLoading(request, candidate, loaded, onLoading);
    try {
      const worker = await startOn(candidate, files, events, signal);
      const loadSeconds = (performance.now() - begun) / 1000;
      const info = { ...candidate, modelId: request.modelId, reason: `${candidate.reason}${whyNot}`, loadSeconds };
      // One worker has the whole GPU; on the processor each has one core.
      const another: StartedEngine['another'] =
        candidate.device === 'wasm' ? (furtherEvents, furtherSignal) => startOn(candidate, files, furtherEvents, furtherSignal) : undefined;
      return { info, worker, another };
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

interface CandidateFiles {
  readonly modelId: string;
  readonly build: BuildFiles;
  readonly model: ModelFiles;
}

function startOn({ device }: DeviceCandidate, files: CandidateFiles, events: WorkerEvents, signal: AbortSignal): Promise<EngineWorker> {
  return startEngineWorker({ ...files, device, events, signal });
}

/** As often as the eye follows: files come in hundreds of parts, and each telling is redrawn in panel, status bar and notification. */
const TELLING_MILLISECONDS = 100;

function tellLoading(
  { engines, files }: HostToPage['load'],
  { device }: DeviceCandidate,
  loaded: { readonly model: number; readonly build: number },
  onLoading: StartOptions['onLoading'],
): ReturnType<typeof setInterval> {
  const totalBytes = files.reduce((sum, file) => sum + file.bytes, engines[device].bytes);
  let told = -1;
  const tell = (): void => {
    const loadedBytes = loaded.model + loaded.build;
    if (loadedBytes === told) return;
    told = loadedBytes;
    onLoading({ state: 'loading', stage: loadedBytes < totalBytes ? 'Reading the model' : 'Preparing the model', loadedBytes, totalBytes });
  };
  tell();
  return setInterval(tell, TELLING_MILLISECONDS);
}
