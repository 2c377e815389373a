/**
 * A VS Code with the packaged extension installed and a workspace of its own, for one test. Knows no test.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { outputFolder } from '../outputFolder.mjs';
import { startWorkbench } from '../vscode/startWorkbench.mjs';

/** Time for one run of the model with loading it, in ms: without a GPU it takes its time. */
export const patience = 360_000;

/** For tests of what happens around a run: a GPU in software takes many times as long as wasm. */
export const onProcessor = { 'saccade.device': 'wasm' };

/**
 * @param {import('node:test').TestContext} test the workbench ends with it; a failing test leaves a picture in test/output
 * @param {Record<string, string>} files the workspace: texts by path
 * @param {Omit<import('../vscode/startWorkbench.mjs').WorkbenchOptions, 'folder'>} [options]
 */
export async function openInstalled(test, files, options = {}) {
  const extensionsFolder = process.env['SACCADE_TEST_EXTENSIONS'];
  if (extensionsFolder === undefined) throw new Error('Run these tests by "npm run test:e2e": it installs the extension first.');
  const workspace = await mkdtemp(join(tmpdir(), 'saccade-workspace-'));
  test.after(() => rm(workspace, { recursive: true, force: true, maxRetries: 5 }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(workspace, name)), { recursive: true });
    await writeFile(join(workspace, name), text);
  }
  const workbench = await startWorkbench({ folder: workspace, extensionsFolder, ...options });
  test.after(async () => {
    await mkdir(outputFolder, { recursive: true });
    await workbench.screenshot(join(outputFolder, `e2e-${test.name.replaceAll(/\W+/g, '-')}.png`)).catch(() => undefined);
    await workbench.stop();
  });
  return { workbench, path: (/** @type {string} */ name) => join(workspace, name) };
}

/** English text that keeps the model busy for many seconds, decoding in batches on one core. */
export const longText = Array.from(
  { length: 300 },
  (_, index) => `Line ${String(index + 1)} of this file says that the server must be started before the client can send a request.`,
).join('\n');

/**
 * Selects the whole active document, starts its translation and waits until the model writes.
 * @param {import('../vscode/workbench.mjs').Workbench} workbench
 */
export async function startLongRun(workbench) {
  await workbench.runCommand('editor.action.selectAll');
  await workbench.runCommand('saccade.translateSelection');
  await workbench.panelFrame().locator('.run-target', { hasText: /\w/ }).waitFor({ timeout: patience });
}
