/** A model on the Hub, or on a mirror of it: what it has, and its files, each verified. What the server says is untrusted. Knows no store. */
import { fileDownloadInfo, listFiles, modelInfo } from '@huggingface/hub';
import { SaccadeError } from '../../shared/failure.ts';
import { t } from '../../shared/words.ts';
import { isModelId, isModelPath } from '../catalog.ts';
import { fetchFile } from './fetchFile.ts';
import type { Digest } from './fileDigest.ts';
import { hubFailure } from './hubFailure.ts';
import type { ModelSource, SourceFile } from './modelSource.ts';
import { timedFetch } from './timedFetch.ts';

export interface HubAccess {
  /** Such as "https://huggingface.co", without a slash at the end. */
  readonly endpoint: string;
  readonly token: string | undefined;
  readonly fetch: typeof fetch;
  /** How long a server may say nothing. */
  readonly patienceSeconds: number;
}

export const PATIENCE_SECONDS = 30;

interface HubFile extends SourceFile {
  readonly digest: Digest;
}

/** Of a folder with more files nobody can tell which ones are the model. */
const MOST_FILES = 5000;

/**
 * Asks what the model has; fetches none of it.
 * @throws SaccadeError of kind "download"; the signal's reason once aborted
 */
export async function hubSource(id: string, access: HubAccess, signal: AbortSignal): Promise<ModelSource> {
  if (!isModelId(id)) throw new SaccadeError('badInput', t('"{0}" is no name of a model. On the Hub it is owner/name.', id));
  const { endpoint, token, patienceSeconds } = access;
  const common = { hubUrl: endpoint, accessToken: token, fetch: timedFetch(access.fetch, signal, patienceSeconds) };
  const asked = async <Answer>(answer: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await answer();
    } catch (error) {
      signal.throwIfAborted();
      throw hubFailure(error, id, endpoint);
    }
  };
  const info = await asked(() => modelInfo({ ...common, name: id, additionalFields: ['sha', 'tags'] }));
  const revision = info.sha;
  if (typeof revision !== 'string' || !/^[0-9a-f]{40}$/.test(revision)) throw hubFailure(undefined, id, endpoint);
  const files = await asked(async () => {
    const found: HubFile[] = [];
    for await (const entry of listFiles({ ...common, repo: id, revision, recursive: true })) {
      const digest = digestOf(entry);
      if (entry.type === 'file' && isModelPath(entry.path) && Number.isSafeInteger(entry.size) && digest)
        found.push({ path: entry.path, bytes: entry.size, digest });
      if (found.length > MOST_FILES) throw new SaccadeError('badModel', t('{0} has too many files. Choose another model.', id));
    }
    return found;
  });
  return {
    id,
    version: revision.slice(0, 12),
    licence: licenceOf(info.tags),
    files,
    async bring(path, target, options) {
      const file = files.find((each) => each.path === path)!;
      const timed = timedFetch(access.fetch, options.signal, patienceSeconds);
      const download = await asked(() => fileDownloadInfo({ ...common, fetch: timed, repo: id, revision, path }));
      if (!download || download.size !== file.bytes || !download.etag.includes(file.digest.hex)) throw hubFailure(undefined, id, endpoint);
      const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
      const fetchFrom = (start: number): Promise<Response> =>
        timed(download.url, { headers: { ...headers, ...(start > 0 ? { Range: `bytes=${start}-` } : {}) } });
      return fetchFile(file, target, { ...options, fetchFrom, patienceSeconds, failure: (error) => hubFailure(error, id, endpoint) });
    },
  };
}

function digestOf({ oid, lfs }: { readonly oid?: string; readonly lfs?: { readonly oid: string } }): Digest | undefined {
  if (lfs) return /^[0-9a-f]{64}$/.test(lfs.oid) ? { kind: 'sha256', hex: lfs.oid } : undefined;
  return oid !== undefined && /^[0-9a-f]{40}$/.test(oid) ? { kind: 'gitBlob', hex: oid } : undefined;
}

function licenceOf(tags: unknown): string | undefined {
  if (!Array.isArray(tags)) return undefined;
  const tag = tags.find((each): each is string => typeof each === 'string' && each.startsWith('license:'));
  return tag?.slice('license:'.length, 80);
}
