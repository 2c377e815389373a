/** The page of the browser tests: fetches the files as the product's page does and passes questions on to the worker. */
import type { Calibration } from '../../src/shared/calibration.ts';
import type { EngineInfo, EnginePath } from '../../src/shared/engineStatus.ts';
import type { EngineBuild, HostToPage, PageFile } from '../../src/shared/messages.ts';
import { calibrate } from '../../webview/calibration.ts';
import { startEngine, type StartedEngine } from '../../webview/startEngine.ts';
import { UNHEARD } from '../../webview/wayStarter.ts';
import { buildFiles, modelFiles } from '../../webview/engineFiles.ts';
import { asker, type Ask } from '../bench/browser/rpc.ts';
import type { RunQuestion, WhatIfQuestion, WhatIfWritten, WorkerMethods, Written } from './worker.ts';

export interface StartQuestion {
  readonly path: EnginePath;
  readonly modelId: string;
  readonly files: readonly PageFile[];
  readonly build: EngineBuild;
}

export interface Chosen {
  readonly first: EngineInfo;
  readonly calibration: Calibration | undefined;
  readonly next: EngineInfo | undefined;
}

let ask: Ask<WorkerMethods> | undefined;

const engine = {
  async start({ path, modelId, files, build }: StartQuestion): Promise<void> {
    const { worker, wasm } = buildFiles(build, () => undefined);
    const contents = [...modelFiles(files, () => undefined)].map(async ([name, file]) => [name, await file.take()] as const);
    const url = URL.createObjectURL(new Blob([await worker.take()], { type: 'text/javascript' }));
    ask = asker<WorkerMethods>(new Worker(url, { type: 'module' }));
    await ask('load', { modelId, path, wasm: await wasm.take(), files: new Map(await Promise.all(contents)) });
  },

  /** As the product starts: the engine at first, what is measured while nobody waits, and the engine of the next start. */
  async choose(load: HostToPage['load']): Promise<Chosen> {
    const start = (calibrations: readonly Calibration[]): Promise<StartedEngine> =>
      startEngine({
        request: { ...load, calibrations },
        mayUseGpu: true,
        events: UNHEARD,
        signal: new AbortController().signal,
        onLoading: () => undefined,
      });
    const first = await start([]);
    const calibration = first.calibration && (await calibrate(first.calibration, new AbortController().signal));
    const next = calibration && (await start([calibration]));
    first.worker.terminate();
    next?.worker.terminate();
    return { first: first.info, calibration, next: next?.info };
  },

  loseGpu(): Promise<void> {
    if (!ask) throw new Error('The engine has not been started.');
    return ask('loseGpu', undefined);
  },

  run(question: RunQuestion): Promise<Written> {
    if (!ask) throw new Error('The engine has not been started.');
    return ask('run', question);
  },

  whatIf(question: WhatIfQuestion): Promise<WhatIfWritten> {
    if (!ask) throw new Error('The engine has not been started.');
    return ask('whatIf', question);
  },
};

export type TestPage = typeof engine;

Object.assign(globalThis, { engine });
