/**
 * Runs the end-to-end tests of this folder, one file after the other, against the packaged extension installed once. Knows no test by name.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { writeCounts } from '../counts.mjs';
import { countsFile } from '../outputFolder.mjs';
import { vsixFile } from '../vscode/repository.mjs';
import { installExtension } from '../vscode/server.mjs';

const vsix = vsixFile();
if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run "npm run package" first.`);
const extensionsFolder = await mkdtemp(join(tmpdir(), 'saccade-extensions-'));
const here = fileURLToPath(new URL('.', import.meta.url));
/** Parts of file names; only the files that contain one of them are run. */
const wanted = process.argv.slice(2);
const counts = { passed: 0, failed: 0, skipped: 0 };
try {
  await installExtension(vsix, extensionsFolder);
  process.env['SACCADE_TEST_EXTENSIONS'] = extensionsFolder;
  const files = (await readdir(here))
    .filter((name) => name.endsWith('.test.mjs') && (wanted.length === 0 || wanted.some((part) => name.includes(part))))
    .map((name) => join(here, name));
  // Two VS Codes at once would starve each other on a small machine.
  const tests = run({ files, concurrency: 1 });
  tests.on('test:pass', ({ skip, todo, details }) => {
    if (details.type === 'suite') return;
    counts[skip === undefined && todo === undefined ? 'passed' : 'skipped']++;
  });
  tests.on('test:fail', ({ details }) => {
    if (details.type !== 'suite') counts.failed++;
  });
  const report = tests.compose(new spec());
  report.pipe(process.stdout);
  await new Promise((resolve) => report.once('end', resolve));
} finally {
  await rm(extensionsFolder, { recursive: true, force: true, maxRetries: 5 });
}
writeCounts(countsFile('e2e'), counts);
process.exitCode = counts.failed === 0 ? 0 : 1;
