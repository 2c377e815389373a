/** A GPU that nobody measured: the first run does not wait for it, and the panel says what was measured afterwards. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { readLastRun } from '../vscode/lastRun.mjs';
import { openInstalled, patience } from './installed.mjs';

test('starts on wasm, times every path while nobody waits, and says what a token takes', async (t) => {
  const { workbench, path } = await openInstalled(t, { 'note.txt': 'The file is empty.\n' });
  await workbench.openFile(path('note.txt'));
  await workbench.selectLines(1, 1);
  await workbench.runCommand('saccade.translateSelection');
  await workbench.waitForEdit({ timeout: patience });
  const run = await readLastRun(workbench, patience);
  assert.equal(run.device, 'wasm');
  assert.match(run.deviceReason, /timed while nobody waits/);
  const strip = workbench.panelFrame().locator('section.status');
  await strip.getByText(/a token takes: .*wasm [\d.]+ ms/).waitFor({ state: 'attached', timeout: patience });
  const measured = (await strip.textContent()) ?? '';
  assert.match(measured, /WebGPU [\d.]+ ms/, 'the recorded step passed the self-check and was timed');
  assert.match(measured, /WebGPU without a recorded step [\d.]+ ms/);
});
