/** The page of the bench in a browser, asked from Node. Knows no bench. */
import type { Browser, Page } from 'playwright-core';
import type { CatalogModel } from '../../src/models/catalog.ts';
import { deviceOf, type Device, type DeviceChoice, type EnginePath } from '../../src/shared/engineStatus.ts';
import type { EngineBuild, HostToPage, PageFile } from '../../src/shared/messages.ts';
import type { Task } from '../../src/shared/task.ts';
import { launchChromium } from '../vscode/chromium.mjs';
import type { Chosen } from './browser/chooseWay.ts';
import type { ProductShape } from './browser/multiplyRate.ts';
import type { BenchPage, EngineUrls, FoundGpu, InspectSeconds, Side, StartSeconds } from './browser/page.ts';
import type { Translated, TranslateRequest } from './browser/translator.ts';
import type { StaticServer } from './server.ts';

/** The language that every bench translates into. */
export const TARGET = 'de';

/** The page's functions from here; a worker that fails makes them fail. */
export class BenchBrowser {
  constructor(
    private readonly browser: Browser,
    readonly page: Page,
    private readonly model: CatalogModel,
    private readonly url: string,
  ) {}

  get version(): string {
    return this.browser.version();
  }

  /** Undefined where the browser has none. */
  gpu(): Promise<FoundGpu | undefined> {
    return this.page.evaluate((files) => (globalThis as BenchGlobal).bench.gpu(files), this.modelFiles());
  }

  /** What the extension would choose here, at first and once it has measured. */
  choose(): Promise<Chosen> {
    return this.page.evaluate((load) => (globalThis as BenchGlobal).bench.choose(load), this.load('auto'));
  }

  /** @param other files of another model in place of the bundled one */
  startEngine(path: EnginePath, other?: Pick<EngineUrls, 'files' | 'onlyTask'>): Promise<StartSeconds> {
    const { model, url } = this;
    const urls: EngineUrls = {
      modelId: model.id,
      ...(other ?? { files: this.modelFiles(), onlyTask: undefined }),
      workerUrl: `${url}bundles/engine-${deviceOf(path)}.js`,
      wasmUrl: `${url}dist/ort-${deviceOf(path)}.wasm`,
    };
    return this.page.evaluate(([path, urls]) => (globalThis as BenchGlobal).bench.startEngine(path, urls), [path, urls] as const);
  }

  /** Seconds from nothing to the first target on the processor, as the extension starts. */
  firstTarget(text: string): Promise<number> {
    const task: Task = { kind: 'translate', to: TARGET };
    return this.page.evaluate(([load, task, text]) => (globalThis as BenchGlobal).bench.firstTarget(load, task, text), [
      this.load('wasm'),
      task,
      text,
    ] as const);
  }

  startPeer(device: Device): Promise<{ readonly seconds: number }> {
    const { model, url } = this;
    const options = { device, models: '/hub/', modelId: model.id, runtime: `${url}runtime/` };
    const worker = `${url}bundles/peer.js`;
    return this.page.evaluate(([worker, options]) => (globalThis as BenchGlobal).bench.startPeer(worker, options), [
      worker,
      options,
    ] as const);
  }

  translate(side: Side, texts: readonly string[], maxTargetTokens?: number): Promise<Translated> {
    const request: TranslateRequest = { to: TARGET, texts, ...(maxTargetTokens === undefined ? {} : { maxTargetTokens }) };
    return this.page.evaluate(([side, request]) => (globalThis as BenchGlobal).bench.translate(side, request), [side, request] as const);
  }

  /** Seconds until the last is done; each list of texts on an engine of its own. */
  translateBeside(texts: readonly (readonly string[])[]): Promise<number> {
    const requests = texts.map((each): TranslateRequest => ({ to: TARGET, texts: each }));
    return this.page.evaluate((requests) => (globalThis as BenchGlobal).bench.translateBeside(requests), requests);
  }

