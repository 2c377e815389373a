/**
 * Packages the built extension as dist/saccade-<version>.vsix and prints its size. Knows nothing of what goes into it: that is .vscodeignore.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, vsixFile } from './repository.mjs';
import { ensureNode24 } from './cache.mjs';

/** What people are asked to download, in MB. */
const LARGEST = 60;

// vsce asks for a newer Node than this project does.
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 22;
const node = isNewEnough ? process.execPath : join(await ensureNode24(), process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
/** @type {{bin: {vsce: string}}} */
const vsce = JSON.parse(readFileSync(join(root, 'node_modules/@vscode/vsce/package.json'), 'utf8'));
const file = vsixFile();
const { status } = spawnSync(
  node,
  [
    join(root, 'node_modules/@vscode/vsce', vsce.bin.vsce),
    // Everything that the extension needs is in its bundles.
    ...['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '-o', file],
  ],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
);
if (status === 0) {
  const megabytes = statSync(file).size / 1e6;
  console.log(`${relative(root, file)}: ${megabytes.toFixed(1)} MB`);
  if (megabytes > LARGEST) throw new Error(`The package is larger than ${String(LARGEST)} MB.`);
}
process.exitCode = status ?? 1;
