/**
 * The real VS Code as a server (npm package code-server): installs it once, starts and stops it. Knows nothing of the browser that shows it.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cached, ensureNode24, npm } from './cache.mjs';
import { findCommand, installWithApt, say } from './system.mjs';

const version = '4.139.1';

/** Settings that keep VS Code quiet: no welcome pages, no assistants, no traffic. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  // VS Code in a browser saves by itself unless told not to; on the desktop it does not.
  'files.autoSave': 'off',
};

/**
 * @typedef {object} Installation
 * @property {string} node the Node that runs it
 * @property {string} entry code-server's main script
 */

/**
 * @returns {Promise<Installation>}
 * @throws {Error} that says what is missing on this machine
 */
export async function ensureServer() {
  if (process.platform !== 'linux') {
    throw new Error(
      'This harness runs VS Code as a server, which is set up for Linux only. Here, try the extension with "code --extensionDevelopmentPath=." ' +
        'and run its suite in the desktop VS Code with "npm run test:host -- --desktop".',
    );
  }
  const nodeRoot = await ensureNode24();
  const folder = await cached(`code-server-${version}`, async (folder) => {
    ensureCompiler();
    say(`installing VS Code as a server (code-server ${version}, about 800 MB, about two minutes) into the cache, once`);
    await writeFile(join(folder, 'package.json'), '{"private":true}');
    // Its own install script would also build kerberos, which needs libraries that nothing here uses.
    await npm(folder, ['install', '--ignore-scripts', `code-server@${version}`], { nodeRoot });
    const vscode = join(folder, 'node_modules/code-server/lib/vscode');
    await npm(vscode, ['install', '--ignore-scripts', '--omit=dev'], { nodeRoot });
    await npm(vscode, ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], { nodeRoot });
    await npm(join(vscode, 'extensions'), ['install', '--ignore-scripts', '--omit=dev'], { nodeRoot });
    for (const built of ['spdlog/build/Release/spdlog.node', 'native-watchdog/build/Release/watchdog.node']) {
      if (!existsSync(join(vscode, 'node_modules/@vscode', built))) throw new Error(`npm rebuild did not build @vscode/${built}.`);
    }
    say('VS Code is installed');
  });
  return { node: join(nodeRoot, 'bin/node'), entry: join(folder, 'node_modules/code-server/out/node/entry.js') };
}

function ensureCompiler() {
  const missing = ['g++', 'make', 'python3'].filter((command) => findCommand(command) === undefined);
  if (missing.length === 0 || installWithApt(['build-essential', 'python3'], "two native modules of VS Code's server")) return;
  throw new Error(
    `${missing.join(', ')} missing: two native modules of VS Code's server are compiled (Debian: "apt-get install build-essential python3").`,
  );
}

/**
 * Installs a packaged extension, as `code --install-extension` does.
 * @param {string} vsix
 * @param {string} extensionsFolder
 * @returns {Promise<void>}
 */
export async function installExtension(vsix, extensionsFolder) {
  const { node, entry } = await ensureServer();
  const server = spawn(node, [entry, '--install-extension', vsix, '--force', '--extensions-dir', extensionsFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, output } = await ended(server);
  if (code !== 0) throw new Error(`Installing ${vsix} failed:\n${output}`);
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 * @returns {Promise<{code: number | null, output: string}>}
 */
function ended(child) {
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, output });
    });
  });
}

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {() => Promise<void>} stop
 */

/**
 * @param {object} options
 * @param {string} options.folder empty folder for the server's state; VS Code restores unsaved editors from it, so a fresh one per run
 * @param {string} [options.extensionsFolder]
 * @param {Record<string, unknown>} [options.settings] user settings
 * @param {NodeJS.ProcessEnv} [options.env] seen by the extension host too
 * @param {boolean} [options.workspaceTrust] false: every workspace is trusted
 * @returns {Promise<Server>}
 */
export async function startServer({
  folder,
  extensionsFolder = join(folder, 'extensions'),
  settings = {},
  env = {},
  workspaceTrust = false,
}) {
  const { node, entry } = await ensureServer();
  const port = await freePort();
  const userData = join(folder, 'data');
  await mkdir(join(userData, 'User'), { recursive: true });
  await writeFile(join(userData, 'User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
  const child = spawn(
    node,
    [
      entry,
      ...['--config', join(folder, 'config.yaml'), '--auth', 'none', '--bind-addr', `127.0.0.1:${String(port)}`],
      ...['--user-data-dir', userData, '--extensions-dir', extensionsFolder],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
      // Only with the driver does VS Code take an extension under development from the address that it is opened with.
      ...['--vscode-option', 'enable-smoke-test-driver'],
    ],
    // A group of its own: the server's extension hosts and file watchers end with it.
    // Without a gallery VS Code asks no marketplace about the extensions that it sees.
    { env: { ...process.env, EXTENSIONS_GALLERY: '{}', ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const end = ended(child);
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  // In its own group the server hears no Ctrl-C, and a process that dies of a signal tells no "exit" listener.
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']).filter((signal) => process.listenerCount(signal) === 0);
  const interrupt = () => process.exit(1);
  process.once('exit', kill);
  for (const signal of signals) process.once(signal, interrupt);
  const stop = async () => {
    kill();
    await end;
    process.removeListener('exit', kill);
    for (const signal of signals) process.removeListener(signal, interrupt);
  };
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`VS Code's server ended at once:\n${(await end).output}`);
    if (await isHealthy(port)) return { port, stop };
    await sleep(100);
  }
  await stop();
  throw new Error(`VS Code's server did not answer within 30 s:\n${(await end).output}`);
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

/** @param {number} port */
async function isHealthy(port) {
  try {
    return (await fetch(`http://127.0.0.1:${String(port)}/healthz`)).ok;
  } catch {
    return false;
  }
}

/**
 * The folder of the extensions that come with VS Code: languages and their grammars.
 * @returns {Promise<string>}
 */
export async function builtInExtensions() {
  const { entry } = await ensureServer();
  return join(dirname(entry), '../../lib/vscode/extensions');
}
