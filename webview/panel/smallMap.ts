/** A heatmap inside a section, with its legend and its own read-out. Knows weights and labels, no inspection. */
import { t } from '../../src/shared/words.ts';
import type { Cell } from './cellMove.ts';
import { element } from './element.ts';
import { createHeatmap } from './heatmap.ts';
import { legendOf } from './legend.ts';
import type { LegendWords } from './legend.ts';
import { Pointing } from './pointing.ts';
import type { Pointer } from './pointer.ts';
import { createReadout } from './readout.ts';
import type { Reading } from './readout.ts';
import { observeTheme, readThemeColours } from './themeColours.ts';

export interface SmallMapData {
  /** `[rows, columns]` */
  readonly values: Float32Array;
  /** Where each value lies on the colour scale, from 0 to 1. `[rows, columns]` */
  readonly shares: Float32Array;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly name: string;
  readonly legend: LegendWords;
  /** Becomes the canvas's `dataset`. */
  readonly facts: Readonly<Record<string, string>>;
  /** Of a row as a whole where there is no column. */
  readonly readingOf: (row: number, column: number | undefined) => Reading;
}

export interface SmallMap {
  readonly element: HTMLElement;
  show(data: SmallMapData): void;
  /** Undefined when what was pointed at elsewhere no longer is. */
  point(row: number | undefined): void;
}

const hint = (): string => t('Point at a cell; click to keep it. Arrow keys move, Escape clears.');

/** @param onPoint told what is pointed at, here or by `point` */
export function createSmallMap(onPoint: (pointer: Pointer | undefined) => void = () => undefined): SmallMap {
  let data: SmallMapData | undefined;
  const pointing = new Pointing(tell);
  const heatmap = createHeatmap({
    onHover: (cell: Cell | undefined) => pointing.hover(cell, false),
    onPin: (cell, { byKeyboard }) => pointing.pin(cell, { byKeyboard }),
  });
  const scale = element('div', { class: 'scale' });
  const readout = createReadout();
  observeTheme(draw);

  function draw(): void {
    if (data === undefined) return;
    const { values, shares, rows, columns, legend, name, facts } = data;
    const colours = readThemeColours();
    heatmap.show({
      values,
      shares,
      labels: { rows, columns, markedRows: new Set() },
      scale: { low: colours.low, high: colours.high, maximum: 1, scale: 'linear' },
      colours,
      name: t('{0}. Arrow keys move from cell to cell.', name),
      facts,
    });
    scale.replaceChildren(legendOf(colours, legend));
    tell(false);
  }

  function tell(announce: boolean): void {
    const [pointer] = pointing.current;
    heatmap.mark(pointing.current);
    readout.show(data === undefined || pointer?.row === undefined ? hint() : data.readingOf(pointer.row, pointer.column), announce);
    onPoint(pointer);
  }

  return {
    element: element('div', { class: 'small-map' }, scale, heatmap.element, readout.element),
    show(next) {
      pointing.forget({ keepPin: data?.rows.length === next.rows.length && data.columns.length === next.columns.length });
      data = next;
      draw();
    },
    point: (row) => pointing.hover(row === undefined ? undefined : { row }, false),
  };
}
