/** axe-core on the panel in every theme: nothing serious. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { THEMES } from '../preview/themes.ts';
import { chooseView, unfoldTable } from './readPanel.ts';
import { usePreview } from './usePreview.ts';

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
  'inspection-failed',
];

type PageGlobal = typeof globalThis & {
  readonly axe: { run(options: { readonly resultTypes: readonly string[] }): Promise<AxeResults> };
  readonly applyTheme: (name: string) => void;
};

/** In one theme after the other: opening a page takes longer than looking through it. */
async function assertNothingSerious(page: Page, shown: string): Promise<void> {
  for (const theme of Object.keys(THEMES)) {
    const { violations } = await page.evaluate(async (name) => {
      const { axe, applyTheme } = globalThis as PageGlobal;
      applyTheme(name);
      // Maps are drawn anew in a theme's colours.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return axe.run({ resultTypes: ['violations'] });
    }, theme);
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const told = serious.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => ({ id, help, html, failureSummary })));
    assert.deepEqual(told, [], `${shown}, ${theme}`);
  }
}

describe('access to the panel', () => {
  const show = usePreview();

  for (const state of STATES) {
    it(`has nothing serious in any theme: ${state}`, async () => {
      const page = await show(state);
      await page.evaluate(AXE);
      // What is folded is not looked at.
      for (const table of await page.locator('.folded-table:visible').all()) await unfoldTable(table);
      await assertNothingSerious(page, state);
      if (state !== 'sentence') return;
      await page.locator('.toolbar vscode-button').click();
      await page.locator('.text').nth(1).locator('.unit').nth(3).click();
      await assertNothingSerious(page, 'options, a token kept');
      await page.locator('.export').click();
      await assertNothingSerious(page, 'the menu of exports');
      await page.keyboard.press('Escape');
      for (const view of ['lines', 'overview'] as const) {
        await chooseView(page, view);
        await assertNothingSerious(page, view);
      }
    });
  }
});
