/** What happens to the store meanwhile: other windows, some of which died, and damaged files. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addModel } from '../../src/models/store/addModel.ts';
import { hubSource } from '../../src/models/store/hubSource.ts';
import { filesOf, variantsOf } from '../../src/models/variants.ts';
import { ModelStore } from '../../src/models/store/modelStore.ts';
import { GRAPH, HubAndStore, ID, NEVER } from './hubAndStore.ts';

describe('the store of models', () => {
  const at = new HubAndStore();

  it('is no model where its files were damaged later, and can be removed', async () => {
    const { folder: placed } = await at.add();
    writeFileSync(path.join(placed, 'saccade-model.json'), '{');
    assert.deepEqual(await at.store.models(), []);
    assert.deepEqual(
      (await at.store.remains()).map((left) => left.folder),
      [placed],
    );
  });

  it('is not added or removed in two windows at once, and the one that was first is not disturbed', async () => {
    const other = new ModelStore(at.folder);
    let refusals = 0;
    const disturb = async (): Promise<void> => {
      const source = await hubSource(ID, at.access(), NEVER);
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
    at.hub.troubles.set(GRAPH, [{ kind: 'silent', after: 700 }]);
    const { model, folder: placed } = await at.add(ID, NEVER, (done) => {
      if (done > 3000) disturbing ??= disturb();
    });
    await disturbing;
    assert.equal(refusals, 1);
    for (const file of model.files) assert.deepEqual(readFileSync(path.join(placed, file.path)), at.files.get(file.path));
    await other.remove({ folder: placed });
    assert.deepEqual(await at.store.models(), []);
  });

  it('is added where another window died while it was at it', async () => {
    mkdirSync(path.join(at.folder, '.unfinished'));
    const lock = path.join(at.folder, '.unfinished', 'tiny--opus-mt-en-de.lock');
    writeFileSync(lock, 'somebody');
    await at.assertRefused(/in another window/);
    const longAgo = new Date(Date.now() - 120_000);
    utimesSync(lock, longAgo, longAgo);
    await at.assertAdded();
    assert.deepEqual(readdirSync(path.join(at.folder, '.unfinished')), []);
  });
});
