/** Tokens a second on WebGPU, on each way of running the model that the GPU has, and what a token asks of the GPU. */
import type { EnginePath } from '../../src/shared/engineStatus.ts';
import type { BenchBrowser } from './benchBrowser.ts';
import type { GpuCounts } from './browser/gpuCounters.ts';
import { report, rounded, spread } from './report.ts';
import type { BenchSession } from './session.ts';
import { both, reportSpeed, tokens, type Pair } from './speedPairs.ts';

interface GpuSizes {
  readonly paths: readonly EnginePath[];
  readonly sentences: number;
  readonly batch: number;
  readonly batches: number;
  /** Where targets are cut. */
  readonly targetTokens: number | undefined;
}

/** A GPU in software takes a second for a token. */
const IN_SOFTWARE: GpuSizes = { paths: ['webgpu'], sentences: 3, batch: 4, batches: 1, targetTokens: 16 };
/** Longest sentences of the next so many, whose targets do not end before a limit. */
const CHOSEN_FROM = 100;
/** What a token costs the GPU is the difference between targets of these lengths: the encoder and the beginning are in both. */
const [FEW_TOKENS, MANY_TOKENS] = [8, 24];
const WARM_UP_TOKENS = 4;

/** Some sentences one by one, what a token asks of the GPU, batches. */
export async function speedOnWebgpu(session: BenchSession): Promise<void> {
  const browser = await session.open({ webgpu: true });
  try {
    const gpu = await browser.gpu();
    if (!gpu) {
      report('speed', { device: 'webgpu', notRun: 'The browser has no WebGPU adapter.' });
      return;
    }
    const { name: adapter, hasHalf, hasSubgroups, paths } = gpu;
    report('speed', { device: 'webgpu', adapter, hasHalf, hasSubgroups, browser: browser.version });
    const inSoftware = adapter.includes('swiftshader');
    const sizes = inSoftware ? IN_SOFTWARE : { paths, sentences: 50, batch: 64, batches: 3, targetTokens: undefined };
    await browser.startPeer('webgpu');
    for (const path of sizes.paths) await speedOn(path, browser, session, sizes);
  } finally {
    await browser.close();
  }
}

async function speedOn(path: EnginePath, browser: BenchBrowser, { sentences }: BenchSession, sizes: GpuSizes): Promise<void> {
  const { batch, batches, targetTokens } = sizes;
  await browser.stop('engine');
  const started = await browser.startEngine(path).catch((error: unknown) => {
    if (!String(error).includes('SaccadeError')) throw error;
    report('speed', { device: 'webgpu', path, notRun: String(error) });
    return undefined;
  });
  if (!started) return;
  const start = { model: rounded(started.model), warmUp: rounded(started.warmUp) };
  await both(browser, sentences.take(1), 0, WARM_UP_TOKENS);
  const longest = (count: number, first: number): string[] =>
    [...sentences.take(CHOSEN_FROM, first)].sort((one, other) => other.length - one.length).slice(0, count);
  const pairs: Pair[] = [];
  for (const [index, sentence] of longest(sizes.sentences, CHOSEN_FROM).entries())
    pairs.push(await both(browser, [sentence], index, targetTokens));
  reportSpeed('webgpu', 1, pairs, { path, start, decoder: decoderOnly(pairs), targetTokens });
  await reportPerToken(path, browser, longest(1, 2 * CHOSEN_FROM)[0]!);
  const first = 3 * CHOSEN_FROM;
  // What either side does once for so many rows, such as recording a step and checking it, is not what a token takes.
  await both(browser, sentences.take(batch, first), 0, FEW_TOKENS);
  const inBatches: Pair[] = [];
  for (let index = 0; index < batches; index++)
    inBatches.push(await both(browser, sentences.take(batch, first + (index + 1) * batch), index, targetTokens));
  reportSpeed('webgpu', batch, inBatches, { path, decoder: decoderOnly(inBatches), targetTokens });
}

/** This engine's target tokens/s without the encoder. */
function decoderOnly(pairs: readonly Pair[]): ReturnType<typeof spread> {
  return spread(pairs.map(({ engine }) => tokens(engine) / engine.decodeSeconds!));
}

async function reportPerToken(path: EnginePath, browser: BenchBrowser, sentence: string): Promise<void> {
  const perToken: Record<string, GpuCounts> = {};
  for (const side of ['engine', 'peer'] as const) {
    const few = await browser.translate(side, [sentence], FEW_TOKENS);
    const many = await browser.translate(side, [sentence], MANY_TOKENS);
    const difference = tokens(many) - tokens(few);
    if (difference < 1) throw new Error(`The target of "${sentence}" ends before ${FEW_TOKENS} tokens.`);
    const each = (name: keyof GpuCounts): number => rounded((many.gpu[name] - few.gpu[name]) / difference);
    perToken[side] = {
      dispatches: each('dispatches'),
      passes: each('passes'),
      bufferWrites: each('bufferWrites'),
      bindGroups: each('bindGroups'),
      maps: each('maps'),
      submits: each('submits'),
    };
  }
  const { engine, peer } = perToken as { engine: GpuCounts; peer: GpuCounts };
  const dispatchShare = rounded(engine.dispatches / peer.dispatches);
  report('speed', { device: 'webgpu', path, batch: 1, unit: 'per target token', engine, peer, dispatchShare });
}
