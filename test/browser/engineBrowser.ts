/** A Chromium with the engine in a plain page: bundles, serves, starts. Knows no test. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { parseCatalog, type CatalogFile } from '../../src/models/catalog.ts';
import type { Page } from 'playwright-core';
import { deviceOf, type Device, type DeviceChoice, type EnginePath } from '../../src/shared/engineStatus.ts';
import type { Chosen } from '../bench/browser/chooseWay.ts';
import { serve } from '../bench/server.ts';
import { launchChromium } from '../vscode/chromium.mjs';
import type { EngineBuild, HostToPage } from '../../src/shared/messages.ts';
import type { StartQuestion, TestPage } from './page.ts';
import type { RunQuestion, WhatIfQuestion, WhatIfWritten, Written } from './worker.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUNDLES = path.join(ROOT, 'test/output/browser');

const GIVEN = path.join(ROOT, 'test/output/given-model');

export interface EngineBrowser {
  run(question: RunQuestion): Promise<Written>;
  whatIf(question: WhatIfQuestion): Promise<WhatIfWritten>;
  loseGpu(): Promise<void>;
  readonly close: () => Promise<void>;
}

type PageGlobal = typeof globalThis & { readonly engine: TestPage };

/** A model's files by their paths. */
export interface TestModel {
  readonly id: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** What the product chooses for a model on this machine, at first and once it has measured. */
export async function chosenWays(device: DeviceChoice, given: TestModel): Promise<Chosen> {
  const { page, url, close } = await openPage('webgpu-dynamic');
  const build = (of: Device): EngineBuild => ({ workerUrl: `${url}dist/engine-${of}.js`, wasmUrl: `${url}dist/ort-${of}.wasm`, bytes: 0 });
  const files = await written(given);
  const load: HostToPage['load'] = {
    engines: { wasm: build('wasm'), webgpu: build('webgpu') },
    model: { id: given.id, files: files.map((file) => ({ ...file, url: `${url}given/${file.path}` })) },
    ...{ device, calibrations: [] },
  };
  try {
    return await page.evaluate((asked) => (globalThis as PageGlobal).engine.choose(asked), load);
  } finally {
    await close();
  }
}

/** @throws where the engine cannot be loaded on this path */
export async function openEngine(enginePath: EnginePath, given?: TestModel): Promise<EngineBrowser> {
  const { page, url, close } = await openPage(enginePath);
  try {
    const model = given ? { id: given.id, files: await written(given), base: `${url}given/` } : await bundled(`${url}models/`);
    const question: StartQuestion = {
      path: enginePath,
      modelId: model.id,
      files: model.files.map((file) => ({ ...file, url: `${model.base}${file.path}` })),
      build: { workerUrl: `${url}bundles/worker.js`, wasmUrl: `${url}dist/ort-${deviceOf(enginePath)}.wasm`, bytes: 0 },
    };
    await page.evaluate((start) => (globalThis as PageGlobal).engine.start(start), question);
    return {
      run: (run) => page.evaluate((asked) => (globalThis as PageGlobal).engine.run(asked), run),
      whatIf: (question) => page.evaluate((asked) => (globalThis as PageGlobal).engine.whatIf(asked), question),
      loseGpu: () => page.evaluate(() => (globalThis as PageGlobal).engine.loseGpu()),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether the browser's GPU computes in it; the one in software does not. */
export async function hasHalfPrecision(): Promise<boolean> {
  const { page, close } = await openPage('webgpu-dynamic');
  try {
    return await page.evaluate(async () => (await navigator.gpu.requestAdapter())?.features.has('shader-f16') ?? false);
  } finally {
    await close();
  }
}

interface OpenedPage {
  readonly page: Page;
  readonly url: string;
  readonly close: () => Promise<void>;
}

async function openPage(enginePath: EnginePath): Promise<OpenedPage> {
  const folder = path.join(ROOT, 'test/browser');
  await build({
    entryPoints: { page: path.join(folder, 'page.ts'), worker: path.join(folder, 'worker.ts') },
    ...{ bundle: true, platform: 'browser', format: 'esm', target: 'es2022', outdir: BUNDLES, logLevel: 'warning' },
    conditions: enginePath === 'wasm' ? ['without-webgpu'] : [],
  });
  const server = await serve({
    bundles: BUNDLES,
    test: folder,
    dist: path.join(ROOT, 'dist'),
    models: path.join(ROOT, 'models'),
    given: GIVEN,
  });
  const browser = await launchChromium();
  const close = async (): Promise<void> => {
    await browser.close();
    server.close();
  };
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`${server.url}test/page.html`);
    await page.waitForFunction(() => 'engine' in globalThis);
    return { page, url: server.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function bundled(models: string): Promise<{ id: string; files: readonly CatalogFile[]; base: string }> {
  const { id, files } = parseCatalog(await readFile(path.join(ROOT, 'models/catalog.json'), 'utf8'))[0]!;
  return { id, files, base: `${models}${id}/` };
}

async function written({ files }: TestModel): Promise<CatalogFile[]> {
  const place = async ([name, content]: readonly [string, Buffer]): Promise<CatalogFile> => {
    const file = path.join(GIVEN, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    return { path: name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  };
  return Promise.all([...files].map(place));
}
