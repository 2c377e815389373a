/** Tokens a second of this engine and of @huggingface/transformers on the same weights, in turn, and what each asks of the GPU for a token. */
import type { Device } from '../../src/shared/engineStatus.ts';
import type { GpuCounts } from './browser/gpuCounters.ts';
import type { Translated } from './browser/translator.ts';
import { report, rounded, spread, sum } from './report.ts';
import type { BenchBrowser } from './benchBrowser.ts';
import type { BenchSession, ModelShape } from './session.ts';

const SENTENCES = 200;
const BATCH = 64;
const BATCHES = 3;
/** Read before anything is measured, and not again. */
const WARM_UP = 4;
/** Measures of the memory, spread over the run. */
const BANDWIDTH_ROUNDS = 20;
/** Measures of the arithmetic before each batch, and rows of the product: as many as a batch has tokens. */
const [RATES_OF_BATCH, MULTIPLIED_ROWS] = [5, 256];
/** A byte for each, and a scale in fp32 for 32 of them. */
const BYTES_OF_WEIGHT = 1 + 4 / 32;
const LARGE_BYTES = 256 * 2 ** 20;

interface Pair {
  readonly engine: Translated;
  readonly peer: Translated;
}

/** On wasm: 200 sentences one by one, then batches of 64, each side in a worker with one thread. */
export async function speedOnWasm(session: BenchSession): Promise<void> {
  const browser = await session.open();
  try {
    await startBoth(browser, 'wasm', session);
    const stepBytes = weightBytesOfStep(session.shape);
    const bandwidth: number[] = [];
    const pairs: Pair[] = [];
    for (const [index, sentence] of session.sentences.take(SENTENCES, WARM_UP).entries()) {
      if (index % (SENTENCES / BANDWIDTH_ROUNDS) === 0) bandwidth.push(...(await browser.readBandwidth(stepBytes, 1)));
      pairs.push(await both(browser, [sentence], index));
    }
    reportSpeed('wasm', 1, pairs);
    reportBandwidth(pairs, stepBytes, bandwidth, await browser.readBandwidth(LARGE_BYTES, 3));
    // New workers: neither side may have kept anything of these sentences.
    await startBoth(browser, 'wasm', session);
    const batches: Pair[] = [];
    const rates: number[] = [];
    // The feed-forward's, the largest part of the model's arithmetic.
    const product = { rows: MULTIPLIED_ROWS, inner: session.shape.d_model, columns: session.shape.encoder_ffn_dim };
    for (let batch = 0; batch < BATCHES; batch++) {
      rates.push(...(await browser.multiplyRate(product, RATES_OF_BATCH)));
      batches.push(await both(browser, session.sentences.take(BATCH, WARM_UP + batch * BATCH), batch));
    }
    reportSpeed('wasm', BATCH, batches);
    reportArithmetic(batches, session.shape, rates);
  } finally {
    await browser.close();
  }
}

interface GpuSizes {
  readonly sentences: number;
  readonly batch: number;
  /** Where targets are cut. */
  readonly targetTokens: number | undefined;
}

const ON_GPU: GpuSizes = { sentences: 50, batch: BATCH, targetTokens: undefined };
/** A GPU in software takes a second for a token. */
const IN_SOFTWARE: GpuSizes = { sentences: 3, batch: 4, targetTokens: 16 };
/** What a token costs the GPU is the difference between targets of these lengths: the encoder and the beginning are in both. */
const [FEW_TOKENS, MANY_TOKENS] = [8, 24];

/** On WebGPU: some sentences one by one, what a token asks of the GPU, one batch. */
export async function speedOnWebgpu(session: BenchSession): Promise<void> {
  const browser = await session.open({ webgpu: true });
  try {
    const adapter = await browser.adapter();
    if (adapter === 'none') {
      report('speed', { device: 'webgpu', notRun: 'The browser has no WebGPU adapter.' });
      return;
    }
    const { sentences, batch, targetTokens } = adapter.includes('swiftshader') ? IN_SOFTWARE : ON_GPU;
    await startBoth(browser, 'webgpu', session);
    const pairs: Pair[] = [];
    for (const [index, sentence] of longest(session, sentences, WARM_UP).entries())
      pairs.push(await both(browser, [sentence], index, targetTokens));
    reportSpeed('webgpu', 1, pairs, { adapter, targetTokens });
    await reportPerToken(browser, longest(session, 1, WARM_UP + 100)[0]!, adapter);
    // What either side does once for so many rows, such as recording a step and checking it, is not what a token takes.
    await both(browser, session.sentences.take(batch, WARM_UP + 300), 0, FEW_TOKENS);
    const texts = session.sentences.take(batch, WARM_UP + 200);
    reportSpeed('webgpu', batch, [await both(browser, texts, 0, targetTokens)], { adapter, targetTokens });
  } finally {
    await browser.close();
  }
}

async function startBoth(browser: BenchBrowser, device: Device, session: BenchSession): Promise<void> {
  for (const side of ['engine', 'peer'] as const) await browser.stop(side);
  await browser.startEngine(device);
  await browser.startPeer(device);
  const texts = session.sentences.take(device === 'wasm' ? WARM_UP : 1);
  for (const text of texts) await both(browser, [text], 0, device === 'wasm' ? undefined : 4);
}

