/** Tokens a second on wasm, one thread for each side, beside what the memory and the arithmetic of the machine allow. */
import type { BenchBrowser } from './benchBrowser.ts';
import type { Translated } from './browser/translator.ts';
import { report, rounded, spread, sum } from './report.ts';
import type { BenchSession, ModelShape } from './session.ts';
import { both, reportSpeed, tokens, type Pair } from './speedPairs.ts';

const SENTENCES = 200;
const BATCH = 64;
const BATCHES = 7;
/** Read before anything is measured, and not again. */
const WARM_UP = 4;
/** Measures of the memory, spread over the run. */
const BANDWIDTH_ROUNDS = 20;
/** Measures of the arithmetic before each batch, and rows of the product: as many as a batch has tokens. */
const [RATES_OF_BATCH, MULTIPLIED_ROWS] = [5, 256];
/** A byte for each, and a scale in fp32 for 32 of them. */
const BYTES_OF_WEIGHT = 1 + 4 / 32;
const LARGE_BYTES = 256 * 2 ** 20;

/** On wasm: 200 sentences one by one, then batches of 64, each side in a worker with one thread. */
export async function speedOnWasm(session: BenchSession): Promise<void> {
  const browser = await session.open();
  try {
    await startBoth(browser, session);
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
    await startBoth(browser, session);
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

async function startBoth(browser: BenchBrowser, session: BenchSession): Promise<void> {
  for (const side of ['engine', 'peer'] as const) await browser.stop(side);
  await browser.startEngine('wasm');
  await browser.startPeer('wasm');
  for (const text of session.sentences.take(WARM_UP)) await both(browser, [text], 0);
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
