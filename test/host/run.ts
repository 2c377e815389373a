/**
 * The module that VS Code calls for an extension's tests: runs every suite that was bundled beside it with mocha, inside the real extension
 * host. Knows no suite by name.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import CountingReporter from '../countingReporter.mjs';

/** VS Code mixes its own lines into what a browser's console shows; the mark tells the runner which are the suites'. */
function markLines(mark: string): void {
  const log = console.log.bind(console);
  const marked = (...line: unknown[]) => log(mark + format(...line));
  console.log = marked;
  Mocha.reporters.Base.consoleLog = marked;
}

/** @throws when a test failed or a suite did not load; VS Code ends with a code that says so */
export async function run(): Promise<void> {
  const mark = process.env['SACCADE_TEST_MARK'];
  if (mark !== undefined) markLines(mark);
  const mocha = new Mocha({
    ui: 'bdd',
    // A first run loads the model and compiles its shaders on a processor that has two cores.
    timeout: 180_000,
    color: process.env['SACCADE_TEST_COLOR'] === '1',
    reporter: CountingReporter,
    ...(process.env['SACCADE_TEST_GREP'] === undefined ? {} : { grep: process.env['SACCADE_TEST_GREP'] }),
    reporterOptions: { counts: process.env['SACCADE_TEST_COUNTS'] },
  });
  for (const file of readdirSync(__dirname)) if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${String(failures)} tests failed`);
}
