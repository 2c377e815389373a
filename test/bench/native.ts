/** The model's graphs under onnxruntime-node, one thread, in turn with the browser's kernels: how far the browser is from native. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { readModelFolder } from '../../src/cli/modelFolder.ts';
import type { Engine } from '../../webview/engine/engine.ts';
import type { TaskRun } from '../../webview/engine/taskRun.ts';
import type { Translated } from './browser/translator.ts';
import { output, packages, root } from './places.ts';
import { report, spread, sum } from './report.ts';
import { TARGET } from './benchBrowser.ts';
import type { BenchSession } from './session.ts';

const SENTENCES = 60;
const BATCH = 64;
const BATCHES = 3;
const WARM_UP = 4;

export async function native(session: BenchSession): Promise<void> {
  const engine = await loadNativeEngine();
  const browser = await session.open();
  const run = (texts: readonly string[]): Promise<TaskRun> => engine.run({ kind: 'translate', to: TARGET }, texts);
  const both = async (texts: readonly string[], turn: number): Promise<readonly [Figures, Figures]> => {
    if (turn % 2 === 0) return [inBrowser(await browser.translate('engine', texts)), inNode(await run(texts))];
    const node = inNode(await run(texts));
    return [inBrowser(await browser.translate('engine', texts)), node];
  };
  try {
    await browser.startEngine('wasm');
    for (const text of session.sentences.take(WARM_UP)) await both([text], 0);
    const measured = new Map<number, (readonly [Figures, Figures])[]>([
      [1, []],
      [BATCH, []],
    ]);
    for (const [index, text] of session.sentences.take(SENTENCES, WARM_UP).entries()) measured.get(1)!.push(await both([text], index));
    for (let batch = 0; batch < BATCHES; batch++)
      measured.get(BATCH)!.push(await both(session.sentences.take(BATCH, WARM_UP + SENTENCES + batch * BATCH), batch));
    for (const [batch, pairs] of measured) {
      const { median, low, high } = spread(pairs.map(([wasm, node]) => wasm.perSecond / node.perSecond));
      report('native', {
        device: 'wasm',
        batch,
        ratio: median,
        ratioLow: low,
        ratioHigh: high,
        unit: 'target tokens/s, encoder included, one thread each',
        browser: spread(pairs.map(([wasm]) => wasm.perSecond)),
        native: spread(pairs.map(([, node]) => node.perSecond)),
        equalOutputs: sum(pairs.map(([wasm, node]) => wasm.targets.filter((ids, row) => ids === node.targets[row]).length)),
        outputs: sum(pairs.map(([wasm]) => wasm.targets.length)),
      });
    }
  } finally {
    await browser.close();
    await engine.release();
  }
}

interface Figures {
  readonly perSecond: number;
  /** Target ids of each text, joined. */
  readonly targets: readonly string[];
}

function figures(targetIds: readonly (readonly number[])[], seconds: number): Figures {
  return { perSecond: sum(targetIds.map(({ length }) => length)) / seconds, targets: targetIds.map((ids) => ids.join(' ')) };
}

const inBrowser = ({ targetIds, modelSeconds }: Translated): Figures => figures(targetIds, modelSeconds);
const inNode = ({ results, encodeSeconds, decodeSeconds }: TaskRun): Figures =>
  figures(
    results.map((result) => result.targetIds),
    encodeSeconds + decodeSeconds,
  );

/** nativeEngine.ts bundled with nativeRuntime.ts where the others have onnxruntime-web. */
async function loadNativeEngine(): Promise<Engine> {
  const file = path.join(output, 'nativeEngine.mjs');
  const runtime = createRequire(path.join(packages, 'package.json')).resolve('onnxruntime-node');
  await build({
    entryPoints: [path.join(root, 'test/bench/nativeEngine.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins: [
      {
        name: 'native-runtime',
        setup(esbuild) {
          esbuild.onResolve({ filter: /^#onnxruntime$/ }, () => ({ path: path.join(root, 'test/bench/nativeRuntime.ts') }));
          esbuild.onResolve({ filter: /^onnxruntime-node$/ }, () => ({ path: pathToFileURL(runtime).href, external: true }));
        },
      },
    ],
  });
  const { loadNativeEngine: load } = (await import(pathToFileURL(file).href)) as typeof import('./nativeEngine.ts');
  return load(await readModelFolder(root, undefined));
}
