/** What the encoder's states hold, asked of the real model in the panel: the loss where only some are kept, and the source restored from them. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { outputFolder } from '../outputFolder.mjs';
import { readLastRun } from '../vscode/lastRun.mjs';
import { onProcessor, openInstalled, patience } from './installed.mjs';
import { readDecorated, withProbe } from './probe.mjs';

test('shows what a narrower latent loses, and restores the source from it', async (t) => {
  const settings = { ...onProcessor, 'saccade.targetLanguage': 'de' };
  const extensionsFolder = await withProbe(t);
  const options = { settings, width: 1200, height: 1600, extensionsFolder };
  const { workbench, path } = await openInstalled(t, { 'line.txt': 'Close the 鬱 file.\n' }, options);
  await workbench.openFile(path('line.txt'));
  await workbench.selectLines(1, 1);
  await workbench.runCommand('saccade.inspectSelection');
  await readLastRun(workbench, patience);
  const panel = workbench.panelFrame();

  const bottleneck = panel.locator('.bottleneck-section');
  await bottleneck.locator('summary').first().click();
  await bottleneck.locator('vscode-button', { hasText: 'Measure' }).click();
  const told = bottleneck.locator('.bottleneck-told');
  await told.filter({ hasText: /nats a token/ }).waitFor({ timeout: patience });
  const slider = bottleneck.locator('.bottleneck-slider');
  await slider.press('Home');
  const [least] = numbersOf(await told.textContent());
  await slider.press('End');
  const [whole, loss] = numbersOf(await told.textContent());
  assert.ok(least !== undefined && whole !== undefined && least > whole, 'one state says less than all');
  assert.ok(loss === undefined || Math.abs(loss) < 0.01, 'nothing is lost where everything is kept');

  const reconstruct = panel.locator('.reconstruct-section');
  await reconstruct.locator('summary').first().click();
  await reconstruct.locator('vscode-button', { hasText: 'Reconstruct' }).click();
  await reconstruct.getByText('Restored:').waitFor({ timeout: patience });

  // What is hard to restore is marked in the document too, and Escape takes that away.
  const hard = (
    await reconstruct.locator('.token-figure').evaluateAll((tokens) => tokens.map((token) => token.getAttribute('aria-label') ?? ''))
  )
    .map((told) => told.split(': '))
    .filter(([, loss]) => Number(loss) >= 0.75)
    .map(([token = '']) => token)
    .filter((token, index, all) => !token.startsWith('</') && token !== '␣' && token !== all[index - 1]);
  assert.ok(hard.length > 0, 'a character that no training text has is hard to restore');
  const decorated = await readDecorated(path('decorated.json'), (found) => found.length > 0);
  assert.deepEqual(
    decorated.map(({ text }) => text),
    hard,
  );
  await workbench.screenshot(join(outputFolder, 'reconstruction-heat.png'));
  await workbench.runCommand('workbench.action.focusActiveEditorGroup');
  // Escape first takes a selection away, if there is one.
  await workbench.page.keyboard.press('Control+End');
  await workbench.page.keyboard.press('Escape');
  await readDecorated(path('decorated.json'), (found) => found.length === 0);
  assert.equal(await reconstruct.locator('.mark-in-editor input').isChecked(), false);
});

/** The losses that the text tells: a token's, and against everything. @param {string | null} text */
function numbersOf(text) {
  return [...(text ?? '').matchAll(/[+−-]?\d+\.\d+/g)].map(([number]) => Number(number.replace('−', '-')));
}
