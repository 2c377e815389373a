/** A document is closed while its translation runs: nothing is written anywhere, and the next run works. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { longText, onProcessor, openInstalled, patience, startLongRun } from './installed.mjs';

test('leaves a document alone that was closed during its run', async (t) => {
  const files = { 'closed.txt': longText, 'other.txt': 'The file is empty.\n' };
  const { workbench, path } = await openInstalled(t, files, { settings: onProcessor });
  await workbench.openFile(path('closed.txt'));
  await startLongRun(workbench);
  await workbench.runCommand('workbench.action.closeAllEditors');
  await workbench.panelFrame().locator('.run-progress').waitFor({ state: 'hidden', timeout: patience });
  assert.equal(await readFile(path('closed.txt'), 'utf8'), longText);

  await workbench.openFile(path('other.txt'));
  await workbench.selectLines(1, 1);
  await workbench.runCommand('saccade.translateSelection', { timeout: 30_000 });
  await workbench.waitForEdit({ timeout: patience });
  assert.notEqual(await workbench.saveAndRead(path('other.txt')), 'The file is empty.\n');
  assert.equal(await readFile(path('closed.txt'), 'utf8'), longText);
});
