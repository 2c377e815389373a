/** A document is closed while its translation runs: nothing is written anywhere, and the next run works. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { longText, openInstalled, patience, startLongRun } from './installed.mjs';

test('leaves a document alone that was closed during its run', async (t) => {
  // Short enough to end soon, long enough to be closed in time.
  const text = longText.split('\n').slice(0, 6).join('\n');
  const { workbench, path } = await openInstalled(t, { 'closed.txt': text, 'other.txt': 'The file is empty.\n' });
  await workbench.openFile(path('closed.txt'));
  await startLongRun(workbench);
  await workbench.runCommand('workbench.action.closeAllEditors');
  await workbench.panelFrame().locator('.run-progress').waitFor({ state: 'hidden', timeout: patience });
  assert.equal(await readFile(path('closed.txt'), 'utf8'), text);

  await workbench.openFile(path('other.txt'));
  await workbench.selectLines(1, 1);
  await workbench.runCommand('saccade.translateSelection', { timeout: 30_000 });
  await workbench.waitForEdit({ timeout: patience });
  assert.notEqual(await workbench.saveAndRead(path('other.txt')), 'The file is empty.\n');
  assert.equal(await readFile(path('closed.txt'), 'utf8'), text);
});
