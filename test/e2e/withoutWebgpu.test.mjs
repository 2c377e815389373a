/** A browser without a usable GPU: the model runs on the processor, and the panel says so and why. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { readLastRun } from '../vscode/lastRun.mjs';
import { openInstalled, patience } from './installed.mjs';

test('runs on wasm and says why when WebGPU is missing', async (t) => {
  const { workbench, path } = await openInstalled(t, { 'note.txt': 'The file is empty.\n' }, { webgpu: false });
  await workbench.openFile(path('note.txt'));
  await workbench.selectLines(1, 1);
  await workbench.runCommand('saccade.translateSelection');
  await workbench.waitForEdit({ timeout: patience });
  const run = await readLastRun(workbench, patience);
  assert.equal(run.device, 'wasm');
  assert.match(run.deviceReason, /WebGPU/);
  const strip = workbench.panelFrame().locator('section.status');
  const shown = (await strip.textContent()) ?? '';
  assert.ok(shown.includes('wasm'), `the panel names the device: ${shown}`);
  assert.ok(shown.includes(run.deviceReason), `the panel gives the reason: ${shown}`);
});
