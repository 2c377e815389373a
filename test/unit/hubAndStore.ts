/** A server that plays the Hub, and an empty store of models, for each test. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { addModel } from '../../src/models/store/addModel.ts';
import { hubSource, type HubAccess } from '../../src/models/store/hubSource.ts';
import { filesOf, variantsOf } from '../../src/models/variants.ts';
import { ModelStore, type StoredModel } from '../../src/models/store/modelStore.ts';
import { SaccadeError } from '../../src/shared/failure.ts';
import { startHub, tinyModel, type HubServer, type Trouble } from '../hubServer.mjs';

export const ID = 'tiny/opus-mt-en-de';
export const GRAPH = 'onnx/encoder_model.onnx';
export const NEVER = new AbortController().signal;
export const times = (count: number, trouble: Trouble): Trouble[] => new Array<Trouble>(count).fill(trouble);

const FIXTURES = fileURLToPath(new URL('../fixtures/hub-models/', import.meta.url));

/** New for each test of the suite that makes it. */
export class HubAndStore {
  readonly files = tinyModel(path.join(FIXTURES, 'marian'), /^(encoder_model|decoder_model_merged)\.onnx/);
  hub!: HubServer;
  folder!: string;
  store!: ModelStore;

  constructor() {
    beforeEach(async () => {
      const damaged = new Map(this.files).set('config.json', Buffer.from('{"model_type":"bert"}'));
      const models = [[ID, this.files] as const, ['tiny/bert', damaged] as const];
      this.hub = await startHub(new Map(models));
      this.folder = mkdtempSync(path.join(tmpdir(), 'saccade-store-'));
      this.store = new ModelStore(this.folder);
    });
    afterEach(async () => {
      await this.hub.stop();
      rmSync(this.folder, { recursive: true });
    });
  }

  access(more: Partial<HubAccess> = {}): HubAccess {
    return { endpoint: this.hub.url, token: undefined, fetch, patienceSeconds: 0.3, ...more };
  }

  async add(id = ID, signal = NEVER, onProgress: (done: number, total: number) => void = () => undefined): Promise<StoredModel> {
    const source = await hubSource(id, this.access(), signal);
    const wanted = filesOf(variantsOf(source.files), source.files);
    return addModel(this.store, source, wanted, { name: id, signal, onProgress });
  }

  /** It is refused with these words, and nothing of it is a model. */
  async assertRefused(message: RegExp, id = ID): Promise<void> {
    await assert.rejects(
      this.add(id),
      (error) => error instanceof SaccadeError && message.test(error.message) && error.message.length < 400,
    );
    assert.deepEqual(await this.store.models(), []);
  }

  /** What came, whole. */
  async assertAdded(): Promise<void> {
    const { model, folder: placed } = await this.add();
    for (const file of model.files) assert.deepEqual(readFileSync(path.join(placed, file.path)), this.files.get(file.path));
    assert.deepEqual(await this.store.models(), [{ model, folder: placed }]);
    assert.deepEqual(await this.store.remains(), []);
  }

  rangesOf(wanted: string): (string | undefined)[] {
    return this.hub.requests.filter((request) => request.path === wanted).map(({ range }) => range);
  }
}
