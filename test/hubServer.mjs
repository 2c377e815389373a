/**
 * A server of this machine that plays the Hub: what a model has, its files by range, and every way in which that can go wrong. Knows no client.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** What goes wrong with the next answer about a file, or about the model where the path is empty. */
/** @typedef {{kind: 'status', status: number} | {kind: 'cut', after: number} | {kind: 'corrupt'} | {kind: 'silent', after: number} | {kind: 'noRanges'}} Trouble */

/**
 * @typedef {object} HubServer
 * @property {string} url
 * @property {{path: string, range: string | undefined, authorization: string | undefined}[]} requests for files' content
 * @property {Map<string, Trouble[]>} troubles by path; each is met once
 * @property {() => Promise<void>} stop
 */

const REVISION = '0123456789abcdef0123456789abcdef01234567';

/**
 * The files of a tiny model of test/fixtures, as the Hub would have them.
 * @param {string} folder
 * @param {RegExp} kept of the graphs
 */
export function tinyModel(folder, kept = /./) {
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  for (const name of ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'])
    files.set(name, readFileSync(join(folder, name)));
  for (const name of readdirSync(join(folder, 'onnx')).filter((each) => kept.test(each)))
    files.set(`onnx/${name.replace('.gz', '')}`, gunzipSync(readFileSync(join(folder, 'onnx', name))));
  return files;
}

/**
 * @param {ReadonlyMap<string, ReadonlyMap<string, Buffer>>} models files by model
 * @returns {Promise<HubServer>}
 */
export async function startHub(models) {
  /** @type {HubServer['requests']} */
  const requests = [];
  /** @type {HubServer['troubles']} */
  const troubles = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://hub');
    const asked = /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree)\//.exec(pathname);
    const resolved = /^\/([^/]+\/[^/]+)\/resolve\/[^/]+\/(.+)$/.exec(pathname);
    const id = asked?.[1] ?? resolved?.[1] ?? '';
    const files = models.get(id);
    /** @type {(status: number, body: unknown) => void} */
    const json = (status, body) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const path = resolved?.[2] ?? '';
    const isProbe = request.headers.range === 'bytes=0-0';
    const trouble = isProbe ? undefined : troubles.get(path)?.shift();
    if (trouble?.kind === 'status') return json(trouble.status, { error: `Status ${String(trouble.status)}` });
    if (trouble?.kind === 'silent' && trouble.after === 0) return undefined;
    if (!files) return json(404, { error: 'Repository not found' });
    if (asked?.[2] === 'revision')
      return json(200, {
        ...{ _id: '1', id, private: false, gated: false, downloads: 1, likes: 0, lastModified: '2026-01-01T00:00:00.000Z' },
        ...{ sha: REVISION, tags: ['onnx', 'license:apache-2.0'] },
      });
    if (asked)
      return json(
        200,
        [...files].map(([name, content]) => treeEntry(name, content)),
      );
    const content = files.get(path);
    if (!content) return json(404, { error: 'Entry not found' });
    const { authorization, range } = request.headers;
    if (!isProbe) requests.push({ path, range, authorization });
    return sendFile(response, content, trouble?.kind === 'noRanges' ? undefined : range, trouble, digestOf(content).hex);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${String(address.port)}`, requests, troubles, stop };
}

/** Large files are in LFS, small ones in Git, as on the Hub. @param {Buffer} content */
function digestOf(content) {
  const isLarge = content.length > 4096;
  const hash = isLarge ? createHash('sha256') : createHash('sha1').update(`blob ${String(content.length)}\0`);
  return { isLarge, hex: hash.update(content).digest('hex') };
}

/** @param {string} path @param {Buffer} content */
function treeEntry(path, content) {
  const { isLarge, hex } = digestOf(content);
  const size = content.length;
  return {
    type: 'file',
    path,
    size,
    oid: isLarge ? '0'.repeat(40) : hex,
    ...(isLarge ? { lfs: { oid: hex, size, pointerSize: 130 } } : {}),
  };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Buffer} content
 * @param {string | undefined} range
 * @param {Trouble | undefined} trouble
 * @param {string} etag
 */
function sendFile(response, content, range, trouble, etag) {
  const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  const [start, end] = [Number(from), to === '' ? content.length : Number(to) + 1];
  const part = Buffer.from(content.subarray(start, end));
  if (trouble?.kind === 'corrupt') part[0] = (part[0] ?? 0) ^ 1;
  response.writeHead(range === undefined ? 200 : 206, {
    'content-length': part.length,
    'content-range': `bytes ${String(start)}-${String(end - 1)}/${String(content.length)}`,
    etag: `"${etag}"`,
  });
  if (trouble?.kind !== 'cut' && trouble?.kind !== 'silent') {
    response.end(part);
    return;
  }
  response.write(part.subarray(0, trouble.after), () => {
    if (trouble.kind === 'cut') setTimeout(() => response.destroy(), 20);
  });
}
