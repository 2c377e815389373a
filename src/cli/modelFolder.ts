/** Reads a model and the wasm runtime from disk: the bundled model, one of the store, or a folder; checksums verified where they are known. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { verifyChecksum } from '../../webview/engine/checksum.ts';
import type { EngineFiles } from '../../webview/engine/arrivingFiles.ts';
import type { Engine } from '../../webview/engine/engine.ts';
import { loadEngine } from '../../webview/engine/loadEngine.ts';
import { parseCatalog, type CatalogFile } from '../models/catalog.ts';
import { folderFiles } from '../models/store/folderFiles.ts';
import { modelIdOf } from '../models/store/folderSource.ts';
import { ModelStore } from '../models/store/modelStore.ts';
import { largestFile, type SavedModel } from '../shared/export/savedRun.ts';
import { SaccadeError } from '../shared/failure.ts';
import { hubLayout, hubLayouts, isHubLayout } from '../shared/hubLayout.ts';
import type { OnlyTask } from '../shared/task.ts';

/** Where a model's files are. */
interface ModelPlace {
  readonly modelId: string;
  readonly onlyTask?: OnlyTask | undefined;
  readonly files: readonly (Pick<CatalogFile, 'path'> & { readonly file: string; readonly sha256?: string })[];
}

/**
 * @param installFolder where package.json, dist/ and models/ are
 * @param model undefined for the bundled one; a folder, or the id of a model of the store
 * @param variants of a folder in Hugging Face layout: those files that the engine reads, or all
 * @throws SaccadeError of kind "badModel" that names the file
 */
export async function readModelFolder(
  installFolder: string,
  model: string | undefined,
  { storeFolder, variants = 'best' }: { readonly storeFolder?: string | undefined; readonly variants?: 'best' | 'all' } = {},
): Promise<EngineFiles> {
  const place = await findModel(installFolder, model, storeFolder);
  const paths = place.files.map((file) => file.path);
  return readFiles(installFolder, place, variants === 'best' && isHubLayout(paths) ? hubLayout(paths).paths : paths);
}

/**
 * The engine of the most exact form of a model that runs here; a broken one is passed over.
 * @throws SaccadeError of the last form
 */
export async function openModel(
  installFolder: string,
  model: string | undefined,
  { storeFolder }: { readonly storeFolder?: string | undefined },
): Promise<{ readonly files: EngineFiles; readonly engine: Engine }> {
  const place = await findModel(installFolder, model, storeFolder);
  const all = place.files.map((file) => file.path);
  const forms = isHubLayout(all) ? hubLayouts(all).map(({ paths }) => paths) : [];
  for (const paths of forms.slice(0, -1)) {
    const files = await readFiles(installFolder, place, paths);
    const engine = await loadEngine(files).catch(() => undefined);
    if (engine) return { files, engine };
  }
  const files = await readFiles(installFolder, place, forms.at(-1) ?? all);
  return { files, engine: await loadEngine(files) };
}

async function readFiles(installFolder: string, place: ModelPlace, paths: readonly string[]): Promise<EngineFiles> {
  const wasm = await read(path.join(installFolder, 'dist', 'ort-wasm.wasm'), 'dist/ort-wasm.wasm');
  const files = new Map<string, ArrayBuffer>();
  for (const { path: name, file, sha256 } of place.files) {
    if (!paths.includes(name)) continue;
    const content = await read(file, name);
    if (sha256 !== undefined) await verifyChecksum(name, sha256, content);
    files.set(name, content);
  }
  return { modelId: place.modelId, onlyTask: place.onlyTask, wasm, files, path: 'wasm' };
}

/** What a run of this model is saved with. */
export function savedModel({ modelId, files }: EngineFiles): SavedModel {
  const { content } = largestFile([...files.values()].map((each) => ({ bytes: each.byteLength, content: each })));
  return { id: modelId, sha256: createHash('sha256').update(new Uint8Array(content)).digest('hex') };
}

async function bundledModel(installFolder: string): Promise<ModelPlace> {
  const models = path.join(installFolder, 'models');
  const { id, files } = parseCatalog(new TextDecoder().decode(await read(path.join(models, 'catalog.json'), 'models/catalog.json')))[0]!;
  return { modelId: id, files: files.map((file) => ({ ...file, file: path.join(models, id, file.path) })) };
}

async function findModel(installFolder: string, model: string | undefined, storeFolder: string | undefined): Promise<ModelPlace> {
  if (model === undefined) return bundledModel(installFolder);
  const isFolder = await stat(model).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) {
    return { modelId: modelIdOf(path.resolve(model)), files: await folderFiles(model) };
  }
  const stored = storeFolder === undefined ? [] : await new ModelStore(storeFolder).models();
  const found = stored.find((each) => each.model.id === model);
  if (!found) {
    const known = stored.length > 0 ? ` Models of the store: ${stored.map((each) => each.model.id).join(', ')}.` : '';
    throw new SaccadeError(
      'badModel',
      `${model} is neither a model folder nor a model of the store. Add it by "saccade models add".${known}`,
    );
  }
  const { onlyTask } = found.model;
  return { modelId: model, onlyTask, files: found.model.files.map((file) => ({ ...file, file: path.join(found.folder, file.path) })) };
}

async function read(file: string, name: string): Promise<ArrayBuffer> {
  try {
    const content = await readFile(file);
    return content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength);
  } catch {
    throw new SaccadeError('badModel', `${name} cannot be read. Reinstall Saccade, or run "npm run build" in a checkout.`);
  }
}
