/** The maps of canned runs in a real Chromium: the pixels of heatmap, overview and lines against the numbers that they stand for. Independent of fonts. */
import assert from 'node:assert/strict';
import { atOnce } from '../../src/editor/inSlices.ts';
import { selfRollout } from '../../src/shared/attention/rollout.ts';
import { defaultChoice } from '../../webview/panel/mapOf.ts';
import { tilesOf } from '../../webview/panel/overviewPixels.ts';
import { DEFAULT_OPTIONS, shownMap, type MapOptions } from '../../webview/panel/shownMap.ts';
import { longRun } from '../preview/madeRuns.ts';
import { assertColour, chooseKind, chooseView, coloursOf, firstMap, recordedRun, valuesOf } from './readPanel.ts';
import { usePreview } from './usePreview.ts';

const inspection = recordedRun('sentence');
const shown = firstMap(inspection);

describe('maps in a browser', () => {
  const show = usePreview();

  it('paints every cell of the heatmap in the colour of its weight', async () => {
    const page = await show('sentence', { width: 800 });
    const painted = await coloursOf(page.locator('canvas.heatmap-cells'));
    assert.equal(painted.length, shown.values.length);
    for (const [index, colour] of painted.entries()) assertColour(colour, shown.shares[index]!, `cell ${index}`);
  });

  it('paints every head of the overview, each from 0 to its own largest weight', async () => {
    const page = await show('sentence', { width: 800 });
    await chooseKind(page, 'Encoder');
    await chooseView(page, 'overview');
    await page.locator('canvas.overview-tiles[data-kind="encoder"]').waitFor();
    const { encoderAttentions: maps } = inspection;
    const tiles = tilesOf(maps, 1000, 1000, 'linear');
    const painted = await page.evaluate(
      ([rows, columns]) => {
        const canvas = document.querySelector<HTMLCanvasElement>('canvas.overview-tiles')!;
        const context = canvas.getContext('2d')!;
        const corner = canvas.getBoundingClientRect();
        return Array.from(document.querySelectorAll('.overview-frame'), (frame) => {
          const { left, top, width, height } = frame.getBoundingClientRect();
          return Array.from({ length: rows * columns }, (_, index) => {
            const x = left - corner.left + ((index % columns) + 0.5) * (width / columns);
            const y = top - corner.top + (Math.floor(index / columns) + 0.5) * (height / rows);
            return [...context.getImageData(Math.floor(x), Math.floor(y), 1, 1).data];
          });
        });
      },
      [maps.queries, maps.keys] as const,
    );
    assert.equal(painted.length, maps.layers * maps.heads);
    for (const [head, cells] of painted.entries())
      for (const [cell, colour] of cells.entries()) assertColour(colour, tiles[head]!.shares[cell]!, `head ${head}, cell ${cell}`);
  });

  it('computes the rollout of a long text in slices, and keeps the map before it until then', async () => {
    const page = await show('long-256', { width: 800 });
    await chooseKind(page, 'Encoder');
    await page.locator('.choice vscode-dropdown[aria-label^="Head"]').click();
    await page.locator('.choice vscode-option', { hasText: 'Rollout' }).click();
    const canvas = page.locator('canvas.heatmap-cells[data-head="rollout"]');
    await canvas.waitFor();
    assert.equal(await page.locator('.map').getAttribute('aria-busy'), 'false');
    const { encoderAttentions } = longRun(256);
    assert.deepEqual(await valuesOf(canvas), Array.from(atOnce(selfRollout(encoderAttentions, 0))));
    await page.locator('.choice vscode-dropdown[aria-label^="Layer"]').click();
    await page.locator('.choice vscode-option', { hasText: 'All layers' }).click();
    assert.equal(await page.locator('.map').getAttribute('aria-busy'), 'true');
    await page.locator('.map[aria-busy="false"] canvas[data-layer="all"]').waitFor();
    assert.deepEqual(await valuesOf(canvas), Array.from(atOnce(selfRollout(encoderAttentions))));
  });

  it('draws a line from each target token to the source token that it looked at most', async () => {
    const page = await show('sentence', { width: 800 });
    await chooseView(page, 'lines');
    const columns = shown.columns.length;
    const links = shown.rows.map((_, row) => {
      const weights = shown.values.subarray(row * columns, (row + 1) * columns);
      return { row, column: weights.indexOf(Math.max(...weights)) };
    });
    const painted = await page.locator('canvas.lines-canvas').evaluate((element, links) => {
      const canvas = element as HTMLCanvasElement;
      const context = canvas.getContext('2d')!;
      // All lines begin and end level with their tokens, 18 pixels apart.
      return links.map(({ row, column }) => [
        context.getImageData(canvas.width - 2, Math.round((row + 0.5) * 18), 1, 1).data[3]!,
        context.getImageData(1, Math.round((column + 0.5) * 18), 1, 1).data[3]!,
      ]);
    }, links);
    for (const [index, ends] of painted.entries()) assert.ok(Math.min(...ends) > 60, `line ${index}: opacity ${ends.join(' and ')} of 255`);
  });

  it('shows maps as the options say: by row, logarithmic, by mass, in words', async () => {
    const page = await show('paragraph', { width: 800 });
    const paragraph = recordedRun('paragraph');
    const choice = defaultChoice(paragraph, 'cross');
    await page.locator('.toolbar vscode-button').click();
    const options = page.locator('.map-options');
    const canvas = page.locator('.map canvas.heatmap-cells');
    const asShown = async (wanted: Partial<MapOptions>): Promise<void> => {
      const { values, shares } = shownMap(paragraph, 'cross', choice, { ...DEFAULT_OPTIONS, ...wanted });
      assert.deepEqual(await valuesOf(canvas), Array.from(values));
      for (const [index, colour] of (await coloursOf(canvas)).entries())
        assertColour(colour, shares[index]!, `${JSON.stringify(wanted)}, cell ${index}`);
    };
    for (const scale of ['log', 'row', 'linear'] as const) {
      await options.locator(`input[value="${scale}"]`).check({ force: true });
      await asShown({ scale });
    }
    await options.locator('input[type="checkbox"]').check();
    await asShown({ words: true });
    const mass = options.locator('input[type="range"]');
    for (let press = 0; press < 4; press++) await mass.press('ArrowLeft');
    await asShown({ words: true, mass: 0.8 });
  });
});
