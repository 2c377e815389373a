/**
 * What the operating system must bring, and how to get it: finds commands, installs Debian packages where it may. Knows nothing of VS Code.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param {string} line */
export function say(line) {
  process.stderr.write(`[machine] ${line}\n`);
}

/**
 * Full path of the first of these commands that exists, whether named or given as a path.
 * @param {readonly string[]} names
 * @returns {string | undefined}
 */
export function findCommand(...names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  for (const name of names) {
    const candidates = name.includes('/') ? [name] : folders.map((folder) => join(folder, name));
    const found = candidates.find(isExecutable);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

let aptListsAreFresh = false;

/**
 * Installs Debian packages when this process may; otherwise changes nothing.
 * @param {readonly string[]} packages
 * @param {string} why what the packages are for, shown to the user
 * @returns {boolean} whether the packages are now installed
 */
export function installWithApt(packages, why) {
  if (process.getuid?.() !== 0 || findCommand('apt-get') === undefined) return false;
  say(`installing ${packages.join(', ')} with apt-get: ${why}`);
  aptListsAreFresh ||= apt(['update', '-qq']);
  return apt(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

/**
 * @param {readonly string[]} args
 * @returns {boolean}
 */
function apt(args) {
  const { status, stdout, stderr } = spawnSync('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
    // apt-get may not wait for an answer: there may be nobody to give it.
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
  if (status !== 0) say(`apt-get ${args.join(' ')} failed:\n${`${stdout}${stderr}`.split('\n').slice(-15).join('\n')}`);
  return status === 0;
}
