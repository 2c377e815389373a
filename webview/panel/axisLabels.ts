/** The token labels along a heatmap's axes: how much room they ask for, how they are shortened and painted. Knows no cells' weights. */
import { boxOf, labelStep, visibleRange } from './heatmapLayout.ts';
import type { Layout } from './heatmapLayout.ts';
import type { Picture } from './heatmapPaint.ts';
import type { Pointer } from './pointer.ts';
import { shortenLabel } from './tokenLabel.ts';

export interface AxisLabels {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Rows whose labels are painted as warnings. */
  readonly markedRows: ReadonlySet<number>;
}

// In CSS pixels.
const FONT_SIZE = 11;
const GAP = 5;
const TIP_HEIGHT = 18;
const TIP_DISTANCE = 14;

export function setLabelFont(context: CanvasRenderingContext2D, fontFamily: string, scale: number): void {
  context.font = `${FONT_SIZE * scale}px ${fontFamily}`;
}

/** The gutter, in device pixels, that the labels ask for, with none of them longer than `longest` CSS pixels. `context` has the labels' font. */
export function gutterFor(context: CanvasRenderingContext2D, labels: readonly string[], longest: number, scale: number): number {
  let length = 0;
  for (const label of labels) length = Math.max(length, context.measureText(label).width);
  return Math.ceil(Math.min(length, longest * scale) + 2 * GAP * scale);
}

/** The labels as they fit into a layout's gutters. `context` has the labels' font. */
export function shortened(context: CanvasRenderingContext2D, labels: AxisLabels, layout: Layout, scale: number): AxisLabels {
  if (!layout.labelled) return { ...labels, rows: [], columns: [] };
  const measure = (text: string): number => context.measureText(text).width;
  const shorten = (all: readonly string[], gutter: number): string[] =>
    all.map((label) => shortenLabel(label, gutter - 1.5 * GAP * scale, measure));
  return { ...labels, rows: shorten(labels.rows, layout.left), columns: shorten(labels.columns, layout.top) };
}

/** Paints the labels, thinned out where cells are small, and those of the marked cells, rows and columns set off. */
export function paintLabels(context: CanvasRenderingContext2D, picture: Picture, labels: AxisLabels, marked: readonly Pointer[]): void {
  const { layout, scroll, width, height, scale, colours } = picture;
  const { cell, left, top } = layout;
  if (!layout.labelled) return;
  const boxes = marked.map(({ row, column }) => ({ row, column, box: boxOf(layout, scroll, { row: row ?? 0, column: column ?? 0 }) }));
  const startsOf = (along: 'row' | 'column', axis: 'x' | 'y'): number[] =>
    boxes.flatMap((each) => (each[along] === undefined ? [] : [each.box[axis]]));
  const gap = GAP * scale;
  const step = labelStep(cell, scale);
  /** Middles of the cells to be labelled: not of one half scrolled away, whose label would stand in the corner, nor beside a marked one. */
  const middles = (
    count: number,
    scrolled: number,
    gutter: number,
    end: number,
    markedStarts: readonly number[],
  ): { index: number; middle: number }[] => {
    const range = visibleRange(count, cell, scrolled, end - gutter);
    const found = [];
    for (let index = Math.ceil(range.start / step) * step; index < range.end; index += step) {
      const middle = gutter + (index + 0.5) * cell - scrolled;
      const beside = markedStarts.some((start) => Math.abs(start + cell / 2 - middle) < TIP_DISTANCE * scale);
      if (middle >= gutter && !beside) found.push({ index, middle });
    }
    return found;
  };
  const across = (x: number, paint: () => void): void => {
    context.save();
    context.translate(x, top);
    context.rotate(-Math.PI / 2);
    paint();
    context.restore();
  };

  context.save();
  setLabelFont(context, colours.fontFamily, scale);
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const { index, middle } of middles(layout.rows, scroll.y, top, height, startsOf('row', 'y'))) {
    context.fillStyle = labels.markedRows.has(index) ? colours.warning : colours.label;
    context.fillText(labels.rows[index] ?? '', left - gap, middle);
  }
  context.textAlign = 'left';
  context.fillStyle = colours.label;
  for (const { index, middle } of middles(layout.columns, scroll.x, left, width, startsOf('column', 'x'))) {
    across(middle, () => context.fillText(labels.columns[index] ?? '', gap, 0));
  }
  for (const { row, column, box } of boxes) {
    const middle = { x: Math.round(box.x + cell / 2), y: Math.round(box.y + cell / 2) };
    if (row !== undefined && middle.y >= top && middle.y < height)
      paintTip(context, picture, labels.rows[row] ?? '', { x: 0, y: middle.y }, left, 'right');
    if (column !== undefined && middle.x >= left && middle.x < width)
      across(middle.x, () => paintTip(context, picture, labels.columns[column] ?? '', { x: 0, y: 0 }, top, 'left'));
  }
  context.restore();
}

/** A label on a plate as long as its gutter. `at` is the middle of the plate's left side. */
function paintTip(
  context: CanvasRenderingContext2D,
  { scale, colours }: Picture,
  label: string,
  at: { readonly x: number; readonly y: number },
  length: number,
  align: 'left' | 'right',
): void {
  const height = TIP_HEIGHT * scale;
  context.beginPath();
  context.roundRect(at.x + 0.5, at.y - height / 2 + 0.5, length - 1, height - 1, 3 * scale);
  context.fillStyle = colours.tipBackground;
  context.fill();
  context.lineWidth = Math.max(1, Math.round(scale));
  context.strokeStyle = colours.tipBorder;
  context.stroke();
  context.fillStyle = colours.tipText;
  context.textAlign = align;
  context.fillText(label, align === 'right' ? at.x + length - GAP * scale : at.x + GAP * scale, at.y);
}
