/** The checksums by which the Hub names files, of files of any size. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Git names small files by the SHA-1 of what it stores; large ones are named by their SHA-256. */
export interface Digest {
  readonly kind: 'gitBlob' | 'sha256';
  /** Lower-case hexadecimal. */
  readonly hex: string;
}

export type FileDigests = Readonly<Record<Digest['kind'], string>>;

/** Of a file as it is on the disk. */
export async function fileDigests(file: string, signal: AbortSignal): Promise<FileDigests> {
  const { size } = await stat(file);
  const [gitBlob, sha256] = [createHash('sha1').update(`blob ${size}\0`), createHash('sha256')];
  for await (const chunk of createReadStream(file, { signal })) {
    gitBlob.update(chunk as Uint8Array);
    sha256.update(chunk as Uint8Array);
  }
  return { gitBlob: gitBlob.digest('hex'), sha256: sha256.digest('hex') };
}
