/**
 * Runs the mocha suites of test/host inside a real extension host: that of VS Code's server, shown in Chromium, or with `--desktop` that of
 * the desktop VS Code, which `@vscode/test-electron` downloads. Any other word is a part of the names of the tests that are run. Knows no suite.
 */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { countsFile } from '../outputFolder.mjs';
import { root, sampleFolder } from './repository.mjs';
import { startWorkbench } from './startWorkbench.mjs';

const suites = join(root, 'dist/test/host/index.cjs');
/** A hung suite would never call back. */
const timeout = 15 * 60_000;
const [wanted] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const env = {
  ...(wanted === undefined ? {} : { SACCADE_TEST_GREP: wanted }),
  SACCADE_TEST_COUNTS: countsFile('host'),
  SACCADE_TEST_COLOR: process.stdout.isTTY ? '1' : '0',
};

/** Starts each line of the suites in a console that VS Code writes to as well. */
const mark = 'suite: ';

/**
 * @param {string} workspace
 * @returns {Promise<number>} exit code
 */
async function runInServer(workspace) {
  /** @type {(code: number) => void} */
  let finish = () => undefined;
  /** @type {Promise<number>} */
  const finished = new Promise((resolve) => (finish = resolve));
  const timer = setTimeout(() => {
    console.error(`The suites did not end within ${String(timeout / 60_000)} minutes.`);
    finish(1);
  }, timeout);
  const workbench = await startWorkbench({
    folder: workspace,
    extensionDevelopmentPath: root,
    extensionTestsPath: suites,
    env: { ...env, SACCADE_TEST_MARK: mark },
    expose: {
      codeAutomationLog: (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
        const line = format(...args);
        if (line.startsWith(mark)) console.log(line.slice(mark.length));
        else if (type === 'error') console.error(`[VS Code] ${line}`);
      },
      codeAutomationExit: (/** @type {number} */ code) => {
        finish(code);
      },
    },
  });
  workbench.page.once('crash', () => {
    console.error('The page of VS Code crashed.');
    finish(1);
  });
  try {
    return await finished;
  } finally {
    clearTimeout(timer);
    await workbench.stop();
  }
}

/**
 * @param {string} workspace
 * @returns {Promise<number>} exit code
 */
async function runInDesktop(workspace) {
  const { runTests } = await import('@vscode/test-electron');
  return runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: suites,
    extensionTestsEnv: env,
    launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust'],
  });
}

if (!existsSync(suites)) throw new Error(`${suites} is missing: run "npm run build" first.`);
const workspace = await mkdtemp(join(tmpdir(), 'saccade-workspace-'));
try {
  await cp(sampleFolder, workspace, { recursive: true });
  process.exitCode = await (process.argv.includes('--desktop') ? runInDesktop(workspace) : runInServer(workspace));
} finally {
  await rm(workspace, { recursive: true, force: true, maxRetries: 5 });
}
