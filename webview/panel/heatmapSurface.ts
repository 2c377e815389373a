/** The scrolling surface of a heatmap: sizes its canvases, lays out, zooms and paints. Knows no pointer, no keyboard and no inspection. */
import { gutterFor, paintLabels, setLabelFont, shortened } from './axisLabels.ts';
import type { AxisLabels } from './axisLabels.ts';
import type { Cell } from './cellMove.ts';
import type { Pointer } from './pointer.ts';
import { pixelsOf } from './colourScale.ts';
import type { ColourScale } from './colourScale.ts';
import { element } from './element.ts';
import { boxOf, cellAt, contentSize, layoutHeatmap, scrollAfterZoom, scrollToShow, zoomedCell } from './heatmapLayout.ts';
import type { Box, Layout, Scroll } from './heatmapLayout.ts';
import { paintCells, paintCrossHair } from './heatmapPaint.ts';
import type { Picture } from './heatmapPaint.ts';
import type { ThemeColours } from './themeColours.ts';

export interface HeatmapData {
  /** Row-major `[rows, columns]`. */
  readonly values: Float32Array;
  /** Where each value lies on the scale, from 0 to 1. `[rows, columns]` */
  readonly shares: Float32Array;
  /** One label per row and column. */
  readonly labels: AxisLabels;
  readonly scale: ColourScale;
  readonly colours: ThemeColours;
  /** The canvas's accessible name. */
  readonly name: string;
  /** Becomes the canvas's `dataset`, with `rows` and `columns`. */
  readonly facts: Readonly<Record<string, string>>;
}

/** The canvas that cells are painted on, with what a test needs to compare the painting with. */
export interface HeatmapCanvas extends HTMLCanvasElement {
  /** What is painted: row-major `[rows, columns]`. Empty before the first map. */
  readonly values: Float32Array;
  readonly colourScale: ColourScale | undefined;
  /** Where a cell is painted, in the canvas's own (device) pixels, or would be were it not scrolled away; undefined before the first map. */
  readonly boxOfCell: (row: number, column: number) => Box | undefined;
}

export interface HeatmapSurface {
  readonly element: HTMLElement;
  readonly canvas: HeatmapCanvas;
  /** Keeps the zoom if the numbers of rows and columns are those of the map before; else fits, and no cell is marked. */
  show(data: HeatmapData): void;
  /** Sets cross-hair and labels of cells, rows or columns; repaints nothing but them. */
  mark(pointers: readonly Pointer[]): void;
  /** Scrolls as little as is needed to have the whole cell in sight. */
  reveal(cell: Cell): void;
  /** The cell at a point of the canvas, in CSS pixels from its corner. */
  cellAt(x: number, y: number): Cell | undefined;
  /** What is at the point (CSS pixels from the canvas's corner) stays there; without a point, the marked cell or the middle. */
  zoom(direction: 1 | -1, at?: { readonly x: number; readonly y: number }): void;
  fit(): void;
  /** Scrolls by so many CSS pixels. */
  pan(x: number, y: number): void;
}

// In CSS pixels, and as a share of the width of the map and of the height of the page.
const LONGEST_ROW_LABEL = 112;
const LONGEST_COLUMN_LABEL = 88;
const WIDEST_ROW_GUTTER = 0.3;
const TALLEST_MAP = 0.72;
const SMALLEST_TALLEST_MAP = 260;

