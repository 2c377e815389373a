/** Whatever goes wrong while a model is added is one clear error, and never a half model that loads. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { addModel } from '../../src/models/store/addModel.ts';
import { hubSource } from '../../src/models/store/hubSource.ts';
import { filesOf, variantsOf } from '../../src/models/variants.ts';
import { GRAPH, HubAndStore, ID, NEVER, times } from './hubAndStore.ts';

describe('a model that cannot be added', () => {
  const at = new HubAndStore();

  for (const [status, message] of [
    [401, /does not show .* to everybody.*Set Hub Token/],
    [403, /accept them on its page/],
    [404, /does not have tiny\/opus-mt-en-de\. Check the name/],
    [429, /asked too often/],
    [500, /does not work at the moment \(status 500\)/],
  ] as const) {
    it(`says what ${status} means, of the model and of a file`, async () => {
      at.hub.troubles.set('', [{ kind: 'status', status }]);
      await at.assertRefused(message);
      at.hub.troubles.set(GRAPH, times(3, { kind: 'status', status }));
      await at.assertRefused(message);
    });
  }

  it('is given up where the server says nothing, at once or in the middle', async () => {
    at.hub.troubles.set('', [{ kind: 'silent', after: 0 }]);
    await at.assertRefused(/did not answer within 0.3 seconds/);
    at.hub.troubles.set(GRAPH, times(3, { kind: 'silent', after: 0 }));
    await at.assertRefused(/did not answer within 0.3 seconds/);
    at.hub.troubles.set(GRAPH, [{ kind: 'silent', after: 700 }]);
    await at.assertAdded();
  });

  it('says that nobody is there', async () => {
    const { url } = at.hub;
    await assert.rejects(
      hubSource(ID, at.access({ endpoint: url.replace(/\d+$/, '1') }), NEVER),
      /connection to .* failed \(.*\)\. Check the network/,
    );
  });

  it('says that the server is another one', async () => {
    const other: typeof fetch = () => Promise.resolve(new Response('<html>', { headers: { 'content-type': 'text/html' } }));
    await assert.rejects(hubSource(ID, at.access({ fetch: other }), NEVER), /does not answer as the Hub does/);
  });

  it('ends where the user cancels, and keeps what has come', async () => {
    const cancel = new AbortController();
    await assert.rejects(
      at.add(ID, cancel.signal, (done) => done > 3000 && cancel.abort()),
      /aborted/,
    );
    assert.deepEqual(await at.store.models(), []);
    const [left] = await at.store.remains();
    assert.ok(left!.bytes > 0);
    await at.store.remove(left!);
    assert.deepEqual([await at.store.remains(), await at.store.bytes()], [[], 0]);
  });

  it('says that the disk is full', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const staged = await at.store.stage({ id: ID }, '0123456789ab-fp32');
    mkdirSync(path.join(staged, 'onnx'));
    symlinkSync('/dev/full', path.join(staged, GRAPH));
    await at.assertRefused(/The disk with .* is full\. Make room/);
  });

  it('is refused before its graphs are fetched where it is of another kind', async () => {
    await at.assertRefused(/of the type "bert", which is not supported/, 'tiny/bert');
    assert.deepEqual(at.rangesOf(GRAPH), []);
    assert.deepEqual(await at.store.remains(), []);
  });

  it('is refused before anything is fetched where its tokenizer has 200 MB', async () => {
    const source = await hubSource(ID, at.access(), NEVER);
    const large = {
      ...source,
      files: source.files.map((file) => (file.path === 'tokenizer.json' ? { ...file, bytes: 200 * 2 ** 20 } : file)),
    };
    const wanted = filesOf(variantsOf(large.files), large.files);
    const adding = addModel(at.store, large, wanted, { name: ID, signal: NEVER, onProgress: () => undefined });
    await assert.rejects(adding, /tokenizer\.json has 200 MB, which is too much/);
    assert.deepEqual([at.hub.requests, await at.store.models()], [[], []]);
  });
});
