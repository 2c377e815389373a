/** axe-core on the panel in real VS Code after a run, as its themes really paint it: nothing serious. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { readLastRun } from '../vscode/lastRun.mjs';
import { root } from '../vscode/repository.mjs';
import { onProcessor, openInstalled, patience } from './installed.mjs';

/**
 * @param {import('../vscode/workbench.mjs').Workbench} workbench
 * @param {string} axe its code
 */
async function seriousViolations(workbench, axe) {
  const body = await workbench.panelFrame().locator('body').elementHandle();
  const frame = await body?.ownerFrame();
  assert.ok(frame, 'the panel has a frame');
  // The page is transparent: what is seen behind it is the side bar's, which the frame does not know.
  await frame.evaluate("document.body.style.backgroundColor = 'var(--vscode-sideBar-background)'");
  // Not by a script element: the panel's policy refuses those.
  await frame.evaluate(axe);
  /** @type {import('axe-core').AxeResults} */
  const { violations } = await frame.evaluate('axe.run({ iframes: false })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })));
}

/**
 * Unfolds every section below the maps and has it ask the model, so that there is something in it.
 * @param {import('playwright-core').FrameLocator} panel
 */
async function fillSections(panel) {
  const press = (/** @type {string} */ section, /** @type {string} */ text) =>
    panel.locator(`.${section} vscode-button`, { hasText: text }).click();
  for (const section of await panel.locator('details.section > summary').all()) await section.click();
  await panel.locator('.kinds > .segmented .segmented-choice', { hasText: 'Both' }).click();
  await press('kinds-section', 'Silence the encoder');
  await panel.locator('.encoder-loss').waitFor({ timeout: patience });
  await panel.locator('.head-switch').first().click();
  await press('what-if-section', 'Run');
  await panel.locator('.run-comparison').waitFor({ timeout: patience });
  await press('bottleneck-section', 'Measure');
  await panel.locator('.curve-drawing').waitFor({ timeout: patience });
  await press('reconstruct-section', 'Reconstruct');
  await panel.getByText('Restored:').waitFor({ timeout: patience });
}

const THEMES = [
  ['Default Dark Modern', 'vscode-dark'],
  ['Default Light Modern', 'vscode-light'],
  ['Default High Contrast', 'vscode-high-contrast'],
  ['Default High Contrast Light', 'vscode-high-contrast-light'],
];
const SETTINGS = '.vscode/settings.json';

test('axe finds nothing serious in any of the themes that VS Code comes with', async (t) => {
  const axe = await readFile(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
  const { workbench, path } = await openInstalled(
    t,
    { 'line.txt': 'Returns the number of elements in the list.\n', [SETTINGS]: '{}\n' },
    { settings: onProcessor },
  );
  const panel = workbench.panelFrame();
  const lookAt = async (/** @type {string} */ shown) => {
    for (const [theme, kind] of THEMES) {
      await writeFile(path(SETTINGS), JSON.stringify({ 'workbench.colorTheme': theme }));
      await panel.locator(`body.${String(kind)}`).waitFor();
      assert.deepEqual(await seriousViolations(workbench, axe), [], `${shown}, ${String(theme)}`);
    }
  };
  await workbench.openFile(path('line.txt'));
  await workbench.selectLines(1, 1);
  await workbench.runCommand('saccade.translateSelection');
  await readLastRun(workbench, patience);
  await panel.locator('canvas.heatmap-cells').waitFor();
  await lookAt('map');
  await panel.locator('.segmented-choice', { hasText: 'All heads' }).click();
  await panel.locator('.overview-tile').first().waitFor();
  await lookAt('all heads');
  await fillSections(panel);
  for (const kind of ['Encoder', 'Decoder', 'Both']) {
    await panel.locator('.kinds > .segmented .segmented-choice', { hasText: kind }).click();
    await lookAt(kind);
  }
});
