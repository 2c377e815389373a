/** One file over HTTP onto the disk: goes on where it was cut short, and keeps nothing whose checksum is wrong. Knows no Hub. */
import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import { SaccadeError } from '../../shared/failure.ts';
import { t } from '../../shared/words.ts';
import { diskFailure } from './diskFailure.ts';
import { fileDigests, type Digest } from './fileDigest.ts';
import type { BringOptions } from './modelSource.ts';
import { SilentServerError } from './timedFetch.ts';

export interface FetchedFile {
  readonly path: string;
  readonly bytes: number;
  readonly digest: Digest;
}

export interface FetchFileOptions extends BringOptions {
  /** The file from an offset on. */
  readonly fetchFrom: (start: number) => Promise<Response>;
  readonly patienceSeconds: number;
  /** What the server's answer, or a broken connection, means to the user. */
  readonly failure: (error: unknown) => Error;
}

/** Answers of a server that may be another one the next time. */
class BadStatus extends Error {
  constructor(readonly statusCode: number) {
    super(`Status ${statusCode}`);
  }
}

/** In a row and without a byte in between. */
const MOST_FAILURES = 3;

/**
 * @returns the file's SHA-256
 * @throws SaccadeError of kind "download"; the signal's reason once aborted
 */
export async function fetchFile(file: FetchedFile, target: string, options: FetchFileOptions): Promise<string> {
  const { signal, failure } = options;
  for (let failures = 0; ;) {
    const there = await sizeOf(target);
    if (there === file.bytes) break;
    try {
      await appendRest(file, target, there !== undefined && there < file.bytes ? there : 0, options);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SaccadeError) throw error;
      const isFinal = error instanceof BadStatus && error.statusCode < 500;
      failures = ((await sizeOf(target)) ?? 0) > (there ?? 0) ? 0 : failures + 1;
      if (isFinal || failures >= MOST_FAILURES) throw failure(error);
    }
  }
  const digests = await fileDigests(target, signal);
  if (digests[file.digest.kind] === file.digest.hex) return digests.sha256;
  await rm(target, { force: true });
  throw new SaccadeError(
    'download',
    t('The file {0} did not come as it was sent (its checksum is wrong), and was thrown away. Add the model again.', file.path),
  );
}

async function appendRest(file: FetchedFile, target: string, start: number, options: FetchFileOptions): Promise<void> {
  const response = await options.fetchFrom(start);
  if (!response.ok || !response.body) throw new BadStatus(response.status);
  // A server that does not know ranges begins again, and so do we.
  const from = response.status === 206 ? start : 0;
  const disk = await onDisk(target, () => open(target, from > 0 ? 'a' : 'w'));
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  try {
    options.onBytes(from - start);
    for (let written = from; written < file.bytes;) {
      const { done, value } = await inTime(reader.read(), options.patienceSeconds);
      if (done) throw new Error('The connection ended early');
      const wanted = value.subarray(0, file.bytes - written);
      await onDisk(target, () => write(disk, wanted));
      written += wanted.length;
      options.onBytes(wanted.length);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
    await disk.close().catch(() => undefined);
  }
}

async function write(disk: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length;) offset += (await disk.write(bytes, offset)).bytesWritten;
}

async function onDisk<Result>(target: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw diskFailure(error, target);
  }
}

async function inTime<Result>(work: Promise<Result>, seconds: number): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new SilentServerError(seconds)), seconds * 1000)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
}