export function createHeatmapSurface(): HeatmapSurface {
  const plain = element('canvas', { class: 'heatmap-cells' });
  const overlay = element('canvas', { class: 'heatmap-pointer', 'aria-hidden': 'true' });
  const pane = element('div', { class: 'heatmap-pane' }, plain, overlay);
  const stage = element('div', { class: 'heatmap-stage' }, pane);
  // A scroller is a tab stop of its own unless told otherwise; the canvas is the one.
  const scroller = element('div', { class: 'heatmap-scroller', tabindex: '-1' }, stage);
  const root = element('div', { class: 'heatmap' }, scroller);
  const below = contextOf(plain);
  const above = contextOf(overlay);

  let data: HeatmapData | undefined;
  let cells = document.createElement('canvas');
  let picture: Picture | undefined;
  /** As they fit into the picture's gutters. */
  let fitting: AxisLabels | undefined;
  let zoomed: number | undefined;
  let marked: readonly Pointer[] = [];

  const canvas = Object.defineProperties(plain, {
    values: { get: () => data?.values ?? new Float32Array() },
    colourScale: { get: () => data?.scale },
    boxOfCell: { value: (row: number, column: number) => picture && boxOf(picture.layout, picture.scroll, { row, column }) },
  }) as HeatmapCanvas;

  const tallest = (): number => Math.max(SMALLEST_TALLEST_MAP, innerHeight * TALLEST_MAP);
  const scrolled = (): Scroll => ({
    x: Math.round(scroller.scrollLeft * devicePixelRatio),
    y: Math.round(scroller.scrollTop * devicePixelRatio),
  });

  function layoutFor({ labels, colours }: HeatmapData, cellSize: number | undefined): Layout {
    const scale = devicePixelRatio;
    setLabelFont(above, colours.fontFamily, scale);
    return layoutHeatmap({
      rows: labels.rows.length,
      columns: labels.columns.length,
      width: Math.floor(root.clientWidth * scale),
      height: Math.floor(tallest() * scale),
      left: gutterFor(above, labels.rows, Math.min(LONGEST_ROW_LABEL, root.clientWidth * WIDEST_ROW_GUTTER), scale),
      top: gutterFor(above, labels.columns, LONGEST_COLUMN_LABEL, scale),
      scale,
      zoomed: cellSize,
    });
  }

  /** Lays out, sizes the elements and paints; `scrollTo` says where to scroll to in the new layout. */
  function update(scrollTo?: (layout: Layout) => Scroll): void {
    // Without a width the panel is hidden; the observer comes back when it has one.
    if (data === undefined || root.clientWidth === 0) return;
    const scale = devicePixelRatio;
    const layout = layoutFor(data, zoomed);
    const size = contentSize(layout);
    setSize(stage, size.width, size.height);
    scroller.style.height = `${Math.min(size.height / scale, tallest())}px`;
    // A horizontal scroll bar takes its room from the map's own height; give it back where there is more.
    const bar = scroller.offsetHeight - scroller.clientHeight;
    if (bar > 0) scroller.style.height = `${Math.min(size.height / scale + bar, tallest())}px`;
    const width = Math.round(Math.min(size.width, scroller.clientWidth * scale));
    const height = Math.round(Math.min(size.height, scroller.clientHeight * scale));
    setSize(pane, width, height);
    for (const sheet of [plain, overlay]) {
      // Setting a canvas's size clears it and costs its memory anew, even where it is the same.
      if (sheet.width !== width) sheet.width = width;
      if (sheet.height !== height) sheet.height = height;
      setSize(sheet, width, height);
    }
    if (scrollTo !== undefined) scrollToDevicePixels(scrollTo(layout));
    // Resizing a canvas has reset its font.
    setLabelFont(above, data.colours.fontFamily, scale);
    fitting = shortened(above, data.labels, layout, scale);
    picture = { layout, scroll: scrolled(), width, height, scale, colours: data.colours, cells };
    paint();
  }

  function scrollToDevicePixels({ x, y }: Scroll): void {
    scroller.scrollTo(x / devicePixelRatio, y / devicePixelRatio);
  }

  function paint(): void {
    if (picture !== undefined) paintCells(below, picture);
    paintOverlay();
  }

  function paintOverlay(): void {
    if (picture === undefined || fitting === undefined) return;
    above.clearRect(0, 0, picture.width, picture.height);
    for (const pointer of marked) paintCrossHair(above, picture, pointer);
    paintLabels(above, picture, fitting, marked);
  }

  function zoom(direction: 1 | -1, at?: { readonly x: number; readonly y: number }): void {
    if (data === undefined || picture === undefined) return;
    const { layout, scroll, width, height, scale } = picture;
    const next = zoomedCell(layout.cell, direction, scale);
    zoomed = next <= layoutFor(data, undefined).cell ? undefined : next;
    const last = marked.at(-1);
    let centre = { x: width / 2, y: height / 2 };
    if (at !== undefined) centre = { x: at.x * scale, y: at.y * scale };
    else if (last?.row !== undefined && last.column !== undefined) {
      const box = boxOf(layout, scroll, last);
      const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      if (cellAt(layout, scroll, middle.x, middle.y) && middle.x < width && middle.y < height) centre = middle;
    }
    update((after) => scrollAfterZoom(layout, after, scroll, centre.x, centre.y));
  }

  scroller.addEventListener('scroll', () => {
    if (picture === undefined) return;
    picture = { ...picture, scroll: scrolled() };
    paint();
  });
  new ResizeObserver(() => update()).observe(root);
  // The page's height limits the map's, and a change of the page's zoom changes the pixel ratio.
  addEventListener('resize', () => update());

  return {
    element: root,
    canvas,
    zoom,
    show(next) {
      const rows = next.labels.rows.length;
      const columns = next.labels.columns.length;
      if (data?.labels.rows.length !== rows || data.labels.columns.length !== columns) [zoomed, marked] = [undefined, []];
      data = next;
      cells = cellsOf(next, columns, rows);
      plain.setAttribute('aria-label', next.name);
      Object.assign(plain.dataset, next.facts, { rows: String(rows), columns: String(columns) });
      update();
    },
    mark(pointers) {
      marked = pointers;
      paintOverlay();
    },
    reveal(cell) {
      if (picture === undefined) return;
      scrollToDevicePixels(scrollToShow(picture.layout, picture.scroll, cell, picture.width, picture.height));
      picture = { ...picture, scroll: scrolled() };
    },
    cellAt: (x, y) => picture && cellAt(picture.layout, picture.scroll, x * picture.scale, y * picture.scale),
    pan: (x, y) => scroller.scrollBy(x, y),
    fit() {
      zoomed = undefined;
      update();
    },
  };
}

/** `width` and `height` in device pixels. */
function setSize({ style }: HTMLElement, width: number, height: number): void {
  style.width = `${width / devicePixelRatio}px`;
  style.height = `${height / devicePixelRatio}px`;
}

function cellsOf({ scale, shares }: HeatmapData, width: number, height: number): HTMLCanvasElement {
  const cells = Object.assign(document.createElement('canvas'), { width, height });
  if (shares.length > 0) contextOf(cells).putImageData(new ImageData(pixelsOf(scale, shares), width, height), 0, 0);
  return cells;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  // Only a canvas that already has a context of another kind refuses.
  if (context === null) throw new Error('The browser gives no 2d context.');
  return context;
}
