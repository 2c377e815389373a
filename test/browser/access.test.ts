/** axe-core on the panel in every theme: nothing serious. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { THEMES } from '../preview/themes.ts';
import { PreviewBrowser } from './previewPage.ts';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const STATES = [
  'sentence',
  'long-64',
  'mismatch',
  'segments',
  'what-if',
  'what-if-maps',
  'encoder-only',
  'decoder-only',
  'encoder-decoder',
  'bottleneck',
  'reconstruct',
  'empty',
  'loading',
  'failed',
  'running',
];

describe('access to the panel', () => {
  let browser: PreviewBrowser;
  before(async () => {
    browser = await PreviewBrowser.open();
  });
  after(() => browser.close());

  for (const theme of Object.keys(THEMES)) {
    it(`has nothing serious in ${theme}`, async () => {
      for (const state of STATES) {
        const { page } = await browser.show(state, { theme });
        const parts = state === 'sentence' ? ['map', 'overview'] : [''];
        for (const part of parts) {
          if (part !== '') await page.locator(`.segmented input[value="${part}"]`).check({ force: true });
          if (part === 'map') {
            await page.locator('.toolbar vscode-button').click();
            await page.locator('.map-table summary').first().click();
            await page.locator('.map-table tbody tr').first().waitFor();
            await page.locator('.text').nth(1).locator('.unit').nth(3).click();
          }
          await page.evaluate(AXE);
          const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
          const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
          const told = serious.flatMap(({ id, help, nodes }) =>
            nodes.map(({ html, failureSummary }) => ({ id, help, html, failureSummary })),
          );
          assert.deepEqual(told, [], `${state} ${part}`);
        }
        await page.close();
      }
    });
  }
});
