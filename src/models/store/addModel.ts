/** One model from its source into the store: small files first, which say whether it can be used at all. Knows neither Hub nor editor. */
import { mkdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { hubAbilities, readHubSettings, type HubAbilities } from '../../../webview/engine/hub/readHubSettings.ts';
import { SaccadeError } from '../../shared/failure.ts';
import { HUB_SETTINGS, LARGEST_SETTING_BYTES } from '../../shared/hubLayout.ts';
import { t } from '../../shared/words.ts';
import { isModelPath, type CatalogFile } from '../catalog.ts';
import type { WantedFiles } from '../variants.ts';
import { diskFull } from './diskFailure.ts';
import type { BringOptions, ModelSource } from './modelSource.ts';
import type { ModelStore, StoredModel } from './modelStore.ts';

export interface AddOptions {
  readonly name: string;
  readonly signal: AbortSignal;
  /** How much has come; of a model that was begun before, more than nothing from the start. */
  readonly onProgress: (doneBytes: number, totalBytes: number) => void;
}

/**
 * What has come stays where it is cut short, and the next time goes on from there; of a model that cannot be used nothing stays.
 * @throws SaccadeError, also where another window is at work on the model; the signal's reason once aborted
 */
export function addModel(
  store: ModelStore,
  source: ModelSource,
  choice: Omit<WantedFiles, 'bytes'>,
  options: AddOptions,
): Promise<StoredModel> {
  return store.alone(source, () => addAlone(store, source, choice, options));
}

async function addAlone(
  store: ModelStore,
  source: ModelSource,
  choice: Omit<WantedFiles, 'bytes'>,
  options: AddOptions,
): Promise<StoredModel> {
  const { name, signal, onProgress } = options;
  const wanted = choice.paths
    .map((wantedPath) => source.files.find((file) => file.path === wantedPath))
    .filter((file) => file !== undefined);
  const total = bytesOf(wanted);
  const staged = await store.stage(source, `${source.version}-${choice.name.replaceAll(' + ', '-')}`);
  let done = await assertRoom(staged, total, wanted);
  const bringing: BringOptions = { signal, onBytes: (count) => onProgress((done += count), total) };
  onProgress(done, total);
  const bring = async ({ path: wantedPath, bytes }: { readonly path: string; readonly bytes: number }): Promise<CatalogFile> => {
    if (!isModelPath(wantedPath))
      throw new SaccadeError('badModel', t('The model has a file of the name {0}, which is refused.', wantedPath));
    const target = path.join(staged, ...wantedPath.split('/'));
    await mkdir(path.dirname(target), { recursive: true });
    return { path: wantedPath, bytes, sha256: await source.bring(wantedPath, target, bringing) };
  };
  const isSetting = (file: { readonly path: string }): boolean => HUB_SETTINGS.some((setting) => setting === file.path);
  for (const { path: setting, bytes } of wanted.filter(isSetting)) {
    if (bytes > LARGEST_SETTING_BYTES)
      throw new SaccadeError(
        'badModel',
        t('{0} has {1} MB, which is too much. Choose another model.', setting, Math.ceil(bytes / 2 ** 20)),
      );
  }
  const settings: CatalogFile[] = [];
  for (const file of wanted.filter(isSetting)) settings.push(await bring(file));
  const abilities = await abilitiesOf(source.id, staged, settings).catch(async (error: unknown) => {
    await rm(staged, { recursive: true, force: true });
    throw error;
  });
  const graphs: CatalogFile[] = [];
  for (const file of wanted.filter((each) => !isSetting(each))) graphs.push(await bring(file));
  signal.throwIfAborted();
  return store.place(staged, {
    id: source.id,
    name,
    ...(source.licence === undefined ? {} : { licence: source.licence }),
    ...abilities,
    files: [...settings, ...graphs],
  });
}

export function bytesOf(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** How much of the model is there. Rather refused at once than after an hour. */
async function assertRoom(staged: string, total: number, wanted: readonly { readonly path: string }[]): Promise<number> {
  const sizes = wanted.map((file) =>
    stat(path.join(staged, ...file.path.split('/'))).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  const there = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  const { bavail, bsize } = await statfs(staged);
  if (bavail * bsize < total - there) throw diskFull(staged);
  return there;
}

async function abilitiesOf(id: string, folder: string, settings: readonly CatalogFile[]): Promise<HubAbilities> {
  const contents = settings.map(async (file) => [file.path, Uint8Array.from(await readFile(path.join(folder, file.path))).buffer] as const);
  const abilities = hubAbilities(await readHubSettings(id, new Map(await Promise.all(contents))));
  if (abilities.tasks.length > 0) return abilities;
  throw new SaccadeError('badModel', t('The model knows none of the tasks or languages that Saccade has. Choose another model.'));
}
