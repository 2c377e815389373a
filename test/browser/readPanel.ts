/** What the browser tests read off the panel, and the recorded runs that they compare it with. Knows no test. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import type { TextSide } from '../../src/shared/highlight.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import type { Colour } from '../../webview/panel/colourScale.ts';
import type { HeatmapCanvas } from '../../webview/panel/heatmapSurface.ts';
import { defaultChoice } from '../../webview/panel/mapOf.ts';
import { DEFAULT_OPTIONS, shownMap, type ShownMap } from '../../webview/panel/shownMap.ts';
import { inspectionOf } from '../preview/recording.ts';
import { THEMES } from '../preview/themes.ts';

/** What the state of this name shows. */
export function recordedRun(name: 'sentence' | 'paragraph'): Inspection {
  return inspectionOf(readFileSync(`test/fixtures/runs/${name}.json`, 'utf8'));
}

/** The map that the panel shows of a run at first. */
export function firstMap(inspection: Inspection): ShownMap {
  return shownMap(inspection, 'cross', defaultChoice(inspection, 'cross'), DEFAULT_OPTIONS);
}

export const chooseView = (page: Page, value: 'overview' | 'map' | 'lines'): Promise<void> =>
  page.locator(`.segmented input[value="${value}"]`).check({ force: true });

export const chooseKind = (page: Page, name: 'Cross' | 'Encoder' | 'Decoder'): Promise<void> =>
  page.locator('vscode-panel-tab', { hasText: name }).click();

export const readout = (page: Page): Promise<string> => page.locator('.readout-shown').first().innerText();

export const unitsOf = (page: Page, side: TextSide): Locator =>
  page
    .locator('.text')
    .nth(side === 'source' ? 0 : 1)
    .locator('.unit');

/** How strongly each unit of a text is shaded, from 0 to 1. */
export const sharesOf = (page: Page, side: TextSide): Promise<number[]> =>
  unitsOf(page, side).evaluateAll((units) => units.map((unit) => Number((unit as HTMLElement).style.getPropertyValue('--share'))));

/** Its rows are made when it is unfolded for the first time. */
export async function unfoldTable(table: Locator): Promise<void> {
  await table.locator('summary').click();
  await table.locator('tbody tr').first().waitFor();
}

/** The weights that a heatmap shows. `[rows, columns]` */
export const valuesOf = (canvas: Locator): Promise<number[]> => canvas.evaluate((element) => Array.from((element as HeatmapCanvas).values));

/** The colour in the middle of each of its cells. `[rows * columns, 4]` */
export const coloursOf = (canvas: Locator): Promise<number[][]> =>
  canvas.evaluate((element) => {
    const heatmap = element as HeatmapCanvas;
    const context = heatmap.getContext('2d')!;
    const columns = Number(heatmap.dataset['columns']);
    return Array.from(heatmap.values, (_, index) => {
      const { x, y, width, height } = heatmap.boxOfCell(Math.floor(index / columns), index % columns)!;
      return [...context.getImageData(Math.floor(x + width / 2), Math.floor(y + height / 2), 1, 1).data];
    });
  });

/** The dark theme's ends of the scale: the editor's background and the blue of charts. */
const [LOW, HIGH] = ['--vscode-editor-background', '--vscode-charts-blue'].map((name) => colourOf(THEMES['dark']!.variables[name]!)) as [
  Colour,
  Colour,
];

/** @param share from 0 to 1, which `colour` stands for in the dark theme */
export function assertColour(colour: readonly number[], share: number, what: string): void {
  for (const channel of [0, 1, 2] as const) {
    const wanted = LOW[channel] + (HIGH[channel] - LOW[channel]) * share;
    assert.ok(Math.abs(colour[channel]! - wanted) <= 2, `${what}: ${colour.join(' ')} for a share of ${share}`);
  }
}

function colourOf(hex: string): Colour {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;
}
