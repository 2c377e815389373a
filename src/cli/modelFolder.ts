/** Reads a model folder and the wasm runtime from disk, checksums verified where the catalogue knows the model. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { verifyChecksum } from '../../webview/engine/checksum.ts';
import type { EngineFiles } from '../../webview/engine/arrivingFiles.ts';
import { WEIGHTS_PATH } from '../../webview/engine/weights.ts';
import { parseCatalog, type CatalogFile } from '../models/catalog.ts';
import type { SavedModel } from '../shared/export/savedRun.ts';
import { SaccadeError } from '../shared/failure.ts';
import { hubLayout, isHubLayout } from '../shared/hubLayout.ts';

/**
 * @param installFolder where package.json, dist/ and models/ are
 * @param modelFolder undefined for the bundled model
 * @param variants of a folder in Hugging Face layout: those files that the engine reads, or all
 * @throws SaccadeError of kind "badModel" that names the file
 */
export async function readModelFolder(
  installFolder: string,
  modelFolder: string | undefined,
  variants: 'best' | 'all' = 'best',
): Promise<EngineFiles> {
  const wasm = await read(path.join(installFolder, 'dist', 'ort-wasm.wasm'), 'dist/ort-wasm.wasm');
  const models = path.join(installFolder, 'models');
  const bundled = parseCatalog(new TextDecoder().decode(await read(path.join(models, 'catalog.json'), 'models/catalog.json')))[0]!;
  const modelId = modelFolder === undefined ? bundled.id : path.basename(path.resolve(modelFolder));
  const folder = modelFolder ?? path.join(models, bundled.id);
  const known: readonly CatalogFile[] = modelFolder === undefined ? bundled.files : [];
  const paths =
    known.length > 0 ? known.map((file) => file.path) : variants === 'all' ? await pathsIn(folder) : readPaths(await pathsIn(folder));
  const files = new Map<string, ArrayBuffer>();
  for (const name of paths) {
    const content = await read(path.join(folder, name), name);
    const entry = known.find((file) => file.path === name);
    if (entry) await verifyChecksum(name, entry.sha256, content);
    files.set(name, content);
  }
  return { modelId, wasm, files, path: 'wasm' };
}

/** What a run of this model is saved with. */
export function savedModel({ modelId, files }: EngineFiles): SavedModel {
  const hash = createHash('sha256');
  for (const path of files.has(WEIGHTS_PATH) ? [WEIGHTS_PATH] : hubLayout(files.keys()).paths)
    hash.update(new Uint8Array(files.get(path)!));
  return { id: modelId, sha256: hash.digest('hex') };
}

/** What the engine reads of a folder: of the Hub's, which has each model in many variants, one. */
function readPaths(paths: readonly string[]): readonly string[] {
  return isHubLayout(paths) ? hubLayout(paths).paths : paths;
}

async function pathsIn(folder: string): Promise<string[]> {
  const inFolder = async (name: string): Promise<string[]> =>
    (await readdir(path.join(folder, name), { withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => path.posix.join(name, entry.name));
  try {
    return [...(await inFolder('.')), ...(await inFolder('onnx'))];
  } catch {
    throw new SaccadeError('badModel', `${folder} is not a model folder: it needs config.json, tokenizer.json and onnx/.`);
  }
}

async function read(file: string, name: string): Promise<ArrayBuffer> {
  try {
    const content = await readFile(file);
    return content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength);
  } catch {
    throw new SaccadeError('badModel', `${name} cannot be read. Reinstall Saccade, or run "npm run build" in a checkout.`);
  }
}
