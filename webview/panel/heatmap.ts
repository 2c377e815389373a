/** The heatmap: a map of weights with token labels, moved over by pointer and keyboard. Knows weights and labels, no inspection. */
import { movedCell } from './cellMove.ts';
import type { Cell } from './cellMove.ts';
import { createHeatmapSurface } from './heatmapSurface.ts';
import type { HeatmapCanvas, HeatmapData } from './heatmapSurface.ts';
import type { Pointer } from './pointer.ts';
import type { PinOptions } from './pointing.ts';

export interface HeatmapOptions {
  readonly onHover: (cell: Cell | undefined) => void;
  /** Clicked, or moved to by the keyboard; undefined: Escape. */
  readonly onPin: (cell: Cell | undefined, options: PinOptions) => void;
}

export interface Heatmap {
  readonly element: HTMLElement;
  readonly canvas: HeatmapCanvas;
  /** Keeps the zoom if the numbers of rows and columns are those of the map before. */
  show(data: HeatmapData): void;
  mark(pointers: readonly Pointer[]): void;
  zoom(direction: 1 | -1): void;
  fit(): void;
}

/** Less far a press is a click, in CSS pixels; farther it drags the map. */
const DRAG = 4;

export function createHeatmap({ onHover, onPin }: HeatmapOptions): Heatmap {
  const surface = createHeatmapSurface();
  const { canvas } = surface;
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-roledescription', 'heat map');
  let rows = 0;
  let columns = 0;
  /** The last of those that are marked: where the keyboard is. */
  let marked: Pointer | undefined;
  let pressed: { x: number; y: number; dragging: boolean } | undefined;

  canvas.addEventListener('pointerdown', ({ clientX, clientY, pointerId, button }) => {
    if (button !== 0) return;
    pressed = { x: clientX, y: clientY, dragging: false };
    canvas.setPointerCapture(pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    const { clientX, clientY, offsetX, offsetY } = event;
    if (pressed !== undefined && (pressed.dragging || Math.hypot(clientX - pressed.x, clientY - pressed.y) > DRAG)) {
      surface.pan(pressed.x - clientX, pressed.y - clientY);
      pressed = { x: clientX, y: clientY, dragging: true };
    } else onHover(surface.cellAt(offsetX, offsetY));
  });
  canvas.addEventListener('pointerup', ({ offsetX, offsetY, ctrlKey, metaKey }) => {
    if (pressed !== undefined && !pressed.dragging) onPin(surface.cellAt(offsetX, offsetY), { byKeyboard: false, add: ctrlKey || metaKey });
    pressed = undefined;
  });
  canvas.addEventListener('pointercancel', () => (pressed = undefined));
  canvas.addEventListener('pointerleave', () => onHover(undefined));
  canvas.addEventListener('keydown', (event) => {
    if (event.altKey || rows === 0) return;
    const current = marked && { row: marked.row ?? 0, column: marked.column ?? 0 };
    const cell = movedCell(event.key, event.ctrlKey || event.metaKey, current, rows, columns);
    if (cell !== undefined) {
      surface.reveal(cell);
      onPin(cell, { byKeyboard: true });
    } else if (event.key === 'Escape') onPin(undefined, { byKeyboard: true });
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
    show(data) {
      rows = data.labels.rows.length;
      columns = data.labels.columns.length;
      surface.show(data);
    },
    mark(pointers) {
      marked = pointers.at(-1);
      surface.mark(pointers);
    },
    zoom: (direction) => surface.zoom(direction),
    fit: () => surface.fit(),
  };
}