  /** The pass over these tokens of the text; to it, it is all one which the target's are. */
  inspect(task: Task, text: string, sourceIds: readonly number[], targetIds: readonly number[]): Promise<InspectSeconds> {
    const empty = { sourceText: text, targetText: text, protectedTerms: [], overruled: [], truncated: true, lostSpans: [], nBest: [] };
    return this.page.evaluate(([task, segment]) => (globalThis as BenchGlobal).bench.inspect(task, segment), [
      task,
      { ...empty, sourceIds, targetIds },
    ] as const);
  }

  /** The arithmetic of one wasm thread, see `multiplyRate`. */
  multiplyRate(shape: ProductShape, rounds: number): Promise<number[]> {
    return this.page.evaluate(([shape, rounds]) => (globalThis as BenchGlobal).bench.multiplyRate(shape, rounds), [shape, rounds] as const);
  }

  stop(side: Side): Promise<void> {
    return this.page.evaluate((side) => (globalThis as BenchGlobal).bench.stop(side), side);
  }

  readBandwidth(bytes: number, rounds: number): Promise<number[]> {
    return this.page.evaluate(([bytes, rounds]) => (globalThis as BenchGlobal).bench.readBandwidth(bytes, rounds), [
      bytes,
      rounds,
    ] as const);
  }

  wasmHeapBytes(): Promise<number> {
    return this.page.evaluate(() => (globalThis as BenchGlobal).bench.wasmHeapBytes());
  }

  /** The process that has the page and its workers. */
  async rendererProcess(): Promise<number | undefined> {
    const session = await this.browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    // The browser keeps a spare renderer; the one at work has used more of the processor.
    const renderers = processInfo.filter(({ type }) => type === 'renderer').sort((one, other) => other.cpuTime - one.cpuTime);
    return renderers[0]?.id;
  }

  /** Used bytes of the only worker's JavaScript heap, after its garbage was collected. A worker cannot tell them itself. */
  async workerHeapBytes(): Promise<number> {
    const session = await this.page.context().newCDPSession(this.page);
    try {
      const attached = new Promise<string>((resolve) => session.once('Target.attachedToTarget', ({ sessionId }) => resolve(sessionId)));
      await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
      const sessionId = await attached;
      const usage = new Promise<number>((resolve) => {
        session.on('Target.receivedMessageFromTarget', ({ message }) => {
          const { id, result } = JSON.parse(message) as { id?: number; result?: { usedSize: number } };
          if (id === 2 && result) resolve(result.usedSize);
        });
      });
      for (const [index, method] of ['HeapProfiler.collectGarbage', 'Runtime.getHeapUsage'].entries())
        await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: index + 1, method }) });
      return await usage;
    } finally {
      await session.detach();
    }
  }

  async reload(): Promise<void> {
    await this.page.goto(`${this.url}bundles/index.html`);
    await this.page.waitForFunction(() => 'bench' in globalThis);
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  /** The product's own page and workers on the bundled model. */
  private load(device: DeviceChoice): HostToPage['load'] {
    const build = (on: Device): EngineBuild => ({
      workerUrl: `${this.url}dist/engine-${on}.js`,
      wasmUrl: `${this.url}dist/ort-${on}.wasm`,
      bytes: 0,
    });
    return {
      engines: { wasm: build('wasm'), webgpu: build('webgpu') },
      model: { id: this.model.id, files: this.modelFiles() },
      device,
      calibrations: [],
    };
  }

  private modelFiles(): PageFile[] {
    const { model, url } = this;
    return model.files.map((file) => ({ ...file, url: `${url}models/${model.id}/${file.path}` }));
  }
}

export type BenchGlobal = typeof globalThis & { readonly bench: BenchPage };

export async function openBrowser(model: CatalogModel, server: StaticServer, webgpu: boolean): Promise<BenchBrowser> {
  const browser = await launchChromium({ webgpu });
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  const opened = new BenchBrowser(browser, page, model, server.url);
  await opened.reload();
  if (await page.evaluate(() => (globalThis as BenchGlobal).bench.isolated))
    throw new Error('The page is cross-origin isolated; webviews are not.');
  return opened;
}
