/** A map as lines from what looks (queries, right) to what is looked at (keys, left), the stronger the wider. Knows the map as units and shares. */
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import type { Pointer } from './pointer.ts';
import type { PinOptions } from './pointing.ts';
import type { ShownMap, Unit } from './shownMap.ts';
import type { ThemeColours } from './themeColours.ts';
import { visibleLabel } from './tokenLabel.ts';

export interface Lines {
  readonly element: HTMLElement;
  show(map: ShownMap, colours: ThemeColours): void;
  point(pointers: readonly Pointer[]): void;
}

export interface LinesOptions {
  readonly onHover: (pointer: Pointer | undefined) => void;
  readonly onPin: (pointer: Pointer, options: PinOptions) => void;
}

// In CSS pixels.
const LINE_HEIGHT = 18;
const WIDEST = 4;
/** Browsers refuse a higher canvas. */
const HIGHEST_CANVAS = 16_000;
/** Weaker lines are left out: hundreds of tokens have too many of them to tell anything. */
const LEAST_SHARE = 0.04;
/** Opacity of the lines of what is not pointed at, while something is. */
const BACKGROUND = 0.08;

export function createLines({ onHover, onPin }: LinesOptions): Lines {
  const head = (text: string, side: string): HTMLElement => element('div', { class: `lines-head overline ${side}` }, text);
  const keys = element('ol', { class: 'lines-tokens lines-keys' });
  const queries = element('ol', { class: 'lines-tokens' });
  const canvas = element('canvas', { class: 'lines-canvas' });
  const middle = element('div', { class: 'lines-middle' }, canvas);
  const root = element(
    'div',
    { class: 'lines', 'aria-hidden': 'true' },
    element('div', { class: 'lines-body' }, head(t('Looked at'), 'lines-keys'), head('', ''), head(t('Looks'), ''), keys, middle, queries),
  );
  let shown: { readonly map: ShownMap; readonly colours: ThemeColours } | undefined;
  let pointers: readonly Pointer[] = [];

  function draw(): void {
    const width = middle.clientWidth;
    const context = canvas.getContext('2d');
    if (shown === undefined || context === null || width === 0) return;
    const { map, colours } = shown;
    const height = Math.max(map.rows.length, map.columns.length) * LINE_HEIGHT;
    const ratio = Math.min(devicePixelRatio, HIGHEST_CANVAS / height);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    context.scale(ratio, ratio);
    context.strokeStyle = `rgb(${colours.high.join(' ')})`;
    const columns = map.columns.length;
    for (const [cell, share] of map.shares.entries()) {
      if (share < LEAST_SHARE) continue;
      const [row, column] = [Math.floor(cell / columns), cell % columns];
      const isPointed = pointers.length === 0 || pointers.some((each) => (each.row ?? row) === row && (each.column ?? column) === column);
      context.globalAlpha = isPointed ? 0.25 + 0.75 * share : BACKGROUND;
      context.lineWidth = Math.max(0.75, WIDEST * share);
      const [from, to] = [(row + 0.5) * LINE_HEIGHT, (column + 0.5) * LINE_HEIGHT];
      context.beginPath();
      context.moveTo(width, from);
      context.bezierCurveTo(width / 2, from, width / 2, to, 0, to);
      context.stroke();
    }
  }

  const tokens = (list: HTMLElement, units: readonly Unit[], pointerOf: (index: number) => Pointer): void => {
    list.replaceChildren(
      ...units.map(({ label }, index) => {
        const made = element('li', { class: 'lines-token' }, element('bdi', {}, visibleLabel(label)));
        made.addEventListener('pointerenter', () => onHover(pointerOf(index)));
        made.addEventListener('click', ({ ctrlKey, metaKey }) => onPin(pointerOf(index), { byKeyboard: false, add: ctrlKey || metaKey }));
        return made;
      }),
    );
  };
  root.addEventListener('pointerleave', () => onHover(undefined));
  new ResizeObserver(draw).observe(middle);

  return {
    element: root,
    show(map, colours) {
      if (shown?.map.rows !== map.rows || shown.map.columns !== map.columns) {
        tokens(keys, map.columns, (column) => ({ column }));
        tokens(queries, map.rows, (row) => ({ row }));
      }
      shown = { map, colours };
      draw();
    },
    point(next) {
      pointers = next;
      for (const [index, token] of [...keys.children].entries())
        token.classList.toggle(
          'pointed',
          next.some(({ column }) => column === index),
        );
      for (const [index, token] of [...queries.children].entries())
        token.classList.toggle(
          'pointed',
          next.some(({ row }) => row === index),
        );
      draw();
    },
  };
}
