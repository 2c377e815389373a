/** The engine's files: each fetched and verified once, and kept so that further workers get theirs. Knows no worker. */
import { SaccadeError } from '../src/shared/failure.ts';
import type { EngineBuild, PageFile } from '../src/shared/messages.ts';
import { t } from '../src/shared/words.ts';
import { verifyChecksum } from './engine/checksum.ts';

/** One file; each `take` gives bytes that the caller may transfer away. */
export interface EngineFile {
  readonly bytes: number;
  /** @throws SaccadeError of kind "badModel" that names the file */
  take(): Promise<ArrayBuffer>;
}

/** How many more bytes of a file have come. */
export type OnBytes = (count: number) => void;

export interface BuildFiles {
  readonly worker: Pick<EngineFile, 'take'>;
  readonly wasm: Pick<EngineFile, 'take'>;
}

/** By path inside the model's folder. */
export type ModelFiles = ReadonlyMap<string, EngineFile>;

export function buildFiles(build: EngineBuild, onBytes: OnBytes): BuildFiles {
  const file = (url: string): Pick<EngineFile, 'take'> => ({
    take: fetchedOnce(() => fetchBytes(url, t('The engine cannot be read. Reinstall the extension.'), onBytes)),
  });
  return { worker: file(build.workerUrl), wasm: file(build.wasmUrl) };
}

export function modelFiles(files: readonly PageFile[], onBytes: OnBytes): ModelFiles {
  const file = ({ path, url, bytes, sha256 }: PageFile): EngineFile => ({
    bytes,
    take: fetchedOnce(async () => {
      const content = await fetchBytes(url, t('The model file {0} cannot be read. Reinstall the extension.', path), onBytes);
      await verifyChecksum(path, sha256, content);
      return content;
    }),
  });
  return new Map(files.map((own) => [own.path, file(own)]));
}

/**
 * Fetches at the first call, reads a copy at every later one. Copies are blobs, which lie outside the page's heap: reading both large files
 * from them takes 0.1 s. Fetching both again takes 0.25 s where the webview's service worker has kept them and 3 s where it has not, on busy
 * cores.
 */
function fetchedOnce(fetchContent: () => Promise<ArrayBuffer>): EngineFile['take'] {
  let kept: Promise<Blob> | undefined;
  return async () => {
    if (kept) return (await kept).arrayBuffer();
    const content = fetchContent();
    kept = content.then((bytes) => new Blob([bytes]));
    kept.catch(() => (kept = undefined));
    return content;
  };
}

async function fetchBytes(url: string, unreadable: string, onBytes: OnBytes): Promise<ArrayBuffer> {
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok || !response.body) throw new SaccadeError('badModel', unreadable);
  const chunks: Uint8Array[] = [];
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    onBytes(part.value.length);
  }
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes.buffer;
}
