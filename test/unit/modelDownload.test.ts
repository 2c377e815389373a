/** Models that are added from a server that plays the Hub: whatever goes wrong is one clear error, and never a half model that loads. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { modelBytes } from '../../src/models/catalog.ts';
import { addModel } from '../../src/models/store/addModel.ts';
import { hubSource, type HubAccess } from '../../src/models/store/hubSource.ts';
import { filesOf, variantsOf } from '../../src/models/variants.ts';
import { ModelStore, type StoredModel } from '../../src/models/store/modelStore.ts';
import { SaccadeError } from '../../src/shared/failure.ts';
import { startHub, tinyModel, type HubServer, type Trouble } from '../hubServer.mjs';

const FIXTURES = fileURLToPath(new URL('../fixtures/hub-models/', import.meta.url));
const ID = 'tiny/opus-mt-en-de';
const GRAPH = 'onnx/encoder_model.onnx';
const times = (count: number, trouble: Trouble): Trouble[] => new Array<Trouble>(count).fill(trouble);
const NEVER = new AbortController().signal;

describe('a model of the Hub', () => {
  const files = tinyModel(path.join(FIXTURES, 'marian'), /^(encoder_model|decoder_model_merged)\.onnx/);
  let hub: HubServer;
  let folder: string;
  let store: ModelStore;

  beforeEach(async () => {
    const damaged = new Map(files).set('config.json', Buffer.from('{"model_type":"bert"}'));
    const models = [[ID, files] as const, ['tiny/bert', damaged] as const];
    hub = await startHub(new Map(models));
    folder = mkdtempSync(path.join(tmpdir(), 'saccade-store-'));
    store = new ModelStore(folder);
  });
  afterEach(async () => {
    await hub.stop();
    rmSync(folder, { recursive: true });
  });

  const access = (more: Partial<HubAccess> = {}): HubAccess => ({
    endpoint: hub.url,
    token: undefined,
    fetch,
    patienceSeconds: 0.3,
    ...more,
  });

  async function add(id = ID, signal = NEVER, onProgress: (done: number, total: number) => void = () => undefined): Promise<StoredModel> {
    const source = await hubSource(id, access(), signal);
    const wanted = filesOf(variantsOf(source.files), source.files);
    return addModel(store, source, wanted, { name: id, signal, onProgress });
  }

  /** It is refused with these words, and nothing of it is a model. */
  async function assertRefused(message: RegExp, id = ID): Promise<void> {
    await assert.rejects(add(id), (error) => error instanceof SaccadeError && message.test(error.message) && error.message.length < 400);
    assert.deepEqual(await store.models(), []);
  }

  /** What came, whole. */
  async function assertAdded(): Promise<void> {
    const { model, folder: placed } = await add();
    for (const file of model.files) assert.deepEqual(readFileSync(path.join(placed, file.path)), files.get(file.path));
    assert.deepEqual(await store.models(), [{ model, folder: placed }]);
    assert.deepEqual(await store.remains(), []);
  }

  const rangesOf = (wanted: string): (string | undefined)[] =>
    hub.requests.filter((request) => request.path === wanted).map(({ range }) => range);

  it('tells its size, licence and variants before any of its files is fetched', async () => {
    const source = await hubSource(ID, access(), NEVER);
    assert.equal(source.licence, 'apache-2.0');
    assert.equal(source.files.find((file) => file.path === GRAPH)!.bytes, files.get(GRAPH)!.length);
    assert.deepEqual(hub.requests, []);
  });

  it('is added whole, with what it can do, and removed whole', async () => {
    const told: [number, number][] = [];
    const added = await add(ID, NEVER, (done, total) => told.push([done, total]));
    assert.deepEqual(added.model.directions, [{ to: 'de' }]);
    assert.deepEqual(added.model.tasks, ['translate', 'text2text']);
    const total = modelBytes(added.model);
    assert.deepEqual(
      [told[0], told.at(-1)],
      [
        [0, total],
        [total, total],
      ],
    );
    await store.remove(added);
    assert.deepEqual([await store.models(), await store.bytes(), existsSync(added.folder)], [[], 0, false]);
  });

  it('goes on where the connection was cut, with no byte fetched twice', async () => {
    hub.troubles.set(GRAPH, [
      { kind: 'cut', after: 1000 },
      { kind: 'cut', after: 500 },
    ]);
    await assertAdded();
    assert.deepEqual(rangesOf(GRAPH), [undefined, 'bytes=1000-', 'bytes=1500-']);
  });

  it('goes on the next time where it was given up', async () => {
    hub.troubles.set(GRAPH, [{ kind: 'cut', after: 1000 }, ...times(3, { kind: 'status', status: 503 })]);
    await assertRefused(/does not work at the moment \(status 503\)/);
    hub.troubles.clear();
    hub.requests.length = 0;
    await assertAdded();
    assert.deepEqual(rangesOf(GRAPH), ['bytes=1000-']);
    assert.deepEqual(rangesOf('config.json'), [], 'what is there is not fetched again');
  });

  it('begins a file again where the server knows no ranges', async () => {
    hub.troubles.set(GRAPH, [{ kind: 'cut', after: 1000 }, { kind: 'noRanges' }]);
    await assertAdded();
  });

  for (const damaged of [GRAPH, 'config.json']) {
    it(`is refused where ${damaged} is corrupted, and the next time that file is fetched again`, async () => {
      hub.troubles.set(damaged, [{ kind: 'corrupt' }]);
      await assertRefused(/its checksum is wrong/);
      await assertAdded();
      assert.deepEqual(rangesOf(damaged), [undefined, undefined]);
    });
  }

  for (const [status, message] of [
    [401, /does not show .* to everybody.*Set Hub Token/],
    [403, /accept them on its page/],
    [404, /does not have tiny\/opus-mt-en-de\. Check the name/],
    [429, /asked too often/],
    [500, /does not work at the moment \(status 500\)/],
  ] as const) {
    it(`says what ${status} means, of the model and of a file`, async () => {
      hub.troubles.set('', [{ kind: 'status', status }]);
      await assertRefused(message);
      hub.troubles.set(GRAPH, times(3, { kind: 'status', status }));
      await assertRefused(message);
    });
  }

  it('is given up where the server says nothing, at once or in the middle', async () => {
    hub.troubles.set('', [{ kind: 'silent', after: 0 }]);
    await assertRefused(/did not answer within 0.3 seconds/);
    hub.troubles.set(GRAPH, times(3, { kind: 'silent', after: 0 }));
    await assertRefused(/did not answer within 0.3 seconds/);
    hub.troubles.set(GRAPH, [{ kind: 'silent', after: 700 }]);
    await assertAdded();
  });

  it('says that nobody is there', async () => {
    const { url } = hub;
    await assert.rejects(
      hubSource(ID, access({ endpoint: url.replace(/\d+$/, '1') }), NEVER),
      /connection to .* failed \(.*\)\. Check the network/,
    );
  });

  it('says that the server is another one', async () => {
    const other: typeof fetch = () => Promise.resolve(new Response('<html>', { headers: { 'content-type': 'text/html' } }));
    await assert.rejects(hubSource(ID, access({ fetch: other }), NEVER), /does not answer as the Hub does/);
  });

  it('ends where the user cancels, and keeps what has come', async () => {
    const cancel = new AbortController();
    await assert.rejects(
      add(ID, cancel.signal, (done) => done > 3000 && cancel.abort()),
      /aborted/,
    );
    assert.deepEqual(await store.models(), []);
    const [left] = await store.remains();
    assert.ok(left!.bytes > 0);
    await store.remove(left!);
    assert.deepEqual([await store.remains(), await store.bytes()], [[], 0]);
  });

  it('says that the disk is full', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const staged = await store.stage({ id: ID }, '0123456789ab-fp32');
    mkdirSync(path.join(staged, 'onnx'));
    symlinkSync('/dev/full', path.join(staged, GRAPH));
    await assertRefused(/The disk with .* is full\. Make room/);
  });

  it('is refused before its graphs are fetched where it is of another kind', async () => {
    await assertRefused(/of the type "bert", which is not supported/, 'tiny/bert');
    assert.deepEqual(rangesOf(GRAPH), []);
    assert.deepEqual(await store.remains(), []);
  });

  it('is refused before anything is fetched where its tokenizer has 200 MB', async () => {
    const source = await hubSource(ID, access(), NEVER);
    const large = {
      ...source,
      files: source.files.map((file) => (file.path === 'tokenizer.json' ? { ...file, bytes: 200 * 2 ** 20 } : file)),
    };
    const wanted = filesOf(variantsOf(large.files), large.files);
    const adding = addModel(store, large, wanted, { name: ID, signal: NEVER, onProgress: () => undefined });
    await assert.rejects(adding, /tokenizer\.json has 200 MB, which is too much/);
    assert.deepEqual([hub.requests, await store.models()], [[], []]);
  });

  it('is no model where its files were damaged later, and can be removed', async () => {
    const { folder: placed } = await add();
    writeFileSync(path.join(placed, 'saccade-model.json'), '{');
    assert.deepEqual(await store.models(), []);
    assert.deepEqual(
      (await store.remains()).map((left) => left.folder),
      [placed],
    );
  });

  it('is not added or removed in two windows at once, and the one that was first is not disturbed', async () => {
    const other = new ModelStore(folder);
    let refusals = 0;
    const disturb = async (): Promise<void> => {
      const source = await hubSource(ID, access(), NEVER);
      const adding = addModel(other, source, filesOf(variantsOf(source.files), source.files), {
        name: ID,
        signal: NEVER,
        onProgress: () => undefined,
      });
      await assert.rejects(adding, /is being added or removed in another window/);
      for (const left of await other.remains()) await assert.rejects(other.remove(left), /in another window/);
      refusals++;
    };
    let disturbing: Promise<void> | undefined;
    hub.troubles.set(GRAPH, [{ kind: 'silent', after: 700 }]);
    const { model, folder: placed } = await add(ID, NEVER, (done) => {
      if (done > 3000) disturbing ??= disturb();
    });
    await disturbing;
    assert.equal(refusals, 1);
    for (const file of model.files) assert.deepEqual(readFileSync(path.join(placed, file.path)), files.get(file.path));
    await other.remove({ folder: placed });
    assert.deepEqual(await store.models(), []);
  });

  it('is added where another window died while it was at it', async () => {
    mkdirSync(path.join(folder, '.unfinished'));
    const lock = path.join(folder, '.unfinished', 'tiny--opus-mt-en-de.lock');
    writeFileSync(lock, 'somebody');
    await assertRefused(/in another window/);
    const longAgo = new Date(Date.now() - 120_000);
    utimesSync(lock, longAgo, longAgo);
    await assertAdded();
    assert.deepEqual(readdirSync(path.join(folder, '.unfinished')), []);
  });

  it('takes the place of an earlier version', async () => {
    await add();
    await add();
    assert.equal((await store.models()).length, 1);
    assert.deepEqual(readdirSync(path.join(folder, '.unfinished')), []);
  });

  it('is asked for with the token, which goes to no other server', async () => {
    const source = await hubSource(ID, access({ token: 'hf_secret' }), NEVER);
    await addModel(store, source, filesOf(variantsOf(source.files), source.files), {
      name: ID,
      signal: NEVER,
      onProgress: () => undefined,
    });
    assert.ok(hub.requests.every(({ authorization }) => authorization === 'Bearer hf_secret'));
  });
});
