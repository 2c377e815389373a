/** Models of folders of this machine: links are followed as the Hub's cache lays them out, and never out of it. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { addModel } from '../../src/models/store/addModel.ts';
import { folderSource } from '../../src/models/store/folderSource.ts';
import { filesOf, variantsOf } from '../../src/models/variants.ts';
import { ModelStore } from '../../src/models/store/modelStore.ts';
import { tinyModel } from '../hubServer.mjs';

const MARIAN = fileURLToPath(new URL('../fixtures/hub-models/marian', import.meta.url));
const SNAPSHOT = 'cache/models--tiny--opus-mt-en-de/snapshots/abc';

describe('a model in a folder', () => {
  const files = tinyModel(MARIAN, /^(encoder_model|decoder_model_merged)\.onnx/);
  let root: string;
  beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'saccade-folder-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  /** As the Hub's own cache has it: files by their checksum, and a snapshot of links. */
  function cached(): string {
    const snapshot = path.join(root, SNAPSHOT);
    const blobs = path.join(snapshot, '../../blobs');
    mkdirSync(path.join(snapshot, 'onnx'), { recursive: true });
    mkdirSync(blobs);
    for (const [index, [name, content]] of [...files].entries()) {
      writeFileSync(path.join(blobs, String(index)), content);
      symlinkSync(path.relative(path.dirname(path.join(snapshot, name)), path.join(blobs, String(index))), path.join(snapshot, name));
    }
    return snapshot;
  }

  it('is copied out of a cache of links, under the name that it has on the Hub', async () => {
    const source = await folderSource(cached());
    assert.equal(source.id, 'tiny/opus-mt-en-de');
    const store = new ModelStore(path.join(root, 'store'));
    const wanted = filesOf(variantsOf(source.files), source.files);
    const options = { name: source.id, signal: new AbortController().signal, onProgress: () => undefined };
    const { model, folder } = await addModel(store, source, wanted, options);
    assert.deepEqual(model.directions, [{ to: 'de' }]);
    for (const file of model.files) assert.deepEqual(readFileSync(path.join(folder, file.path)), files.get(file.path));
  });

  it('is refused where a link leads out of the cache of that model, or out of a folder', async () => {
    const secret = path.join(root, 'cache', 'secret');
    const snapshot = cached();
    writeFileSync(secret, 'x');
    symlinkSync(secret, path.join(snapshot, 'onnx', 'encoder_model.onnx_data'));
    await assert.rejects(folderSource(snapshot), /encoder_model\.onnx_data leads out of the folder/);
    const plain = path.join(root, 'plain');
    mkdirSync(path.join(plain, 'onnx'), { recursive: true });
    symlinkSync(secret, path.join(plain, 'config.json'));
    await assert.rejects(folderSource(plain), /config\.json leads out of the folder/);
  });

  it('is refused where it is none', async () => {
    await assert.rejects(folderSource(root), /is not a model folder/);
    await assert.rejects(folderSource(path.join(root, 'missing')), /is not a model folder/);
  });
});
