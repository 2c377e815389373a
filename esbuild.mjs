/** Bundles the three machines, the command line, the preview and the host tests into dist/. `--watch` rebuilds on change. */
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { context, build } from 'esbuild';
import { compileKernels } from './webview/kernels/compile.mjs';

const common = { bundle: true, logLevel: 'warning', sourcemap: 'linked', minify: true, target: 'es2022', legalComments: 'none' };
const hostTests = (await readdir('test/host')).filter((name) => name.endsWith('.test.ts')).map((name) => `test/host/${name}`);

/** A host's module. Some packages' entry for Node cannot be bundled: it looks for its parts when it runs. */
const forHost = { format: 'cjs', external: ['vscode'], mainFields: ['module', 'main'] };
/** Needs no Node. Some extension hosts in a browser add ".js" to whatever the manifest names, and take a plain ".js" for a module they cannot load. */
const forBrowserHost = (/** @type {Record<string, string>} */ entryPoints) =>
  ['.cjs', '.cjs.js'].map((extension) => ({ ...forHost, entryPoints, platform: 'browser', outExtension: { '.js': extension } }));

const bundles = [
  {
    ...forHost,
    entryPoints: { extension: 'src/extension.ts', readerThread: 'src/readerThread.ts' },
    platform: 'node',
    outExtension: { '.js': '.cjs' },
  },
  ...forBrowserHost({ webExtension: 'src/extension.ts', 'test/webHost': 'test/host/webHost.ts' }),
  // A worker of VS Code's in a browser is a script, not a module.
  { ...forHost, entryPoints: { webReaderThread: 'src/readerThread.ts' }, platform: 'browser', format: 'iife' },
  { entryPoints: { page: 'webview/main.ts' }, platform: 'browser', format: 'esm' },
  { entryPoints: { panel: 'webview/panel/panel.css' } },
  // Goes into every exported page, where a link to a source map would lead nowhere.
  { entryPoints: { viewer: 'webview/viewer.ts' }, platform: 'browser', format: 'esm', sourcemap: false },
  { entryPoints: { viewer: 'webview/viewer.css' }, sourcemap: false },
  { entryPoints: { 'engine-webgpu': 'webview/engine/worker.ts' }, platform: 'browser', format: 'esm' },
  { entryPoints: { 'engine-wasm': 'webview/engine/worker.ts' }, platform: 'browser', format: 'esm', conditions: ['without-webgpu'] },
  {
    entryPoints: { 'test/preview/page': 'test/preview/page.ts', 'test/preview/shell': 'test/preview/shell.ts' },
    platform: 'browser',
    format: 'esm',
  },
  { entryPoints: { cli: 'src/cli.ts' }, platform: 'node', format: 'esm' },
  {
    entryPoints: {
      'test/host/index': 'test/host/run.ts',
      ...Object.fromEntries(hostTests.map((file) => [file.replace(/\.ts$/, ''), file])),
    },
    platform: 'node',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha'],
  },
].map((bundle) => ({ ...common, outdir: 'dist', ...bundle }));

await mkdir('dist', { recursive: true });
await compileKernels();
await copyFile('node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.wasm', 'dist/ort-webgpu.wasm');
await copyFile('node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm', 'dist/ort-wasm.wasm');
await copyFile('node_modules/vscode-oniguruma/release/onig.wasm', 'dist/onig.wasm');

if (process.argv.includes('--watch')) {
  for (const bundle of bundles) await (await context(bundle)).watch();
} else {
  await Promise.all(bundles.map((bundle) => build(bundle)));
}
