/** The page between Node and the workers: starts each as the webview does, relays questions, measures what a message costs. */
import type { EnginePath } from '../../../src/shared/engineStatus.ts';
import type { HostToPage, PageFile } from '../../../src/shared/messages.ts';
import { arraysOf } from '../../../src/shared/inspection.ts';
import type { SegmentResult } from '../../../src/shared/segmentResult.ts';
import type { OnlyTask, Task } from '../../../src/shared/task.ts';
import { buildFiles, modelFiles } from '../../../webview/engineFiles.ts';
import { EnginePool } from '../../../webview/enginePool.ts';
import { findMachine } from '../../../webview/findMachine.ts';
import { startEngine } from '../../../webview/startEngine.ts';
import type { RunEnd } from '../../../webview/schedule/poolRun.ts';
import { chooseWay } from './chooseWay.ts';
import type { EngineMethods, LoadSeconds } from './engineWorker.ts';
import type { ProductShape } from './multiplyRate.ts';
import { asker, type Ask } from './rpc.ts';
import type { Peer, PeerOptions, Translated, TranslateRequest } from './translator.ts';

export type Side = 'engine' | 'peer';

export interface EngineUrls {
  readonly modelId: string;
  readonly files: readonly PageFile[];
  readonly onlyTask: OnlyTask | undefined;
  readonly workerUrl: string;
  readonly wasmUrl: string;
}

export interface FoundGpu {
  /** All that the browser says of it. */
  readonly name: string;
  /** The ways of running the model that it has. */
  readonly paths: readonly EnginePath[];
  readonly hasHalf: boolean;
  readonly hasSubgroups: boolean;
}

/** From the question until the engine can work; `fetch` includes the checksums. */
export interface StartSeconds extends LoadSeconds {
  readonly fetch: number;
}

export interface InspectSeconds {
  readonly pass: number;
  readonly transfer: number;
  readonly bytes: number;
}

/** The first one, and what works beside it. */
const engines: { readonly worker: Worker; readonly ask: Ask<EngineMethods> }[] = [];
let peer: { readonly worker: Worker; readonly ask: Ask<Peer> } | undefined;

function started<Running>(running: Running | undefined): Running {
  if (running === undefined) throw new Error('The worker has not been started.');
  return running;
}

const bench = {
  isolated: self.crossOriginIsolated,

  /** Undefined where the browser has no adapter. */
  async gpu(files: readonly PageFile[]): Promise<FoundGpu | undefined> {
    const adapter = 'gpu' in navigator ? await navigator.gpu.requestAdapter() : null;
    if (!adapter) return undefined;
    const { vendor, architecture, device, description } = adapter.info;
    const { paths } = await findMachine(files);
    return {
      name: [vendor, architecture, device, description].filter(Boolean).join(' '),
      paths: paths.filter((path) => path !== 'wasm'),
      hasHalf: adapter.features.has('shader-f16'),
      hasSubgroups: adapter.features.has('subgroups'),
    };
  },

  choose: chooseWay,

  async startEngine(path: EnginePath, { modelId, files, onlyTask, workerUrl, wasmUrl }: EngineUrls): Promise<StartSeconds> {
    const begun = performance.now();
    const build = buildFiles({ workerUrl, wasmUrl, bytes: 0 }, () => undefined);
    const fetching = [...modelFiles(files, () => undefined)].map(async ([name, file]) => [name, await file.take()] as const);
    const [code, wasm, ...contents] = await Promise.all([build.worker.take(), build.wasm.take(), ...fetching]);
    const fetch = (performance.now() - begun) / 1000;
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    const worker = new Worker(url, { type: 'module', name: 'saccade-engine' });
    const engine = { worker, ask: asker<EngineMethods>(worker) };
    engines.push(engine);
    const bytes = { modelId, onlyTask, wasm, files: new Map(contents), path };
    return { fetch, ...(await engine.ask('load', bytes, [wasm, ...bytes.files.values()])) };
  },

  /** From nothing to the first target, with the product's own page and worker: seconds. */
  firstTarget(load: HostToPage['load'], task: Task, text: string): Promise<number> {
    const begun = performance.now();
    const ignore = (): void => undefined;
    const events = { status: ignore, started: ignore, idle: ignore, inspected: ignore, inspectFailed: ignore, inspectStopped: ignore };
    const pool = new EnginePool({ start: startEngine, mostWorkers: 1, events });
    pool.load(load);
    return new Promise((resolve, reject) => {
      const end = (ended: RunEnd): void => {
        if (ended.kind === 'finished') resolve((performance.now() - begun) / 1000);
        else reject(new Error(ended.kind === 'failed' ? ended.failure.message : ended.kind));
      };
      void pool.run({ runId: 1, task, segments: [text], beams: 1 }, load.model, { progress: ignore, results: ignore, end });
    });
  },

  async startPeer(workerUrl: string, options: PeerOptions): Promise<{ readonly seconds: number }> {
    const worker = new Worker(workerUrl, { type: 'module' });
    peer = { worker, ask: asker<Peer>(worker) };
    return peer.ask('load', options);
  },

  stop(side: Side): void {
    if (side === 'engine') for (const { worker } of engines.splice(0)) worker.terminate();
    else peer?.worker.terminate();
  },

  translate: (side: Side, request: TranslateRequest): Promise<Translated> =>
    side === 'engine' ? started(engines[0]).ask('translate', request) : started(peer).ask('translate', request),

  /** Each on an engine of its own, at the same time: seconds until the last is done. */
  async translateBeside(requests: readonly TranslateRequest[]): Promise<number> {
    const begun = performance.now();
    await Promise.all(requests.map((request, index) => started(engines[index]).ask('translate', request)));
    return (performance.now() - begun) / 1000;
  },

  /** The pass, and how long its maps took to come here; the maps themselves stay in the page. */
  async inspect(task: Task, segment: SegmentResult): Promise<InspectSeconds> {
    const begun = performance.now();
    const { seconds, inspection } = await started(engines[0]).ask('inspect', { task, segment });
    const whole = (performance.now() - begun) / 1000;
    return { pass: seconds, transfer: whole - seconds, bytes: arraysOf(inspection).reduce((sum, { byteLength }) => sum + byteLength, 0) };
  },

  readBandwidth: (bytes: number, rounds: number): Promise<number[]> => started(engines[0]).ask('readBandwidth', { bytes, rounds }),

  multiplyRate: (shape: ProductShape, rounds: number): Promise<number[]> => started(engines[0]).ask('multiplyRate', { shape, rounds }),

  wasmHeapBytes: (): Promise<number> => started(engines[0]).ask('wasmHeapBytes', undefined),
};

export type BenchPage = typeof bench;

Object.assign(globalThis, { bench });
