/** The page of the browser tests: fetches the files as the product's page does and passes questions on to the worker. */
import type { EnginePath } from '../../src/shared/engineStatus.ts';
import type { EngineBuild, PageFile } from '../../src/shared/messages.ts';
import { buildFiles, modelFiles } from '../../webview/engineFiles.ts';
import { chooseWay } from '../bench/browser/chooseWay.ts';
import { asker, type Ask } from '../bench/browser/rpc.ts';
import type { RunQuestion, WhatIfQuestion, WhatIfWritten, WorkerMethods, Written } from './worker.ts';

export interface StartQuestion {
  readonly path: EnginePath;
  readonly modelId: string;
  readonly files: readonly PageFile[];
  readonly build: EngineBuild;
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

  choose: chooseWay,

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
