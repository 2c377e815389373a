/** The painted attention map against the reference's numbers: from the golden file through engine, worker and page to the canvas. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { root } from '../vscode/repository.mjs';
import { readLastRun } from '../vscode/lastRun.mjs';
import { openInstalled, patience } from './installed.mjs';

/** Between Python on the processor and WebGPU. */
const tolerance = 2e-3;

/**
 * The part of a golden file that is compared. Attention maps are `[layers, heads, queries, keys]`.
 * @typedef {object} Golden
 * @property {string} text
 * @property {string} targetText
 * @property {{language: string}} task
 * @property {{heads: number[], decoderLayers: number[], cross: number[][][][]}} attentions
 */

/**
 * What the heatmap's canvas says of itself, and the colours in the middle of its cells.
 * @typedef {object} Painting
 * @property {Record<string, string>} facts kind, layer, head, rows, columns
 * @property {number[]} values `[rows, columns]`
 * @property {{low: number[], high: number[], maximum: number}} scale
 * @property {number[][]} colours `[rows * columns, 4]`
 */

/** @type {(canvas: unknown) => Painting} */
const readPainting = (element) => {
  const canvas =
    /** @type {HTMLCanvasElement & {values: Float32Array, colourScale: Painting['scale'], boxOfCell: (row: number, column: number) => {x: number, y: number, width: number, height: number}}} */ (
      element
    );
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const [rows, columns] = [Number(canvas.dataset['rows']), Number(canvas.dataset['columns'])];
  const colours = Array.from({ length: rows * columns }, (_, index) => {
    const { x, y, width, height } = canvas.boxOfCell(Math.floor(index / columns), index % columns);
    return Array.from(context.getImageData(Math.floor(x + width / 2), Math.floor(y + height / 2), 1, 1).data);
  });
  const facts = Object.fromEntries(Object.entries(canvas.dataset).map(([name, value]) => [name, value ?? '']));
  return { facts, values: Array.from(canvas.values), scale: canvas.colourScale, colours };
};

/**
 * One head's cross-attention of the golden file, or the mean of all heads.
 * @param {Golden} golden
 * @param {string} layer
 * @param {string} head a number or `mean`
 * @returns {number[]} `[queries, keys]`
 */
function goldenMap({ attentions }, layer, head) {
  const heads = attentions.cross[attentions.decoderLayers.indexOf(Number(layer))]?.map((map) => map.flat());
  assert.ok(heads !== undefined, `the golden file holds layer ${layer}`);
  if (head !== 'mean') return heads[attentions.heads.indexOf(Number(head))] ?? [];
  return (heads[0] ?? []).map((_, index) => heads.reduce((sum, map) => sum + (map[index] ?? 0), 0) / heads.length);
}

test('paints the reference attention of a translated line', async (t) => {
  /** @type {Golden} */
  const golden = JSON.parse(await readFile(join(root, 'test/fixtures/golden/docstring-en-de.json'), 'utf8'));
  const settings = { 'saccade.targetLanguage': golden.task.language };
  // Wide enough for every cell to be painted without scrolling.
  const { workbench, path } = await openInstalled(t, { 'line.txt': `${golden.text}\n` }, { settings, width: 1600, height: 1200 });
  await workbench.openFile(path('line.txt'));
  await workbench.selectLines(1, 1);
  await workbench.runCommand('saccade.translateSelection');
  const run = await readLastRun(workbench, patience);
  assert.equal(run.targetText, golden.targetText);
  assert.equal(await workbench.saveAndRead(path('line.txt')), `${golden.targetText}\n`);
  await workbench.widenSideBar(800);

  const canvas = workbench.panelFrame().locator('canvas.heatmap-cells');
  await canvas.waitFor();
  const { facts, values, scale, colours } = await canvas.evaluate(readPainting);
  assert.equal(facts['kind'], 'cross');
  const expected = goldenMap(golden, facts['layer'] ?? '', facts['head'] ?? '');
  assert.equal(values.length, expected.length);
  assert.equal(values.length, Number(facts['rows']) * Number(facts['columns']));
  const worst = Math.max(...values.map((value, index) => Math.abs(value - (expected[index] ?? NaN))));
  assert.ok(worst < tolerance, `the largest difference from the reference is ${String(worst)}`);
  values.forEach((value, index) => {
    const share = Math.min(1, value / scale.maximum);
    scale.low.forEach((low, channel) => {
      const colour = low + ((scale.high[channel] ?? NaN) - low) * share;
      const painted = colours[index]?.[channel] ?? NaN;
      assert.ok(
        Math.abs(painted - colour) <= 2,
        `cell ${String(index)}, channel ${String(channel)}: ${String(painted)} for ${String(colour)}`,
      );
    });
  });
});
