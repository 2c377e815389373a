/** Packs an extension's folder as a .vsix with vsce. Knows no extension. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureNode24 } from './cache.mjs';
import { root } from './repository.mjs';

/**
 * @param {string} folder with the extension's package.json; what it needs is in its own bundles
 * @param {string} file of the .vsix to write
 * @throws {Error} where vsce refuses; it has said why
 */
export async function packExtension(folder, file) {
  // vsce asks for a newer Node than this project does.
  const isNewEnough = Number(process.versions.node.split('.')[0]) >= 22;
  const node = isNewEnough ? process.execPath : join(await ensureNode24(), process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
  /** @type {{bin: {vsce: string}}} */
  const vsce = JSON.parse(readFileSync(join(root, 'node_modules/@vscode/vsce/package.json'), 'utf8'));
  const { status } = spawnSync(
    node,
    [
      join(root, 'node_modules/@vscode/vsce', vsce.bin.vsce),
      ...['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--skip-license', '-o', file],
    ],
    { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0) throw new Error(`${folder} was not packed.`);
}
