/** Paints a heatmap's cells, and on a canvas above them the cross-hair of a cell, a row or a column. Knows no events and no labels. */
import type { Cell } from './cellMove.ts';
import { boxOf, visibleRange } from './heatmapLayout.ts';
import type { Box, Layout, Scroll } from './heatmapLayout.ts';
import type { Pointer } from './pointer.ts';
import type { ThemeColours } from './themeColours.ts';

/** Everything that a painting depends on; lengths in device pixels. */
export interface Picture {
  readonly layout: Layout;
  readonly scroll: Scroll;
  /** Size of the canvases. */
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly scale: number;
  readonly colours: ThemeColours;
  /** One pixel per cell: `[rows, columns]`. */
  readonly cells: HTMLCanvasElement;
}

const SMALLEST_RULED_CELL = 10;
const SMALLEST_FRAMED_CELL = 6;

export function paintCells(context: CanvasRenderingContext2D, picture: Picture): void {
  const { layout, scroll, width, height, scale, colours } = picture;
  const { cell, left, top } = layout;
  const columns = visibleRange(layout.columns, cell, scroll.x, width - left);
  const rows = visibleRange(layout.rows, cell, scroll.y, height - top);
  const start = boxOf(layout, scroll, { row: rows.start, column: columns.start });
  const [across, down] = [columns.end - columns.start, rows.end - rows.start];
  const right = Math.min(width, start.x + across * cell);
  const bottom = Math.min(height, start.y + down * cell);
  context.clearRect(0, 0, width, height);
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  context.imageSmoothingEnabled = false;
  context.drawImage(picture.cells, columns.start, rows.start, across, down, start.x, start.y, across * cell, down * cell);
  if (cell >= SMALLEST_RULED_CELL * scale) {
    // Hair lines inside the cells' left and top edges: they part cells of equal colour and leave every cell's middle as it is.
    context.globalAlpha = 0.08;
    context.fillStyle = colours.text;
    for (let i = 0; i < across; i++) context.fillRect(start.x + i * cell, top, 1, bottom - top);
    for (let i = 0; i < down; i++) context.fillRect(left, start.y + i * cell, right - left, 1);
  }
  context.restore();
  const line = Math.max(1, Math.round(scale));
  context.strokeStyle = colours.border;
  context.lineWidth = line;
  context.strokeRect(left - line / 2, top - line / 2, right - left + line, bottom - top + line);
}

export function paintCrossHair(context: CanvasRenderingContext2D, picture: Picture, { row, column }: Pointer): void {
  const { layout, scroll, width, height, scale, colours } = picture;
  const { left, top } = layout;
  const box = boxOf(layout, scroll, { row: row ?? 0, column: column ?? 0 });
  const right = Math.min(width, left + layout.columns * layout.cell - scroll.x);
  const bottom = Math.min(height, top + layout.rows * layout.cell - scroll.y);
  const line = Math.max(1, Math.round(scale));
  context.save();
  context.beginPath();
  context.rect(left - line, top - line, right - left + 2 * line, bottom - top + 2 * line);
  context.clip();
  context.fillStyle = colours.text;
  context.globalAlpha = 0.55;
  // Lines on both sides of row and column; where these are narrow, one through their middle, broken at the cell.
  const narrow = layout.cell < SMALLEST_FRAMED_CELL * scale;
  const offsets = narrow ? [Math.floor((layout.cell - line) / 2)] : [-line, layout.cell];
  for (const offset of offsets) {
    if (row !== undefined) context.fillRect(left, box.y + offset, right - left, line);
    if (column !== undefined) context.fillRect(box.x + offset, top, line, bottom - top);
  }
  context.globalAlpha = 1;
  if (row !== undefined && column !== undefined) paintRing(context, picture, { row, column }, box, narrow);
  context.restore();
}

function paintRing(context: CanvasRenderingContext2D, picture: Picture, cell: Cell, box: Box, narrow: boolean): void {
  const { scale, colours } = picture;
  const line = Math.max(1, Math.round(scale));
  if (narrow) paintCell(context, picture, cell, box);
  // Of two colours, so that it shows on weak and on strong cells.
  const ring = 2 * line;
  context.lineWidth = ring;
  context.strokeStyle = `rgb(${colours.low.join(' ')})`;
  context.strokeRect(box.x - ring * 1.5, box.y - ring * 1.5, box.width + ring * 3, box.height + ring * 3);
  context.strokeStyle = colours.text;
  context.strokeRect(box.x - ring / 2, box.y - ring / 2, box.width + ring, box.height + ring);
}

function paintCell(context: CanvasRenderingContext2D, picture: Picture, cell: Cell, box: Box): void {
  context.imageSmoothingEnabled = false;
  context.drawImage(picture.cells, cell.column, cell.row, 1, 1, box.x, box.y, box.width, box.height);
}
