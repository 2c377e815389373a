/** The overview of all heads in a real Chromium: a head is opened by keyboard, heads are sorted by a measure. */
import assert from 'node:assert/strict';
import { attentionMap } from '../../src/shared/inspection.ts';
import { chooseKind, chooseView, readout, recordedRun, valuesOf } from './readPanel.ts';
import { usePreview } from './usePreview.ts';

describe('overview in a browser', () => {
  const show = usePreview();

  it('opens a head by Enter, after arrow keys', async () => {
    const page = await show('sentence');
    await chooseKind(page, 'Encoder');
    await chooseView(page, 'overview');
    await page.locator('.overview-tile[aria-label^="Layer 0, head 0"]').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    assert.match(await readout(page), /^Layer 2 · head 1: Confidence 0\.\d\d/);
    await page.keyboard.press('Enter');
    const canvas = page.locator('canvas.heatmap-cells[data-layer="2"][data-head="1"]');
    await canvas.waitFor();
    assert.deepEqual(await valuesOf(canvas), Array.from(attentionMap(recordedRun('sentence').encoderAttentions, 2, 1)));
    assert.equal(await canvas.evaluate((element) => document.activeElement === element), true, 'the map has the focus');
  });

  it('sorts heads by a measure', async () => {
    const page = await show('sentence', { width: 480 });
    await chooseView(page, 'overview');
    await page.locator('.head-order vscode-dropdown').click();
    await page.locator('.head-order vscode-option', { hasText: 'Confidence' }).click();
    const figures = (
      await page.locator('.overview-tile').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('aria-label')!))
    ).map((name) => Number(name.split(': ')[1]));
    assert.equal(figures.length, 16);
    assert.deepEqual(
      figures,
      figures.toSorted((one, other) => other - one),
    );
    assert.ok(figures[0]! > figures.at(-1)!);
    assert.deepEqual(
      (await page.locator('.overview-caption').allInnerTexts()).map((caption) => Number(caption.split('\u2002')[1])),
      figures,
      'each stands below its tile where there is room',
    );
  });
});
