/** The store from the command line: a model is added from a server that plays the Hub, used by every command, and removed. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { readSavedRun } from '../../src/shared/export/savedRun.ts';
import { startHub, tinyModel, type HubServer } from '../hubServer.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MARIAN = path.join(ROOT, 'test/fixtures/hub-models/marian');
const ID = 'tiny/opus-mt-en-de';

describe('models on the command line', () => {
  const store = mkdtempSync(path.join(tmpdir(), 'saccade-cli-store-'));
  let hub: HubServer;
  before(async () => (hub = await startHub(new Map([[ID, tinyModel(MARIAN)]]))));
  after(async () => {
    await hub.stop();
    for (const folder of [store, `${store}-own`]) rmSync(folder, { recursive: true, force: true });
  });

  function saccade(words: readonly string[], input = ''): Promise<{ code: number; out: string; error: string }> {
    const env = { ...process.env, SACCADE_STORE: store, HF_ENDPOINT: hub.url };
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [path.join(ROOT, 'dist/cli.js'), ...words], { env }, (error, out, said) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, error: said });
      });
      child.stdin!.end(input);
    });
  }

  it('say what would be fetched, and fetch nothing without a yes', async () => {
    const { code, error } = await saccade(['models', 'add', ID]);
    assert.equal(code, 1);
    assert.match(error, /tiny\/opus-mt-en-de \(fp32\): 0\.\d MB into .*; licence: apache-2\.0/);
    assert.match(error, /Nothing was fetched/);
    assert.deepEqual([hub.requests, readdirSync(store)], [[], []]);
  });

  it('are added, listed, used and removed', async () => {
    assert.equal((await saccade(['models', 'add', ID, '--yes'])).code, 0);
    assert.match((await saccade(['models', 'list'])).out, /^tiny\/opus-mt-en-de\t0\.\d MB\tapache-2\.0\ttranslate:de\n$/);
    const { cases } = JSON.parse(gunzipSync(readFileSync(path.join(MARIAN, 'golden.json.gz'))).toString()) as {
      cases: { text: string; targetIds: number[] }[];
    };
    const { text, targetIds } = cases[0]!;
    const { out } = await saccade(['translate', '--to', 'de', '--model', ID, '--scores'], text);
    const written = JSON.parse(out) as { targetIds: number[] };
    assert.deepEqual(written.targetIds.slice(0, targetIds.length), targetIds);
    const inspected = readSavedRun((await saccade(['inspect', '--json', '--to', 'de', '--model', ID], text)).out);
    assert.equal(inspected.model.id, ID);
    assert.deepEqual(inspected.inspection.mismatches, []);
    assert.equal((await saccade(['models', 'remove', ID])).code, 0);
    assert.equal((await saccade(['models', 'list'])).out, '');
    const gone = await saccade(['translate', '--to', 'de', '--model', ID], text);
    assert.match(gone.error, /neither a model folder nor a model of the store/);
  });

  it('do what their owner says, where their files do not tell', async () => {
    const folder = path.join(store, 'checkpoint');
    for (const [name, content] of tinyModel(MARIAN)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
    assert.equal((await saccade(['models', 'add', folder, '--yes', '--does', 'translate:fr', '--store', `${store}-own`])).code, 0);
    assert.match((await saccade(['models', 'list', '--store', `${store}-own`])).out, /^checkpoint\t.*\ttranslate:fr\n$/);
    const words = ['translate', '--to', 'fr', '--scores', '--model', 'checkpoint', '--store', `${store}-own`];
    assert.equal((await saccade(words, 'open the file')).code, 0);
    assert.match((await saccade(words.with(2, 'es'), 'open the file')).error, /does not translate into "es"/);
  });

  it('are had in the variant that is asked for', async () => {
    assert.equal((await saccade(['models', 'add', ID, '--yes', '--variant', 'q8'])).code, 0);
    assert.match((await saccade(['models', 'add', ID, '--yes', '--variant', 'bnb4'])).error, /has: fp32, q8, q4, fp16\./);
    assert.equal((await saccade(['summarise', '--model', ID], 'open')).code, 1);
    const fetched = hub.requests.map(({ path: name }) => name).filter((name) => name.startsWith('onnx/'));
    assert.ok(
      fetched.slice(-2).every((name) => name.endsWith('_quantized.onnx')),
      'no other is fetched',
    );
  });

  it('are run in the most exact variant that can be, and a broken one is passed over', async () => {
    const folder = path.join(store, 'two');
    for (const [name, content] of tinyModel(MARIAN, /^(encoder_model|decoder_model_merged)(_q4)?\.onnx/)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), name === 'onnx/encoder_model.onnx' ? content.subarray(0, 5000) : content);
    }
    const forms = JSON.parse(gunzipSync(readFileSync(path.join(MARIAN, 'forms.json.gz'))).toString()) as {
      q4: { cases: { targetIds: number[] }[] };
    };
    const { out } = await saccade(['translate', '--model', folder, '--scores'], 'open the file');
    const { targetIds } = forms.q4.cases[0]!;
    assert.deepEqual((JSON.parse(out) as { targetIds: number[] }).targetIds.slice(0, targetIds.length), targetIds);
  });

  for (const [words, message] of [
    [['models'], /needs add, list or remove/],
    [['models', 'add'], /models add needs a model/],
    [['models', 'add', 'x/y', '--does', 'sing'], /--does sing is neither/],
    [['models', 'remove', 'none'], /none is no model of the store/],
    [['models', 'add', 'tiny/none', '--yes'], /does not have tiny\/none/],
    [['models', 'add', '../etc', '--yes'], /is no name of a model/],
  ] as const) {
    it(`say in one line what is wrong with "${words.join(' ')}"`, async () => {
      const { code, error } = await saccade(words);
      assert.equal(code, 1);
      assert.match(error, message);
      assert.equal(error.trimEnd().split('\n').length, 1);
    });
  }
});
