/** What every bench is given: the bundled model, sentences, and a browser with the page of the bench in it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { parseCatalog, type CatalogModel } from '../../src/models/catalog.ts';
import { parseModelConfig, type OwnModelConfig } from '../../webview/engine/modelConfig.ts';
import { openBrowser, type BenchBrowser } from './benchBrowser.ts';
import { ensureHubLayout } from './hubLayout.ts';
import { ensurePeerPackages, peerVersion } from './peerPackages.ts';
import { bundles, hub, packages, root } from './places.ts';
import { report } from './report.ts';
import { readSentences, type Sentences } from './sentences.ts';
import { serve } from './server.ts';

export interface BenchSession {
  readonly model: CatalogModel;
  readonly config: OwnModelConfig;
  /** The part of config.json that says how large the model is. */
  readonly shape: ModelShape;
  readonly sentences: Sentences;
  /** A new browser with an empty cache, and the page in it. */
  open(options?: { readonly webgpu?: boolean }): Promise<BenchBrowser>;
  close(): void;
}

export interface ModelShape {
  readonly d_model: number;
  readonly encoder_layers: number;
  readonly encoder_ffn_dim: number;
  readonly decoder_layers: number;
  readonly decoder_ffn_dim: number;
  readonly saccade: { readonly shortlist: { readonly always: number } };
}

export async function beginSession(): Promise<BenchSession> {
  await ensurePeerPackages();
  const model = parseCatalog(await readFile(path.join(root, 'models/catalog.json'), 'utf8'))[0]!;
  await ensureHubLayout(model);
  await bundle();
  const json: unknown = JSON.parse(await readFile(path.join(root, 'models', model.id, 'config.json'), 'utf8'));
  const config = parseModelConfig(json);
  const sentences = await readSentences(config.protection);
  const server = await serve({
    bundles,
    hub,
    dist: path.join(root, 'dist'),
    models: path.join(root, 'models'),
    runtime: path.join(packages, 'onnxruntime-web/dist'),
  });
  report('machine', {
    processors: `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    load: loadavg().map((value) => Number(value.toFixed(1))),
    node: process.version,
    commit: spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout.trim(),
    model: model.id,
    input: sentences.source,
    peer: `@huggingface/transformers ${await peerVersion('@huggingface/transformers')}`,
  });
  return {
    model,
    config,
    shape: json as ModelShape,
    sentences,
    open: ({ webgpu = false } = {}) => openBrowser(model, server, webgpu),
    close: () => server.close(),
  };
}

/** The page and the workers of both sides, each from its own onnxruntime-web: ours from the project, the peer's from what npm gave it. */
async function bundle(): Promise<void> {
  const folder = path.join(root, 'test/bench/browser');
  const common: BuildOptions = {
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    minify: true,
    outdir: bundles,
    nodePaths: [packages],
    logLevel: 'warning',
  };
  const engine = path.join(folder, 'engineWorker.ts');
  await build({ ...common, entryPoints: { page: path.join(folder, 'page.ts'), peer: path.join(folder, 'peerWorker.ts') } });
  await build({ ...common, entryPoints: { 'engine-webgpu': engine } });
  await build({ ...common, entryPoints: { 'engine-wasm': engine }, conditions: ['without-webgpu'] });
  await mkdir(bundles, { recursive: true });
  await writeFile(path.join(bundles, 'index.html'), '<!doctype html><title>bench</title><script type="module" src="page.js"></script>');
  for (const file of ['ort-wasm.wasm', 'ort-webgpu.wasm']) {
    if (!existsSync(path.join(root, 'dist', file))) throw new Error(`dist/${file} is missing: run "npm run build" first.`);
  }
}
