/** Where things lie in this checkout. Knows nothing of what is done with them. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** A small workspace with comments and docstrings in English. */
export const sampleFolder = join(root, 'test/fixtures/sample');

/** The packaged extension, whether it has been made or not. */
export function vsixFile() {
  /** @type {{version: string}} */
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return join(root, `dist/saccade-${version}.vsix`);
}
