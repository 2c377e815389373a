/**
 * The user's cache folder for what is too large for node_modules: each entry is made once, atomically, and reused by every checkout. Also the
 * newer Node that two tools need. Knows nothing of what the entries are for.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { say } from './system.mjs';

/** Settings of the npm that started us which would send a nested npm to the wrong folder or make it leave packages out. */
const inherited =
  /^(INIT_CWD$|npm_(package|lifecycle)_|npm_config_(local_prefix|global|workspaces?|omit|include|ignore_scripts|production)$)/;

/** @returns {string} */
function cacheFolder() {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'saccade');
}

/**
 * The folder `name` of the cache. When missing, `fill` gets an empty folder that becomes it only once `fill` has succeeded.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill
 * @returns {Promise<string>}
 */
export async function cached(name, fill) {
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}.unfinished-`);
  try {
    await fill(unfinished);
    await rename(unfinished, folder).catch((/** @type {NodeJS.ErrnoException} */ error) => {
      // Another process was faster, and its folder is as good as ours.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/**
 * Runs npm; its output is shown only when it fails.
 * @param {string} folder where
 * @param {readonly string[]} args
 * @param {{nodeRoot?: string}} [options] nodeRoot: a Node installation to run npm with and to build native modules against
 * @returns {Promise<void>}
 */
export function npm(folder, args, { nodeRoot } = {}) {
  /** @type {NodeJS.ProcessEnv} */
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
  if (nodeRoot !== undefined) {
    env['PATH'] = `${join(nodeRoot, 'bin')}${delimiter}${env['PATH'] ?? ''}`;
    // Without it node-gyp downloads the headers of the Node that runs it, or takes those that the user's npmrc names.
    env['npm_config_nodedir'] = nodeRoot;
  }
  return new Promise((resolve, reject) => {
    const child = spawn('npm', [...args, '--no-audit', '--no-fund'], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ${args.join(' ')} failed with ${String(code)}:\n${output.slice(-4000)}`));
    });
  });
}

/**
 * Node 24 from the npm registry: VS Code's server and `vsce` need a newer Node than this project does.
 * @returns {Promise<string>} its root: bin/node, include/node
 */
export async function ensureNode24() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = await cached('node-24', async (folder) => {
    say(`installing Node 24 (npm package ${name}) into ${cacheFolder()}`);
    await writeFile(join(folder, 'package.json'), '{"private":true}');
    await npm(folder, ['install', '--ignore-scripts', `${name}@24`]);
  });
  return join(folder, 'node_modules', name);
}
