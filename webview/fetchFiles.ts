/** Fetches the engine's files, counts the bytes and verifies each model file against its checksum. Knows no worker. */
import { SaccadeError } from '../src/shared/failure.ts';
import type { EngineBuild, PageFile } from '../src/shared/messages.ts';
import { verifyChecksum } from './engine/checksum.ts';

/**
 * The file's bytes; `onBytes` hears how many more have come.
 * @throws SaccadeError of kind "badModel" that names the file
 */
async function fetchBytes(url: string, name: string, onBytes: (count: number) => void): Promise<ArrayBuffer> {
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok || !response.body) throw new SaccadeError('badModel', `${name} cannot be read. Reinstall the extension.`);
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

export interface FetchedFiles {
  readonly worker: ArrayBuffer;
  readonly wasm: ArrayBuffer;
  readonly model: ReadonlyMap<string, ArrayBuffer>;
}

export async function fetchFiles(
  build: EngineBuild,
  files: readonly PageFile[],
  onBytes: (loadedBytes: number) => void,
): Promise<FetchedFiles> {
  let loaded = 0;
  const count = (bytes: number): void => onBytes((loaded += bytes));
  const fetchModelFile = async (file: PageFile): Promise<[string, ArrayBuffer]> => {
    const content = await fetchBytes(file.url, `The model file ${file.path}`, count);
    await verifyChecksum(file.path, file.sha256, content);
    return [file.path, content];
  };
  const [worker, wasm, ...model] = await Promise.all([
    fetchBytes(build.workerUrl, 'The engine', count),
    fetchBytes(build.wasmUrl, 'The engine', count),
    ...files.map(fetchModelFile),
  ]);
  return { worker, wasm, model: new Map(model) };
}
