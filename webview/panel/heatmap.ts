/** The heatmap view: a map of weights with token labels, moved over by pointer and keyboard. Knows weights and labels, no inspection. */
import { movedCell } from './cellMove.ts';
import type { Cell } from './cellMove.ts';
import { createHeatmapSurface } from './heatmapSurface.ts';
import type { HeatmapCanvas, HeatmapData } from './heatmapSurface.ts';

export interface HeatmapOptions {
  /** The cell under the pointer, else the one that was clicked or moved to. */
  readonly onCell: (cell: Cell | undefined, byKeyboard: boolean) => void;
}

export interface Heatmap {
  readonly element: HTMLElement;
  readonly canvas: HeatmapCanvas;
  readonly current: Cell | undefined;
  /** Keeps zoom and current cell if the numbers of rows and columns are those of the map before. */
  show(data: HeatmapData): void;
  zoom(direction: 1 | -1): void;
  fit(): void;
  /** Leaves no cell current. */
  clear(): void;
}

export function createHeatmap({ onCell }: HeatmapOptions): Heatmap {
  const surface = createHeatmapSurface();
  const { canvas } = surface;
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-roledescription', 'heat map');
  let rows = 0;
  let columns = 0;
  let hovered: Cell | undefined;
  let selected: Cell | undefined;

  function point(next: { readonly hovered: Cell | undefined; readonly selected: Cell | undefined }, byKeyboard: boolean): void {
    const before = hovered ?? selected;
    ({ hovered, selected } = next);
    const now = hovered ?? selected;
    if (!byKeyboard && now?.row === before?.row && now?.column === before?.column) return;
    surface.mark(now);
    onCell(now, byKeyboard);
  }

  canvas.addEventListener('pointermove', (event) => point({ hovered: surface.cellAt(event.offsetX, event.offsetY), selected }, false));
  canvas.addEventListener('pointerleave', () => point({ hovered: undefined, selected }, false));
  canvas.addEventListener('pointerdown', (event) => {
    const cell = surface.cellAt(event.offsetX, event.offsetY);
    point({ hovered: cell, selected: cell }, false);
  });
  canvas.addEventListener('keydown', (event) => {
    if (event.altKey || rows === 0) return;
    const cell = movedCell(event.key, event.ctrlKey || event.metaKey, hovered ?? selected, rows, columns);
    if (cell !== undefined) {
      surface.reveal(cell);
      point({ hovered: undefined, selected: cell }, true);
    } else if (event.key === 'Escape') point({ hovered: undefined, selected: undefined }, true);
    else if (event.key === '+' || event.key === '=') surface.zoom(1);
    else if (event.key === '-') surface.zoom(-1);
    else if (event.key === '0') surface.fit();
    else return;
    event.preventDefault();
  });
  surface.element.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const place = canvas.getBoundingClientRect();
      surface.zoom(event.deltaY < 0 ? 1 : -1, { x: event.clientX - place.left, y: event.clientY - place.top });
    },
    { passive: false },
  );

  return {
    element: surface.element,
    canvas,
    get current() {
      return hovered ?? selected;
    },
    show(data) {
      if (data.labels.rows.length !== rows || data.labels.columns.length !== columns) [hovered, selected] = [undefined, undefined];
      rows = data.labels.rows.length;
      columns = data.labels.columns.length;
      surface.show(data);
      onCell(hovered ?? selected, false);
    },
    zoom: (direction) => surface.zoom(direction),
    fit: () => surface.fit(),
    clear: () => point({ hovered: undefined, selected: undefined }, false),
  };
}
