/** Starts workers on any way of running one model: hands each the files of its way, and what it must say. Knows no plan. */
import type { EngineWay } from '../src/shared/calibration.ts';
import { deviceOf, type Device } from '../src/shared/engineStatus.ts';
import type { Variant } from '../src/shared/hubLayout.ts';
import type { HostToPage } from '../src/shared/messages.ts';
import type { ModelReference } from '../src/shared/modelReference.ts';
import { buildFiles, modelFiles, type BuildFiles, type ModelFiles } from './engineFiles.ts';
import { startEngineWorker, type EngineWorker, type WorkerEvents } from './engineWorker.ts';
import { modelForms, type ModelForms } from './modelForms.ts';

export class WayStarter {
  readonly forms: ModelForms;
  /** Of the files that were asked for. */
  loadedBytes = 0;
  private readonly builds = new Map<Device, BuildFiles>();
  private readonly files: ModelFiles;

  /** @param known what the model said on the processor an earlier time */
  constructor(
    private readonly request: HostToPage['load'],
    private known: ModelReference | undefined,
  ) {
    this.forms = modelForms(request.model.files);
    this.files = modelFiles(request.model.files, (count) => (this.loadedBytes += count));
  }

  /** What every way of running the model is compared with, once somebody has needed it; undefined where its files have that. */
  get reference(): ModelReference | undefined {
    return this.known;
  }

  /** Of all files that the way needs. */
  bytesOf({ path, variant }: EngineWay): number {
    return this.forms.filesOf(variant).reduce((sum, { bytes }) => sum + bytes, this.request.engines[deviceOf(path)].bytes);
  }

  /** @throws SaccadeError where the way cannot be used; the signal's reason once aborted */
  async start(way: EngineWay, events: WorkerEvents, signal: AbortSignal): Promise<EngineWorker> {
    if (!this.known && !this.isReference(way)) this.known = await this.askProcessor(signal);
    const worker = await this.open(way, events, signal);
    if (this.isReference(way)) this.known ??= worker.reference;
    return worker;
  }

  /** The most exact form on the processor; a model in one form is compared with itself by its worker. */
  private isReference({ path, variant }: EngineWay): boolean {
    const [mostExact] = this.forms.variants;
    return mostExact === undefined || (path === 'wasm' && variant === mostExact);
  }

  /** The most exact form that the processor runs. */
  private async askProcessor(signal: AbortSignal): Promise<ModelReference | undefined> {
    for (const variant of this.forms.variants) {
      try {
        const worker = await this.open({ path: 'wasm', variant }, UNHEARD, signal);
        worker.terminate();
        return worker.reference;
      } catch {
        // Whatever is wrong with it, the next may be right; the one that is to be started says what is wrong with itself.
        signal.throwIfAborted();
      }
    }
    return undefined;
  }

  private open({ path, variant }: EngineWay, events: WorkerEvents, signal: AbortSignal): Promise<EngineWorker> {
    const { id, onlyTask } = this.request.model;
    const model = this.filesOf(variant);
    return startEngineWorker({
      modelId: id,
      onlyTask,
      path,
      reference: this.known,
      build: this.buildFor(deviceOf(path)),
      model,
      events,
      signal,
    });
  }

  private filesOf(variant: Variant | undefined): ModelFiles {
    return new Map(this.forms.filesOf(variant).map(({ path }) => [path, this.files.get(path)!]));
  }

  private buildFor(device: Device): BuildFiles {
    const build = this.builds.get(device) ?? buildFiles(this.request.engines[device], (count) => (this.loadedBytes += count));
    this.builds.set(device, build);
    return build;
  }
}

/** For a worker that is asked one thing and ends. */
export const UNHEARD: WorkerEvents = {
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
