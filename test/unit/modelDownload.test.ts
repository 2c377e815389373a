/** Models that are added from a server that plays the Hub: they come whole, and go on where they were cut. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { modelBytes } from '../../src/models/catalog.ts';
import { addModel } from '../../src/models/store/addModel.ts';
import { hubSource } from '../../src/models/store/hubSource.ts';
import { filesOf, variantsOf } from '../../src/models/variants.ts';
import { GRAPH, HubAndStore, ID, NEVER, times } from './hubAndStore.ts';

describe('a model of the Hub', () => {
  const at = new HubAndStore();

  it('tells its size, licence and variants before any of its files is fetched', async () => {
    const source = await hubSource(ID, at.access(), NEVER);
    assert.equal(source.licence, 'apache-2.0');
    assert.equal(source.files.find((file) => file.path === GRAPH)!.bytes, at.files.get(GRAPH)!.length);
    assert.deepEqual(at.hub.requests, []);
  });

  it('is added whole, with what it can do, and removed whole', async () => {
    const told: [number, number][] = [];
    const added = await at.add(ID, NEVER, (done, total) => told.push([done, total]));
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
    await at.store.remove(added);
    assert.deepEqual([await at.store.models(), await at.store.bytes(), existsSync(added.folder)], [[], 0, false]);
  });

  it('goes on where the connection was cut, with no byte fetched twice', async () => {
    at.hub.troubles.set(GRAPH, [
      { kind: 'cut', after: 1000 },
      { kind: 'cut', after: 500 },
    ]);
    await at.assertAdded();
    assert.deepEqual(at.rangesOf(GRAPH), [undefined, 'bytes=1000-', 'bytes=1500-']);
  });

  it('goes on the next time where it was given up', async () => {
    at.hub.troubles.set(GRAPH, [{ kind: 'cut', after: 1000 }, ...times(3, { kind: 'status', status: 503 })]);
    await at.assertRefused(/does not work at the moment \(status 503\)/);
    at.hub.troubles.clear();
    at.hub.requests.length = 0;
    await at.assertAdded();
    assert.deepEqual(at.rangesOf(GRAPH), ['bytes=1000-']);
    assert.deepEqual(at.rangesOf('config.json'), [], 'what is there is not fetched again');
  });

  it('begins a file again where the server knows no ranges', async () => {
    at.hub.troubles.set(GRAPH, [{ kind: 'cut', after: 1000 }, { kind: 'noRanges' }]);
    await at.assertAdded();
  });

  for (const damaged of [GRAPH, 'config.json']) {
    it(`is refused where ${damaged} is corrupted, and the next time that file is fetched again`, async () => {
      at.hub.troubles.set(damaged, [{ kind: 'corrupt' }]);
      await at.assertRefused(/its checksum is wrong/);
      await at.assertAdded();
      assert.deepEqual(at.rangesOf(damaged), [undefined, undefined]);
    });
  }

  it('takes the place of an earlier version', async () => {
    await at.add();
    await at.add();
    assert.equal((await at.store.models()).length, 1);
    assert.deepEqual(readdirSync(path.join(at.folder, '.unfinished')), []);
  });

  it('is asked for with the token, which goes to no other server', async () => {
    const source = await hubSource(ID, at.access({ token: 'hf_secret' }), NEVER);
    await addModel(at.store, source, filesOf(variantsOf(source.files), source.files), {
      name: ID,
      signal: NEVER,
      onProgress: () => undefined,
    });
    assert.ok(at.hub.requests.every(({ authorization }) => authorization === 'Bearer hf_secret'));
  });
});
