/** Where test runs leave what they make: one git-ignored folder. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const outputFolder = fileURLToPath(new URL('output', import.meta.url));

export const countsFolder = join(outputFolder, 'counts');

/** @param {string} suite */
export function countsFile(suite) {
  return join(countsFolder, `${suite}.json`);
}
