/** The heatmap's pure parts: geometry, colours, labels and keyboard. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { movedCell } from '../../webview/panel/cellMove.ts';
import { pixelsOf } from '../../webview/panel/colourScale.ts';
import {
  boxOf,
  cellAt,
  contentSize,
  labelStep,
  layoutHeatmap,
  scrollAfterZoom,
  scrollToShow,
  visibleRange,
  zoomedCell,
} from '../../webview/panel/heatmapLayout.ts';
import type { LayoutOptions } from '../../webview/panel/heatmapLayout.ts';
import { largest } from '../../webview/panel/shownMap.ts';
import { shortenLabel, visibleLabel } from '../../webview/panel/tokenLabel.ts';

const room: LayoutOptions = { rows: 12, columns: 10, width: 276, height: 600, left: 80, top: 60, scale: 1, zoomed: undefined };
const unscrolled = { x: 0, y: 0 };

describe('heatmap layout', () => {
  it('fits the whole map, gutters included, into the room', () => {
    for (const columns of [1, 2, 13, 47, 100, 250]) {
      for (const scale of [1, 1.25, 2]) {
        const layout = layoutHeatmap({ ...room, columns, width: Math.floor(276 * scale), height: Math.floor(600 * scale), scale });
        const { width, height } = contentSize(layout);
        assert.ok(width <= Math.floor(276 * scale), `${columns} columns at ${scale}: ${width}`);
        assert.ok(height <= Math.floor(600 * scale));
        assert.ok(Number.isInteger(layout.cell) && layout.cell >= 1);
      }
    }
  });

  it('does not blow up the cells of a small map', () => {
    assert.equal(layoutHeatmap({ ...room, rows: 1, columns: 1 }).cell, 28);
    assert.equal(layoutHeatmap({ ...room, rows: 1, columns: 1, scale: 2, width: 552, height: 1200 }).cell, 56);
  });

  it('gives up labels and their gutters where cells are tiny, and keeps a pixel for every cell', () => {
    const layout = layoutHeatmap({ ...room, rows: 256, columns: 256 });
    assert.deepEqual(layout, { rows: 256, columns: 256, cell: 1, left: 1, top: 1, margin: 1, labelled: false });
    assert.ok(layoutHeatmap({ ...room, rows: 256, columns: 256, zoomed: 12 }).labelled);
  });

  it('finds the cell of every point of its box and none in the gutters or beyond the end', () => {
    const layout = layoutHeatmap({ ...room, zoomed: 20 });
    const scroll = { x: 33, y: 7 };
    for (const cell of [
      { row: 3, column: 2 },
      { row: 11, column: 9 },
    ]) {
      const box = boxOf(layout, scroll, cell);
      assert.deepEqual(cellAt(layout, scroll, box.x, box.y), cell);
      assert.deepEqual(cellAt(layout, scroll, box.x + box.width - 0.01, box.y + box.height - 0.01), cell);
    }
    assert.equal(cellAt(layout, scroll, 79, 200), undefined);
    assert.equal(cellAt(layout, scroll, 200, 59), undefined);
    const last = boxOf(layout, scroll, { row: 11, column: 9 });
    assert.equal(cellAt(layout, scroll, last.x + last.width, last.y), undefined);
    assert.equal(cellAt(layout, scroll, last.x, last.y + last.height), undefined);
  });

  it('labels every cell that has room for a line, else every n-th', () => {
    assert.equal(labelStep(20, 1), 1);
    assert.equal(labelStep(14, 1), 1);
    assert.equal(labelStep(7, 1), 2);
    assert.equal(labelStep(4, 1), 4);
    assert.equal(labelStep(14, 2), 2);
  });

  it('tells which cells show', () => {
    assert.deepEqual(visibleRange(10, 20, 0, 100), { start: 0, end: 5 });
    assert.deepEqual(visibleRange(10, 20, 30, 100), { start: 1, end: 7 });
    assert.deepEqual(visibleRange(3, 20, 0, 100), { start: 0, end: 3 });
  });

  it('zooms by a quarter, but at least by a pixel, between one pixel and the largest cell', () => {
    assert.equal(zoomedCell(20, 1, 1), 25);
    assert.equal(zoomedCell(20, -1, 1), 16);
    assert.equal(zoomedCell(1, 1, 1), 2);
    assert.equal(zoomedCell(2, -1, 1), 1);
    assert.equal(zoomedCell(1, -1, 1), 1);
    assert.equal(zoomedCell(70, 1, 1), 72);
    assert.equal(zoomedCell(70, 1, 2), 88);
  });

  it('keeps what is under the pointer there when it zooms, even when labels come', () => {
    const before = layoutHeatmap({ ...room, rows: 256, columns: 256, zoomed: 3 });
    const scroll = { x: 120, y: 240 };
    const under = cellAt(before, scroll, 200, 150);
    const after = layoutHeatmap({ ...room, rows: 256, columns: 256, zoomed: 20 });
    assert.ok(!before.labelled && after.labelled);
    assert.deepEqual(cellAt(after, scrollAfterZoom(before, after, scroll, 200, 150), 200, 150), under);
  });

  it('scrolls as little as it must to show a cell', () => {
    const layout = layoutHeatmap({ ...room, zoomed: 40 });
    assert.deepEqual(scrollToShow(layout, unscrolled, { row: 0, column: 0 }, 276, 300), unscrolled);
    const scroll = scrollToShow(layout, unscrolled, { row: 11, column: 9 }, 276, 300);
    const box = boxOf(layout, scroll, { row: 11, column: 9 });
    assert.deepEqual([box.x + box.width, box.y + box.height], [276 - layout.margin, 300 - layout.margin]);
    assert.deepEqual(scrollToShow(layout, scroll, { row: 0, column: 0 }, 276, 300), unscrolled);
  });
});

describe('colour scale', () => {
  const ends = { low: [31, 31, 31], high: [89, 164, 249] } as const;
  const colourAt = (share: number): number[] => [...pixelsOf(ends, Float32Array.of(share))];

  it('goes from low at share 0 to high at share 1 and stays there', () => {
    assert.deepEqual(colourAt(0), [...ends.low, 255]);
    assert.deepEqual(colourAt(1), [...ends.high, 255]);
    assert.deepEqual(colourAt(1.5), [...ends.high, 255]);
    assert.deepEqual(colourAt(0.5), [60, 98, 140, 255]);
  });

  it('paints a pixel for every share, in their order', () => {
    const pixels = pixelsOf(ends, Float32Array.of(0, 1, 0));
    assert.deepEqual([...pixels], [...ends.low, 255, ...ends.high, 255, ...ends.low, 255]);
  });

  it('finds the largest of very many values', () => {
    const values = new Float32Array(500_000);
    values[123_456] = 0.75;
    assert.equal(largest(values), 0.75);
    assert.equal(largest(new Float32Array()), 0);
  });
});

describe('token label', () => {
  const measure = (text: string): number => Array.from(text.replace(/[\u2068\u2069]/g, '')).length;
  const isolated = (text: string): string => `\u2068${text}\u2069`;

  it('makes white space and control characters visible and leaves the rest', () => {
    assert.equal(visibleLabel(' house'), '␣house');
    assert.equal(visibleLabel('\n\t\r'), '↵⇥␍');
    assert.equal(visibleLabel('\u00a0\u202f'), '⍽⍽');
    assert.equal(visibleLabel('\u0000\u007f'), '␀␡');
    assert.equal(visibleLabel(''), '∅');
    assert.equal(visibleLabel('</s>'), '</s>');
    assert.equal(visibleLabel('日本👩‍👧'), '日本👩‍👧');
  });

  it('keeps what fits and shortens the rest with an ellipsis', () => {
    assert.equal(shortenLabel('number', 6, measure), isolated('number'));
    assert.equal(shortenLabel('numbers', 6, measure), isolated('numbe…'));
    assert.equal(shortenLabel('numbers', 1, measure), isolated('…'));
    assert.equal(shortenLabel('numbers', 0, measure), '');
  });

  it('never cuts a character as users see it', () => {
    assert.equal(shortenLabel('a👩‍👩‍👧‍👦b', 6, measure), isolated('a…'));
    assert.equal(shortenLabel('e\u0301e\u0301e\u0301', 5, measure), isolated('e\u0301e\u0301…'));
  });
});

describe('keyboard in the heatmap', () => {
  const move = (key: string, withControl = false, cell: { row: number; column: number } | undefined = { row: 5, column: 5 }): unknown =>
    movedCell(key, withControl, cell, 8, 9);

  it('moves by a cell and stops at the edges', () => {
    assert.deepEqual(move('ArrowUp'), { row: 4, column: 5 });
    assert.deepEqual(move('ArrowRight'), { row: 5, column: 6 });
    assert.deepEqual(move('ArrowLeft', false, { row: 0, column: 0 }), { row: 0, column: 0 });
    assert.deepEqual(move('ArrowDown', false, { row: 7, column: 8 }), { row: 7, column: 8 });
    assert.deepEqual(move('PageDown'), { row: 7, column: 5 });
    assert.deepEqual(move('PageUp'), { row: 0, column: 5 });
  });

  it('goes to the ends of the row, with Ctrl of the map', () => {
    assert.deepEqual(move('Home'), { row: 5, column: 0 });
    assert.deepEqual(move('End'), { row: 5, column: 8 });
    assert.deepEqual(move('Home', true), { row: 0, column: 0 });
    assert.deepEqual(move('End', true), { row: 7, column: 8 });
  });

  it('starts at the first cell, and leaves other keys alone', () => {
    assert.deepEqual(movedCell('ArrowDown', false, undefined, 8, 9), { row: 0, column: 0 });
    assert.equal(move('a'), undefined);
    assert.equal(move('Tab'), undefined);
  });
});
