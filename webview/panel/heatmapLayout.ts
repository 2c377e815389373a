/** Where the cells of a heatmap lie on its canvas, how it zooms, scrolls and is hit. Pure arithmetic in whole device pixels; x and y count from the canvas's corner. */
import type { Cell } from './cellMove.ts';

export interface Layout {
  readonly rows: number;
  readonly columns: number;
  /** Side of a cell: a whole number of device pixels, so that all cells are of equal size and none is lost. */
  readonly cell: number;
  /** Width of the row labels' gutter and height of the column labels' gutter. */
  readonly left: number;
  readonly top: number;
  /** Room right of and below the map. */
  readonly margin: number;
  /** False where cells are too small for labels: the gutters are then only a margin. */
  readonly labelled: boolean;
}

export interface Scroll {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LayoutOptions {
  readonly rows: number;
  readonly columns: number;
  /** Room for the whole canvas. */
  readonly width: number;
  readonly height: number;
  /** Gutters that the labels ask for. */
  readonly left: number;
  readonly top: number;
  /** Device pixels per CSS pixel. */
  readonly scale: number;
  /** The side of a cell that the user zoomed to; undefined: as large as the room allows. */
  readonly zoomed: number | undefined;
}

// In CSS pixels.
const LARGEST_FITTED_CELL = 28;
const LARGEST_ZOOMED_CELL = 72;
const SMALLEST_LABELLED_CELL = 4;
const MARGIN = 1;
// A label may be higher than its cell: half of the last one hangs over.
const LABELLED_MARGIN = 6;
const LABEL_HEIGHT = 14;

export function layoutHeatmap(options: LayoutOptions): Layout {
  const { rows, columns, scale } = options;
  const threshold = SMALLEST_LABELLED_CELL * scale;
  const margin = Math.ceil(MARGIN * scale);
  const labelledMargin = Math.ceil(LABELLED_MARGIN * scale);
  const fitted = (left: number, top: number, margin: number): number => {
    const room = Math.min((options.width - left - margin) / columns, (options.height - top - margin) / rows);
    return Math.max(1, Math.min(Math.round(LARGEST_FITTED_CELL * scale), Math.floor(room)));
  };
  const labelledCell = options.zoomed ?? fitted(options.left, options.top, labelledMargin);
  if (labelledCell >= threshold)
    return { rows, columns, cell: labelledCell, left: options.left, top: options.top, margin: labelledMargin, labelled: true };
  return { rows, columns, cell: options.zoomed ?? fitted(margin, margin, margin), left: margin, top: margin, margin, labelled: false };
}

/** Size of the whole map with its gutters and margin, of which the canvas shows a part. */
export function contentSize({ rows, columns, cell, left, top, margin }: Layout): { readonly width: number; readonly height: number } {
  return { width: left + columns * cell + margin, height: top + rows * cell + margin };
}

/** The next size of cell in or out: a quarter more or less, but at least a pixel. */
export function zoomedCell(cell: number, direction: 1 | -1, scale: number): number {
  const next = direction > 0 ? Math.max(cell + 1, Math.round(cell * 1.25)) : Math.min(cell - 1, Math.round(cell / 1.25));
  return Math.max(1, Math.min(Math.round(LARGEST_ZOOMED_CELL * scale), next));
}

/** How many cells there are from one label to the next. */
export function labelStep(cell: number, scale: number): number {
  return Math.max(1, Math.ceil((LABEL_HEIGHT * scale) / cell));
}

export function boxOf(layout: Layout, scroll: Scroll, { row, column }: Cell): Box {
  const { cell, left, top } = layout;
  return { x: left + column * cell - scroll.x, y: top + row * cell - scroll.y, width: cell, height: cell };
}

/** Undefined in the gutters and beyond the last cell. */
export function cellAt(layout: Layout, scroll: Scroll, x: number, y: number): Cell | undefined {
  if (x < layout.left || y < layout.top) return undefined;
  const column = Math.floor((x - layout.left + scroll.x) / layout.cell);
  const row = Math.floor((y - layout.top + scroll.y) / layout.cell);
  return row < layout.rows && column < layout.columns ? { row, column } : undefined;
}

/** Half-open range of the cells along one axis that show in `room` pixels behind a gutter. */
export function visibleRange(
  count: number,
  cell: number,
  scrolled: number,
  room: number,
): { readonly start: number; readonly end: number } {
  return { start: Math.max(0, Math.floor(scrolled / cell)), end: Math.min(count, Math.ceil((scrolled + room) / cell)) };
}

/** The smallest change of `scroll` that brings a cell wholly into a canvas of this size. */
export function scrollToShow(layout: Layout, scroll: Scroll, cell: Cell, width: number, height: number): Scroll {
  const along = (start: number, scrolled: number, room: number): number =>
    Math.max(0, start + layout.cell > scrolled + room ? start + layout.cell - room : Math.min(scrolled, start));
  return {
    x: along(cell.column * layout.cell, scroll.x, width - layout.left - layout.margin),
    y: along(cell.row * layout.cell, scroll.y, height - layout.top - layout.margin),
  };
}

/** The scroll after a change of layout that keeps what was under the point (x, y) there. */
export function scrollAfterZoom(before: Layout, after: Layout, scroll: Scroll, x: number, y: number): Scroll {
  const along = (point: number, gutter: number, newGutter: number, scrolled: number): number =>
    Math.max(
      0,
      Math.round(((Math.max(point, gutter) - gutter + scrolled) / before.cell) * after.cell - (Math.max(point, newGutter) - newGutter)),
    );
  return { x: along(x, before.left, after.left, scroll.x), y: along(y, before.top, after.top, scroll.y) };
}
