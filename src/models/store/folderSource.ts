/** A model in a folder of this machine: its files are copied, so that the model stays as it was added. Knows no store. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { diskFailure } from './diskFailure.ts';
import { folderFiles } from './folderFiles.ts';
import type { ModelSource } from './modelSource.ts';

/** @throws SaccadeError of kind "badModel" where it is no folder of a model */
export async function folderSource(folder: string): Promise<ModelSource> {
  const files = await folderFiles(folder);
  return {
    id: modelIdOf(path.resolve(folder)),
    version: 'folder',
    licence: undefined,
    files,
    async bring(wanted, target, { signal, onBytes }) {
      const { file } = files.find((each) => each.path === wanted)!;
      const hash = createHash('sha256');
      try {
        // What was copied before may be of another state of the folder.
        onBytes(
          -(await stat(target).then(
            ({ size }) => size,
            () => 0,
          )),
        );
        const copy = await open(target, 'w');
        try {
          for await (const chunk of createReadStream(file, { signal }) as AsyncIterable<Uint8Array>) {
            await copy.writeFile(chunk);
            hash.update(chunk);
            onBytes(chunk.length);
          }
        } finally {
          await copy.close();
        }
      } catch (error) {
        signal.throwIfAborted();
        throw diskFailure(error, target);
      }
      return hash.digest('hex');
    },
  };
}

/** As on the Hub where the folder is of its cache, else the folder's own name. */
export function modelIdOf(folder: string): string {
  const cached = /(?:^|[\\/])models--([^\\/]+?)--([^\\/]+)[\\/]snapshots[\\/][^\\/]+$/.exec(folder);
  const name = cached ? `${cached[1]!}/${cached[2]!}` : path.basename(folder);
  return name.replace(/[^\w./-]/g, '-').replace(/^[^A-Za-z0-9_]+/, '') || 'model';
}
