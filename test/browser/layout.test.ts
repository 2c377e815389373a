/** The panel as a whole in a real Chromium: nothing is wider than the side bar, and a measure's help is there when it is asked for. */
import assert from 'node:assert/strict';
import { STATES } from '../preview/states.ts';
import { chooseView } from './readPanel.ts';
import { usePreview } from './usePreview.ts';

describe('layout in a browser', () => {
  const show = usePreview();

  it('tells what a measure is when its help has the focus', async () => {
    const page = await show('sentence');
    await page.locator('.choice-help .help').focus();
    const tip = page.locator('.choice-help .help-tip');
    assert.equal(await tip.isVisible(), true);
    assert.match(await tip.innerText(), /Attention weights[\s\S]+Vaswani et al\. 2017[\s\S]+Jain & Wallace/);
    await page.keyboard.press('Escape');
    assert.equal(await tip.isVisible(), false);
  });

  for (const state of Object.keys(STATES).filter((name) => !/^long-(256|512)/.test(name))) {
    it(`has room at every width: ${state}`, async () => {
      const page = await show(state);
      for (const width of [300, 480, 800]) {
        await page.setViewportSize({ width, height: 900 });
        for (const view of state === 'paragraph' ? (['map', 'lines', 'overview'] as const) : []) {
          await chooseView(page, view);
          if (view === 'map') await page.locator('.toolbar vscode-button').click();
        }
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
        const over = await page.evaluate(() => document.body.scrollWidth - document.body.clientWidth);
        assert.ok(over <= 0, `${state} is ${over} pixels too wide at ${width} pixels`);
      }
    });
  }
});
