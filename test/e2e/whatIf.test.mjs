/** A head is knocked out in the panel: the model writes again without it, as Python does, and the list of runs grows. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { root } from '../vscode/repository.mjs';
import { readLastRun } from '../vscode/lastRun.mjs';
import { openInstalled, patience } from './installed.mjs';

/**
 * The part of a golden file that is compared.
 * @typedef {object} Golden
 * @property {string} text
 * @property {{language: string}} task
 * @property {{intervention: {knockedOut: {kind: string, layer: number, head: number}[], maskedSource: number[], forcedPrefix: number[], encoder: {kind: string}}, targetText: string}[]} cases
 */

test('writes without a head that is knocked out, and keeps every run', async (t) => {
  /** @type {Golden} */
  const golden = JSON.parse(await readFile(join(root, 'test/fixtures/golden/interventions/docstring-en-de.json'), 'utf8'));
  const expected = golden.cases.filter(
    ({ intervention }) => intervention.knockedOut.length === 1 && intervention.maskedSource.length + intervention.forcedPrefix.length === 0,
  );
  assert.ok(expected.length >= 2, 'the golden file has runs without one head');
  const settings = { 'saccade.targetLanguage': golden.task.language, 'saccade.device': 'wasm' };
  const { workbench, path } = await openInstalled(t, { 'line.txt': `${golden.text}\n` }, { settings, width: 1200, height: 1200 });
  await workbench.openFile(path('line.txt'));
  await workbench.selectLines(1, 1);
  await workbench.runCommand('saccade.inspectSelection');
  await readLastRun(workbench, patience);

  const panel = workbench.panelFrame();
  await panel.locator('.what-if-section > summary').click();
  const runs = panel.locator('.run-item');
  for (const [index, { intervention, targetText }] of expected.entries()) {
    const { kind, layer, head } = intervention.knockedOut[0] ?? assert.fail('a head is out');
    const place = panel.locator(`[data-kind="${kind}"] .head-line:nth-child(${layer + 1}) .head-switch`).nth(head);
    await place.click();
    await panel.locator('.what-if-actions vscode-button', { hasText: 'Run' }).click();
    await runs.nth(index + 1).waitFor({ timeout: patience });
    assert.equal(await runs.count(), index + 2);
    assert.equal(
      await runs
        .nth(index + 1)
        .locator('.run-text')
        .textContent(),
      targetText,
    );
    await place.click();
  }
  await panel.locator('.run-comparison').waitFor();
});