/** Both sides on the same texts, one after the other; who is first changes with every turn. */
async function both(browser: BenchBrowser, texts: readonly string[], turn: number, maxTargetTokens?: number): Promise<Pair> {
  const run = (side: 'engine' | 'peer'): Promise<Translated> => browser.translate(side, texts, maxTargetTokens);
  if (turn % 2 === 0) {
    const engine = await run('engine');
    return { engine, peer: await run('peer') };
  }
  const peer = await run('peer');
  return { engine: await run('engine'), peer };
}

/** The longest of the next hundred sentences: their targets do not end before the limit. */
function longest(session: BenchSession, count: number, first: number): string[] {
  const sentences = session.sentences.take(100, first);
  return sentences.sort((one, other) => other.length - one.length).slice(0, count);
}

const tokens = ({ targetIds }: Translated): number => sum(targetIds.map(({ length }) => length));
const perSecond = (side: Translated): number => tokens(side) / side.modelSeconds;
const same = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((id, index) => id === other[index]);

/** Whether the row has the peer's tokens, as far as no rule of ours (repetition.ts) has taken another one. */
function isGreedy({ targetIds, overruled }: Translated, peer: Translated, row: number): boolean {
  const [ours, theirs, ruled] = [targetIds[row]!, peer.targetIds[row]!, overruled[row]![0]];
  return ruled === undefined ? same(ours, theirs) : same(ours.slice(0, ruled), theirs.slice(0, ruled));
}

function reportSpeed(device: Device, batch: number, pairs: readonly Pair[], also: Readonly<Record<string, unknown>> = {}): void {
  const rows = pairs.flatMap(({ engine, peer }) => engine.targetIds.map((_, row) => isGreedy(engine, peer, row)));
  const sources = pairs.flatMap(({ engine, peer }) => engine.sourceIds.map((ids, row) => same(ids, peer.sourceIds[row]!)));
  const { median, ...ratio } = spread(pairs.map(({ engine, peer }) => perSecond(engine) / perSecond(peer)));
  report('speed', {
    device,
    batch,
    ratio: median,
    ratioLow: ratio.low,
    ratioHigh: ratio.high,
    endToEndRatio: spread(pairs.map(({ engine, peer }) => tokens(engine) / engine.seconds / (tokens(peer) / peer.seconds))).median,
    unit: 'target tokens/s, encoder included',
    engine: spread(pairs.map(({ engine }) => perSecond(engine))),
    peer: spread(pairs.map(({ peer }) => perSecond(peer))),
    outputs: rows.length,
    equalOutputs: rows.filter(Boolean).length,
    overruledOutputs: sum(pairs.map(({ engine }) => engine.overruled.filter(({ length }) => length > 0).length)),
    equalSources: sources.filter(Boolean).length,
    ...also,
  });
}

/**
 * Bytes of weights that one step of one target reads: per layer the self-attention's four matrices, two of the cross-attention (its keys and
 * values are made once), the feed-forward's two; then the tokens that are candidates for every source. What a ReLU leaves out, a source's own
 * candidates and the whole vocabulary where nobody is certain are not counted.
 */
function weightBytesOfStep({ d_model, decoder_layers, decoder_ffn_dim, saccade }: ModelShape): number {
  return BYTES_OF_WEIGHT * d_model * (decoder_layers * (6 * d_model + 2 * decoder_ffn_dim) + saccade.shortlist.always);
}

function reportBandwidth(pairs: readonly Pair[], stepBytes: number, cached: readonly number[], large: readonly number[]): void {
  const read = pairs.map(({ engine }) => (stepBytes * tokens(engine)) / (engine.decodeSeconds ?? engine.modelSeconds));
  const limit = spread(cached).median;
  report('speed', {
    device: 'wasm',
    batch: 1,
    shareOfBandwidth: rounded(spread(read).median / limit),
    weightMegabytesOfStep: rounded(stepBytes / 1e6),
    unit: 'GB/s',
    engine: spread(read.map((value) => value / 1e9)),
    readingAsMuch: spread(cached.map((value) => value / 1e9)),
    readingPastTheCaches: spread(large.map((value) => value / 1e9)),
  });
}

/**
 * Operations that a batch cannot do without: every source token through the encoder and the cross-attention's keys and values, every target
 * token through the decoder's layers. What the output layer does depends on the shortlist, and attention does little; neither is counted.
 */
function leastOperations(
  { d_model, encoder_layers, encoder_ffn_dim, decoder_layers, decoder_ffn_dim }: ModelShape,
  side: Translated,
): number {
  const ofSource = encoder_layers * (4 * d_model + 2 * encoder_ffn_dim) + decoder_layers * 2 * d_model;
  const ofTarget = decoder_layers * (6 * d_model + 2 * decoder_ffn_dim);
  return 2 * d_model * (ofSource * sum(side.sourceIds.map(({ length }) => length)) + ofTarget * tokens(side));
}

function reportArithmetic(pairs: readonly Pair[], shape: ModelShape, rates: readonly number[]): void {
  const done = pairs.map(({ engine }) => leastOperations(shape, engine) / engine.modelSeconds);
  report('speed', {
    device: 'wasm',
    batch: BATCH,
    shareOfArithmetic: rounded(spread(done).median / spread(rates).median),
    unit: '1e9 floating-point operations/s',
    engine: spread(done.map((rate) => rate / 1e9)),
    matrixProduct: spread(rates.map((rate) => rate / 1e9)),
  });
}

async function reportPerToken(browser: BenchBrowser, sentence: string, adapter: string): Promise<void> {
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
  report('speed', {
    device: 'webgpu',
    batch: 1,
    unit: 'per target token',
    engine,
    peer,
    dispatchShare: rounded(engine.dispatches / peer.dispatches),
    adapter,
  });
}
