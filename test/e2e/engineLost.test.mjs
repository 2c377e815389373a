/** The engine's worker dies while it writes: the run fails in words, the document stays, the next run works. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { readLastRun } from '../vscode/lastRun.mjs';
import { longText, onProcessor, openInstalled, patience, startLongRun } from './installed.mjs';

/**
 * Ends the worker as a crash does: without a word to the page.
 * @param {import('../vscode/workbench.mjs').Workbench} workbench
 */
async function killEngine({ page }) {
  for (const worker of page.workers()) {
    const isEngine = await worker.evaluate(() => self.name === 'saccade-engine').catch(() => false);
    // The evaluation that closes its own worker may never get an answer.
    if (isEngine) return void worker.evaluate(() => self.close()).catch(() => undefined);
  }
  throw new Error('The engine has no worker.');
}

test('survives the death of its worker', async (t) => {
  const { workbench, path } = await openInstalled(t, { 'long.txt': longText }, { settings: onProcessor });
  await workbench.openFile(path('long.txt'));
  await startLongRun(workbench);
  await killEngine(workbench);
  await workbench.panelFrame().locator('.notice.error').waitFor({ timeout: patience });
  assert.match((await workbench.panelFrame().locator('.notice.error').textContent()) ?? '', /stopped unexpectedly/);
  assert.equal(await workbench.isDirty(), false);
  assert.equal(await readFile(path('long.txt'), 'utf8'), longText);

  await workbench.page.locator('.editor-instance .view-lines').first().click();
  await workbench.selectLines(1, 1);
  await workbench.runCommand('saccade.translateSelection', { timeout: 30_000 });
  await workbench.waitForEdit({ timeout: patience });
  assert.equal((await readLastRun(workbench, patience)).argmaxAgrees, true);
});
