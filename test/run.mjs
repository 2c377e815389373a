/**
 * `npm test`: builds, runs every suite in turn and closes with one line that adds them all up. Goes on after a failing step, so that one run
 * shows everything that is wrong. Knows the steps by their npm scripts only.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readCounts } from './counts.mjs';
import { countsFile, countsFolder } from './outputFolder.mjs';

/** @type {readonly {script: string, suite?: string}[]} */
const steps = [
  { script: 'test:unit', suite: 'unit' },
  { script: 'test:grammars', suite: 'grammars' },
  { script: 'test:browser', suite: 'browser' },
  { script: 'package' },
  { script: 'test:host', suite: 'host' },
  { script: 'test:e2e', suite: 'e2e' },
];

const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const report = [];

rmSync(countsFolder, { recursive: true, force: true });
for (const { script, suite } of steps) {
  console.log(`\n=== npm run ${script}`);
  const started = Date.now();
  const { status } = spawnSync('npm', ['run', '--silent', script], { stdio: 'inherit', shell: process.platform === 'win32' });
  const seconds = `${((Date.now() - started) / 1000).toFixed(0)} s`;
  const counts = suite === undefined ? undefined : readCounts(countsFile(suite));
  // A suite that ended badly or never began has failed, whatever it counted.
  const unaccounted = status !== 0 && (counts?.failed ?? 0) === 0;
  const empty = suite !== undefined && (counts === undefined || counts.passed + counts.failed === 0);
  total.passed += counts?.passed ?? 0;
  total.failed += (counts?.failed ?? 0) + (unaccounted || empty ? 1 : 0);
  total.skipped += counts?.skipped ?? 0;
  const result = counts === undefined ? (suite === undefined ? '' : 'no counts, ') : `${describe(counts)}, `;
  report.push(`${status === 0 && !empty ? 'ok    ' : 'FAILED'} ${script}: ${result}${seconds}`);
}
console.log(`\n${report.join('\n')}\n\n${describe(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** @param {import('./counts.mjs').Counts} counts */
function describe({ passed, failed, skipped }) {
  return `${String(passed)} passed, ${String(failed)} failed${skipped === 0 ? '' : `, ${String(skipped)} skipped`}`;
}
