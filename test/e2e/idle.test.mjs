/** An engine that nobody needs gives its memory back, says so, and comes back with the next command by itself. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { openInstalled, onProcessor, patience } from './installed.mjs';

/** @param {import('../vscode/workbench.mjs').Workbench} workbench */
async function countEngines({ page }) {
  const names = await Promise.all(page.workers().map((worker) => worker.evaluate(() => self.name).catch(() => '')));
  return names.filter((name) => name === 'saccade-engine').length;
}

test('gives the memory back when idle, and works again', async (t) => {
  const files = { 'first.txt': 'The file is empty.\n', 'second.txt': 'The list is empty.\n' };
  const { workbench, path } = await openInstalled(t, files, { settings: { ...onProcessor, 'saccade.idleMinutes': 0.05 } });
  for (const name of Object.keys(files)) {
    await workbench.openFile(path(name));
    await workbench.selectLines(1, 1);
    await workbench.runCommand('saccade.translateSelection');
    await workbench.waitForEdit({ timeout: patience });
    await workbench.panelFrame().locator('section.status', { hasText: 'memory was given back' }).waitFor({ timeout: patience });
    assert.equal(await countEngines(workbench), 0);
  }
});
