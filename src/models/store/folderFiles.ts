/**
 * The files of a model's folder, symbolic links followed as the Hub's cache lays them out, but never out of the folder, or out of that
 * model's part of the cache. Knows no model.
 */
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { SaccadeError } from '../../shared/failure.ts';
import { t } from '../../shared/words.ts';
import type { SourceFile } from './modelSource.ts';

export interface FolderFile extends SourceFile {
  /** Where it really is. */
  readonly file: string;
}

/** @throws SaccadeError of kind "badModel" where there is no such folder, or a link leads out of it */
export async function folderFiles(folder: string): Promise<FolderFile[]> {
  try {
    const root = linkRoot(await realpath(folder));
    const files = await Promise.all(['.', 'onnx'].map((name) => filesIn(folder, name, root)));
    return files.flat();
  } catch (error) {
    if (error instanceof SaccadeError) throw error;
    throw new SaccadeError('badModel', t('{0} is not a model folder: it needs config.json, tokenizer.json and onnx/.', folder));
  }
}

/** The Hub's cache has `models--owner--name/snapshots/revision`, whose files are links to `models--owner--name/blobs`. */
function linkRoot(folder: string): string {
  const snapshots = path.dirname(folder);
  return path.basename(snapshots) === 'snapshots' ? path.dirname(snapshots) : folder;
}

async function filesIn(folder: string, name: string, root: string): Promise<FolderFile[]> {
  const found: FolderFile[] = [];
  for (const entry of await readdir(path.join(folder, name), { withFileTypes: true })) {
    if (!entry.isFile() && !entry.isSymbolicLink()) continue;
    const named = path.posix.join(name, entry.name);
    const file = await realpath(path.join(folder, name, entry.name));
    if (!file.startsWith(root + path.sep))
      throw new SaccadeError('badModel', t('{0} leads out of the folder {1}, which is refused.', named, folder));
    const { size } = await stat(file);
    if ((await stat(file)).isFile()) found.push({ path: named, bytes: size, file });
  }
  return found;
}
