/**
 * Packages the built extension as dist/saccade-<version>.vsix and prints its size. Knows nothing of what goes into it: that is .vscodeignore.
 */
import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { packExtension } from './packExtension.mjs';
import { root, vsixFile } from './repository.mjs';

/** What people are asked to download, in MB. */
const LARGEST = 60;

const file = vsixFile();
await packExtension(root, file);
const megabytes = statSync(file).size / 1e6;
console.log(`${relative(root, file)}: ${megabytes.toFixed(1)} MB`);
if (megabytes > LARGEST) throw new Error(`The package is larger than ${String(LARGEST)} MB.`);
