/** One text as the user wrote it (order, white space, direction), its tokens or words pointed at by pointer and keyboard. Knows no map. */
import type { Span } from '../../src/shared/span.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import type { PointedText } from './pointer.ts';
import type { Unit } from './shownMap.ts';

export interface UnitTextData {
  readonly text: string;
  readonly units: readonly Unit[];
  /** Characters underlined with a wave. */
  readonly marked: readonly Span[];
}

export interface UnitTextOptions {
  /** The text's accessible name. */
  readonly name: string;
  readonly onPoint: (unit: number | undefined, byKeyboard: boolean) => void;
  /** `add`: beside what is pinned already. */
  readonly onPin: (unit: number | undefined, add: boolean) => void;
}

export interface UnitText {
  readonly element: HTMLElement;
  show(data: UnitTextData): void;
  /** Which units can be pointed at; after `show`. */
  allow(pointable: (unit: number) => boolean): void;
  point(pointed: PointedText): void;
}

let made = 0;

export function createUnitText({ name, onPoint, onPin }: UnitTextOptions): UnitText {
  const id = `saccade-text-${made++}`;
  const root = element('div', {
    class: 'text',
    role: 'listbox',
    'aria-label': name,
    tabindex: '0',
    dir: 'auto',
    'data-empty': t('(nothing)'),
  });
  /** By unit; undefined for one that no characters stand for. */
  let spans: (HTMLElement | undefined)[] = [];
  /** What is drawn: thousandths of the scale by unit, and the units pointed at. */
  let drawnShares = new Uint16Array();
  let drawnPointed: readonly number[] = [];
  let active: number | undefined;
  let hovered: number | undefined;

  const unitOf = (event: Event): number | undefined => {
    const span = event.target instanceof Element ? event.target.closest('.unit') : null;
    const unit = span === null ? -1 : spans.indexOf(span as HTMLElement);
    return isPointable(unit) ? unit : undefined;
  };
  const isPointable = (unit: number): boolean => spans[unit] !== undefined && !spans[unit].hasAttribute('aria-disabled');

  root.addEventListener('pointermove', (event) => {
    const unit = unitOf(event);
    if (unit === hovered) return;
    hovered = unit;
    onPoint(unit, false);
  });
  root.addEventListener('pointerleave', () => {
    if (hovered === undefined) return;
    hovered = undefined;
    onPoint(undefined, false);
  });
  root.addEventListener('click', (event) => {
    const unit = unitOf(event);
    // A click that ends a selection of text pins nothing.
    if (unit === undefined || getSelection()?.isCollapsed === false) return;
    activate(unit);
    onPin(unit, event.ctrlKey || event.metaKey);
  });
  root.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const toRight = getComputedStyle(root).direction === 'rtl' ? -1 : 1;
    const last = spans.length - 1;
    switch (event.key) {
      case 'ArrowRight':
        move(active === undefined ? 0 : active + toRight, toRight);
        break;
      case 'ArrowLeft':
        move(active === undefined ? 0 : active - toRight, -toRight);
        break;
      case 'Home':
        move(0, 1);
        break;
      case 'End':
        move(last, -1);
        break;
      case 'Enter':
      case ' ':
        if (active !== undefined) onPin(active, event.shiftKey);
        break;
      case 'Escape':
        activate(undefined);
        onPin(undefined, false);
        break;
      default:
        return;
    }
    event.preventDefault();
  });
  root.addEventListener('blur', () => {
    if (hovered === undefined) onPoint(undefined, false);
  });

  /** To the first unit from `unit` on, in this direction, that can be pointed at. */
  function move(unit: number, direction: number): void {
    let next = unit;
    while (next >= 0 && next < spans.length && !isPointable(next)) next += direction;
    if (!isPointable(next)) return;
    activate(next);
    spans[next]?.scrollIntoView({ block: 'nearest' });
    onPoint(next, true);
  }

  function activate(unit: number | undefined): void {
    if (active !== undefined) spans[active]?.classList.remove('active');
    active = unit;
    const span = unit === undefined ? undefined : spans[unit];
    span?.classList.add('active');
    if (span === undefined) root.removeAttribute('aria-activedescendant');
    else root.setAttribute('aria-activedescendant', span.id);
  }

  return {
    element: root,
    show({ text, units, marked }) {
      spans = [];
      const children: (Node | string)[] = [];
      let written = 0;
      for (const [index, { label, span, kind }] of units.entries()) {
        const words = kind === 'control' ? label : text.slice(Math.max(written, span.start), span.end);
        if (words === '') {
          spans.push(undefined);
          continue;
        }
        // The space before a word is not what is pointed at, unless there is nothing else.
        const space = kind === 'control' || words.trim() === '' ? 0 : words.length - words.trimStart().length;
        if (kind !== 'control') {
          children.push(text.slice(written, Math.max(written, span.start)) + words.slice(0, space));
          written = span.end;
        }
        const isMarked = marked.some(({ start, end }) => span.start < end && span.end > start);
        const classes = ['unit', ...(kind === 'control' ? ['control'] : []), ...(isMarked ? ['unused'] : [])];
        const made = element('span', { class: classes.join(' '), role: 'option', id: `${id}-${index}`, 'aria-selected': 'false' });
        // A direction of its own keeps a control token out of the text's, which is that of its first strong character.
        if (kind === 'control') made.dir = 'ltr';
        made.textContent = words.slice(space);
        if (isMarked) made.setAttribute('aria-description', t('possibly left out'));
        spans.push(made);
        children.push(made);
      }
      children.push(text.slice(written));
      root.replaceChildren(...children);
      drawnShares = new Uint16Array(spans.length);
      drawnPointed = [];
      active = undefined;
      root.removeAttribute('aria-activedescendant');
    },
    allow(pointable) {
      for (const [index, span] of spans.entries()) {
        if (span === undefined || pointable(index) !== span.hasAttribute('aria-disabled')) continue;
        if (pointable(index)) span.removeAttribute('aria-disabled');
        else span.setAttribute('aria-disabled', 'true');
      }
    },
    point({ pointed, shares }) {
      // Called for every move of the pointer: only what changes is touched.
      for (const [index, span] of spans.entries()) {
        const share = Math.round(1000 * (shares?.[index] ?? 0));
        if (span === undefined || share === drawnShares[index]) continue;
        drawnShares[index] = share;
        span.classList.toggle('weighted', share > 0);
        if (share > 0) span.style.setProperty('--share', String(share / 1000));
        else span.style.removeProperty('--share');
      }
      for (const index of [...drawnPointed, ...pointed]) {
        const isPointed = pointed.includes(index);
        spans[index]?.classList.toggle('pointed', isPointed);
        spans[index]?.setAttribute('aria-selected', String(isPointed));
      }
      drawnPointed = pointed;
    },
  };
}
