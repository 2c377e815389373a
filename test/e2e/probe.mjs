/** What the extension says is decorated, as an extension beside it writes that into a file of the workspace. Knows no panel. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packExtension } from '../vscode/packExtension.mjs';
import { root, vsixFile } from '../vscode/repository.mjs';
import { installExtension } from '../vscode/server.mjs';

/** @typedef {{text: string, line: number, level: number | 'focus', weight?: number}} Decorated */

/**
 * What the extension says is decorated, once it is as wanted.
 * @param {string} file
 * @param {(decorated: Decorated[]) => boolean} isWanted
 * @returns {Promise<Decorated[]>}
 */
export async function readDecorated(file, isWanted) {
  /** @type {Decorated[]} */
  let decorated = [];
  for (let attempt = 0; attempt < 100; attempt++, await sleep(200)) {
    const content = await readFile(file, 'utf8').catch(() => '');
    if (content === '') continue;
    decorated = JSON.parse(content);
    if (isWanted(decorated)) return decorated;
  }
  throw new Error(`Decorated is ${JSON.stringify(decorated)}.`);
}

/**
 * A folder with the extension and the probe installed.
 * @param {import('node:test').TestContext} t
 * @returns {Promise<string>}
 */
export async function withProbe(t) {
  const folder = await mkdtemp(join(tmpdir(), 'saccade-extensions-'));
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const probe = join(folder, 'probe.vsix');
  await packExtension(join(root, 'test/fixtures/probe'), probe);
  for (const vsix of [vsixFile(), probe]) await installExtension(vsix, folder);
  return folder;
}
