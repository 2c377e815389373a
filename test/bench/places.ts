/** Where the bench finds and leaves things. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const packages = path.join(root, 'test/bench/peers/node_modules');
/** What a run makes; git-ignored. */
export const output = path.join(root, 'test/output/bench');
export const bundles = path.join(output, 'bundles');
export const hub = path.join(output, 'hub');
