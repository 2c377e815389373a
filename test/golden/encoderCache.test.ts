/** Encoder outputs are kept by content, within a limit, and never disposed of while a decoding works with them. */
import assert from 'node:assert/strict';
import { Engine } from '../../webview/engine/engine.ts';
import { EncoderCache } from '../../webview/engine/encoderCache.ts';
import { generate } from '../../webview/engine/generate.ts';
import type { EncodedSources } from '../../webview/engine/seq2seqModel.ts';
import { config, model, tokenizer } from './bundledModel.ts';

/** The bundled model, and what its encoder was asked for. */
function counted(): { readonly counting: typeof model; readonly encoded: string[]; readonly disposed: string[] } {
  const encoded: string[] = [];
  const disposed: string[] = [];
  const encode = async (sources: readonly (readonly number[])[]): Promise<EncodedSources> => {
    encoded.push(String(sources));
    const found = await model.encode(sources);
    const dispose = (): void => {
      disposed.push(String(sources));
      found.dispose();
    };
    return { ...found, dispose };
  };
  return { counting: { ...model, encode }, encoded, disposed };
}

const idsOf = (text: string): number[] => [...tokenizer.tokenize(text).ids];
const OPEN = idsOf('Open the file.');
const CLOSE = idsOf('Close the file.');
const bytesOf = (ids: readonly number[]): number => ids.length * config.decoderLayers * 2 * config.hiddenSize * 4;
const german = config.tasks.translate.de!.startToken;

describe('encoder cache', () => {
  it('encodes equal sources once, and what it lends decodes to the same target', async () => {
    const { counting, encoded, disposed } = counted();
    const cache = new EncoderCache(counting, 2 ** 20);
    const write = (sources: EncodedSources): Promise<number[][]> =>
      generate(model, sources, [{ source: 0, startToken: german, maxTokens: 20 }]);
    const first = await cache.lend([OPEN], write);
    assert.deepEqual(await cache.lend([OPEN], write), first);
    assert.equal(encoded.length, 1);
    assert.deepEqual(disposed, []);
    await cache.clear();
    assert.deepEqual(disposed, [String(OPEN)]);
  });

  it('disposes of what was used longest ago once the limit is exceeded', async () => {
    const { counting, disposed, encoded } = counted();
    const cache = new EncoderCache(counting, bytesOf(OPEN) + bytesOf(CLOSE));
    const third = idsOf('Save the file.');
    for (const ids of [OPEN, CLOSE, OPEN, third]) await cache.lend([ids], () => Promise.resolve());
    assert.deepEqual(disposed, [String(CLOSE)]);
    await cache.lend([OPEN], () => Promise.resolve());
    assert.equal(encoded.length, 3);
    await cache.clear();
  });

  it('keeps what is in use, however small the limit', async () => {
    const { counting, disposed } = counted();
    const cache = new EncoderCache(counting, 0);
    await cache.lend([OPEN], async () => {
      await cache.lend([OPEN], () => Promise.resolve());
      await cache.lend([CLOSE], () => Promise.resolve());
      await cache.clear();
      assert.deepEqual(disposed, [String(CLOSE)]);
    });
    assert.deepEqual(disposed, [String(CLOSE), String(OPEN)]);
  });

  it('asks again after the encoder has failed', async () => {
    const { counting, encoded } = counted();
    let broken = true;
    const cache = new EncoderCache(
      { config, encode: (sources) => (broken ? Promise.reject(new Error('lost')) : counting.encode(sources)) },
      2 ** 20,
    );
    await assert.rejects(
      cache.lend([OPEN], () => Promise.resolve()),
      /lost/,
    );
    broken = false;
    await cache.lend([OPEN], () => Promise.resolve());
    assert.equal(encoded.length, 1);
    await cache.clear();
  });
});

describe('engine', () => {
  const TEXTS = ['Open the file.', 'The list is empty.', 'Open the file.'];

  it('encodes a selection once for several target languages and beams', async () => {
    const { counting, encoded } = counted();
    const engine = new Engine(counting, tokenizer);
    const runs = [];
    for (const to of ['de', 'fr', 'es'] as const) runs.push((await engine.run({ kind: 'translate', to }, TEXTS)).results);
    await engine.run({ kind: 'translate', to: 'de' }, TEXTS, { beams: 2 });
    assert.equal(encoded.length, 1);
    for (const [index, to] of (['de', 'fr', 'es'] as const).entries()) {
      await engine.forgetEncoded();
      assert.deepEqual((await engine.run({ kind: 'translate', to }, TEXTS)).results, runs[index]);
    }
    await engine.forgetEncoded();
  });

  it('decodes equal texts once, with a result in each of their places', async () => {
    const { counting, encoded } = counted();
    const engine = new Engine(counting, tokenizer);
    let last = 0;
    const { results } = await engine.run({ kind: 'translate', to: 'de' }, TEXTS, { onProgress: ({ finished }) => void (last = finished) });
    assert.equal(encoded.length, 1);
    assert.equal(encoded[0]!.split(',').filter((id) => Number(id) === config.endToken).length, 2);
    assert.deepEqual(
      results.map(({ sourceText }) => sourceText),
      TEXTS,
    );
    assert.equal(results[0], results[2]);
    assert.equal(last, 3);
    await engine.forgetEncoded();
  });
});
