/**
 * Models that were added, on disk: a folder for each, placed whole or not at all, and what has come of unfinished ones. Knows no Hub and no editor.
 */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { folderName, modelBytes, parseCatalogModel, type CatalogModel } from '../catalog.ts';
import type { OnlyTask } from '../../shared/task.ts';
import { SaccadeError } from '../../shared/failure.ts';
import { t } from '../../shared/words.ts';
import { diskFailure } from './diskFailure.ts';
import { whileHolding } from './fileLock.ts';

export interface StoredModel {
  readonly model: CatalogModel;
  readonly folder: string;
}

/** What is left of a model that was not added to its end, or of one that is damaged. */
export interface Remains {
  readonly folder: string;
  readonly bytes: number;
}

const MANIFEST = 'saccade-model.json';
const UNFINISHED = '.unfinished';

export class ModelStore {
  constructor(readonly folder: string) {}

  /** In the order of their names. */
  async models(): Promise<StoredModel[]> {
    const folders = await this.foldersIn(this.folder);
    const read = folders.map(async (folder): Promise<StoredModel[]> => {
      const model = await manifestOf(folder);
      return model && folderName(model) === path.basename(folder) ? [{ model, folder }] : [];
    });
    return (await Promise.all(read)).flat();
  }

  async remains(): Promise<Remains[]> {
    const whole = new Set((await this.models()).map(({ folder }) => folder));
    const damaged = (await this.foldersIn(this.folder)).filter((folder) => !whole.has(folder));
    const unfinished = await this.foldersIn(path.join(this.folder, UNFINISHED));
    return Promise.all([...unfinished, ...damaged].map(async (folder) => ({ folder, bytes: await bytesIn(folder) })));
  }

  /**
   * Does what changes a model while no other window does.
   * @throws SaccadeError of kind "badInput" where one does
   */
  async alone<Result>({ id }: Pick<CatalogModel, 'id'>, work: () => Promise<Result>): Promise<Result> {
    return this.aloneIn(folderName({ id }), id, work);
  }

  /** A folder to bring a version of a model to; it may have something of it already, and of no other version. */
  async stage(model: Pick<CatalogModel, 'id'>, version: string): Promise<string> {
    const unfinished = path.join(this.folder, UNFINISHED);
    const wanted = path.join(unfinished, `${folderName(model)}@${version}`);
    const others = (await this.foldersIn(unfinished)).filter(
      (folder) => folder.startsWith(path.join(unfinished, `${folderName(model)}@`)) && folder !== wanted,
    );
    try {
      for (const other of others) await rm(other, { recursive: true, force: true });
      await mkdir(wanted, { recursive: true });
    } catch (error) {
      throw diskFailure(error, wanted);
    }
    return wanted;
  }

  /** Makes what is staged a model of the store, in the place of an earlier version of it. All files must be there and verified. */
  async place(staged: string, model: CatalogModel): Promise<StoredModel> {
    const folder = path.join(this.folder, folderName(model));
    const replaced = `${staged}.replaced`;
    try {
      await writeFile(path.join(staged, MANIFEST), JSON.stringify(model, undefined, 2));
      const isReplacing = await stat(folder).then(
        () => true,
        () => false,
      );
      if (isReplacing) await rename(folder, replaced);
      await rename(staged, folder);
      if (isReplacing) await rm(replaced, { recursive: true, force: true });
    } catch (error) {
      throw diskFailure(error, folder);
    }
    return { model, folder };
  }

  /** Notes what a model does that does not tell itself. */
  async note(stored: StoredModel, onlyTask: OnlyTask): Promise<StoredModel> {
    return this.alone(stored.model, () => noted(stored, onlyTask));
  }

  /** Of a model, or of what remains of one. */
  async remove({ folder }: { readonly folder: string }): Promise<void> {
    const name = path.basename(folder).replace(/@.*$/, '');
    return this.aloneIn(name, name.replace('--', '/'), async () => {
      // A folder without its manifest is no model any more, whatever happens next.
      await rm(path.join(folder, MANIFEST), { force: true });
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    });
  }

  private async aloneIn<Result>(name: string, id: string, work: () => Promise<Result>): Promise<Result> {
    const unfinished = path.join(this.folder, UNFINISHED);
    let done: { readonly result: Result } | undefined;
    try {
      await mkdir(unfinished, { recursive: true });
      done = await whileHolding(path.join(unfinished, `${name}.lock`), work);
    } catch (error) {
      throw diskFailure(error, this.folder);
    }
    if (done) return done.result;
    throw new SaccadeError('badInput', t('{0} is being added or removed in another window. Wait until that is done.', id));
  }

  /** What the models take, and what remains of others. */
  async bytes(): Promise<number> {
    const [models, remains] = [await this.models(), await this.remains()];
    return models.reduce((sum, { model }) => sum + modelBytes(model), 0) + remains.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  private async foldersIn(parent: string): Promise<string[]> {
    const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
    const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== UNFINISHED).map(({ name }) => path.join(parent, name));
    return folders.sort();
  }
}

async function manifestOf(folder: string): Promise<CatalogModel | undefined> {
  const json = await readFile(path.join(folder, MANIFEST), 'utf8').catch(() => undefined);
  return json === undefined ? undefined : parseCatalogModel(json);
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(path.join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function noted({ model, folder }: StoredModel, onlyTask: OnlyTask): Promise<StoredModel> {
  const directions = onlyTask.kind === 'translate' ? [{ to: onlyTask.to }] : [];
  const changed = { ...model, onlyTask, directions, tasks: [...new Set([onlyTask.kind, ...model.tasks])] };
  const written = path.join(folder, `${MANIFEST}.new`);
  await writeFile(written, JSON.stringify(changed, undefined, 2));
  await rename(written, path.join(folder, MANIFEST));
  return { model: changed, folder };
}
