/** Time and memory of 1 to 5,000 sentences: time is to grow as their number does, memory not at all. */
import { readFile, writeFile } from 'node:fs/promises';
import { readModelFolder } from '../../src/cli/modelFolder.ts';
import { loadEngine } from '../../webview/engine/loadEngine.ts';
import { root } from './places.ts';
import { report, rounded, sum } from './report.ts';
import { TARGET } from './benchBrowser.ts';
import type { BenchSession } from './session.ts';

/** There and back, so that a machine that becomes busier or quieter meanwhile does not bend the line. */
const SIZES = [1, 10, 100, 1000, 5000, 1000, 100];
/** Before anything is measured; as many as fill every batch, so that what grows with the batch has grown. */
const WARM_UP = 128;
/** Times and sizes of the fit: below this, one sentence's length decides. */
const FITTED_FROM = 100;

interface Measure {
  readonly sentences: number;
  readonly targetTokens: number;
  readonly seconds: number;
}

/** In the browser: one worker does all sizes. */
export async function scaleInBrowser(session: BenchSession): Promise<void> {
  const browser = await session.open();
  try {
    await browser.startEngine('wasm');
    await browser.translate('engine', session.sentences.take(WARM_UP));
    const renderer = await browser.rendererProcess();
    const done: Measure[] = [];
    for (const size of SIZES) {
      await resetPeak(renderer);
      const { seconds, targetIds } = await browser.translate(
        'engine',
        session.sentences.take(size, WARM_UP + sum(done.map(({ sentences }) => sentences))),
      );
      done.push({ sentences: size, targetTokens: sum(targetIds.map(({ length }) => length)), seconds });
      report('scale', {
        where: 'browser',
        device: 'wasm',
        ...figures(done.at(-1)!),
        wasmHeapMegabytes: megabytes(await browser.wasmHeapBytes()),
        jsHeapMegabytes: megabytes(await browser.workerHeapBytes()),
        peakProcessMegabytes: await peakMegabytes(renderer),
      });
    }
    reportFit('browser', done);
  } finally {
    await browser.close();
  }
}

/** What the command line works on at a time (src/cli/textStream.ts). */
const GROUP = 128;

/** In Node, as the command line runs: wasm in this process, a group of sentences after the other, of which nothing is kept. */
export async function scaleInNode({ sentences }: BenchSession): Promise<void> {
  const engine = await loadEngine(await readModelFolder(root, undefined));
  await engine.run({ kind: 'translate', to: TARGET }, sentences.take(WARM_UP));
  const done: Measure[] = [];
  for (const size of SIZES) {
    await resetPeak(process.pid);
    const first = WARM_UP + sum(done.map((one) => one.sentences));
    const begun = performance.now();
    let targetTokens = 0;
    for (let start = 0; start < size; start += GROUP) {
      const { results } = await engine.run({ kind: 'translate', to: TARGET }, sentences.take(Math.min(GROUP, size - start), first + start));
      await engine.forgetEncoded();
      targetTokens += sum(results.map(({ targetIds }) => targetIds.length));
    }
    done.push({ sentences: size, targetTokens, seconds: (performance.now() - begun) / 1000 });
    report('scale', { where: 'node', device: 'wasm', ...figures(done.at(-1)!), peakProcessMegabytes: await peakMegabytes(process.pid) });
  }
  await engine.release();
  reportFit('node', done);
}

function figures({ sentences, targetTokens, seconds }: Measure): Readonly<Record<string, number>> {
  return { sentences, seconds: rounded(seconds), targetTokens, tokensPerSecond: rounded(targetTokens / seconds) };
}

/** Least squares of log(seconds) over log(target tokens), which is the text's length; 1 is linear. */
function reportFit(where: string, measures: readonly Measure[]): void {
  const points = measures
    .filter(({ sentences }) => sentences >= FITTED_FROM)
    .map(({ targetTokens, seconds }) => ({ x: Math.log(targetTokens), y: Math.log(seconds) }));
  const mean = (values: readonly number[]): number => sum(values) / values.length;
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const slope = sum(points.map((point) => (point.x - x) * (point.y - y))) / sum(points.map((point) => (point.x - x) ** 2));
  report('scale', { where, device: 'wasm', exponentOfTime: rounded(slope), from: FITTED_FROM, to: Math.max(...SIZES) });
}

function megabytes(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : rounded(bytes / 1e6);
}

/** Linux keeps the largest resident set of a process, and forgets it on request; elsewhere there is no figure. */
async function resetPeak(pid: number | undefined): Promise<void> {
  if (process.platform === 'linux' && pid !== undefined) await writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => undefined);
}

async function peakMegabytes(pid: number | undefined): Promise<number | undefined> {
  if (process.platform !== 'linux' || pid === undefined) return undefined;
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return kilobytes === undefined ? undefined : rounded((Number(kilobytes) * 1024) / 1e6);
}
