/**
 * The two texts of a segment as they were written, token by token (or word by word): what is pointed at and the weights that it gives or gets.
 * Knows the map only as units and shares.
 */
import { TEXT_SIDES } from '../../src/shared/highlight.ts';
import type { TextSide } from '../../src/shared/highlight.ts';
import type { Span } from '../../src/shared/span.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { helpButton } from './help.ts';
import { icon } from './icon.ts';
import type { PointedTexts } from './pointer.ts';
import type { Unit } from './shownMap.ts';
import { createUnitText } from './unitText.ts';

export interface TextViewData {
  readonly texts: Readonly<Record<TextSide, { readonly text: string; readonly units: readonly Unit[] }>>;
  /** Characters of the source that the target may have left out. */
  readonly omissions: readonly Span[];
}

export interface TextViewOptions {
  /** The unit under the pointer or moved to by the keyboard; undefined when it has left. */
  readonly onPoint: (at: TextPoint | undefined, byKeyboard: boolean) => void;
  /** Clicked or Enter: pinned until it is clicked again; `add`: beside others. Undefined: Escape. */
  readonly onPin: (at: TextPoint | undefined, add: boolean) => void;
}

export interface TextPoint {
  readonly side: TextSide;
  readonly unit: number;
}

export interface TextView {
  readonly element: HTMLElement;
  show(data: TextViewData): void;
  /** Which units can be pointed at, because the map has a row or a column for them; after `show`. */
  allow(pointable: (side: TextSide, unit: number) => boolean): void;
  point(pointed: PointedTexts): void;
}

/** Characters of an omission that are quoted; the text itself is marked in full. */
const QUOTE = 60;

export function createTextView({ onPoint, onPin }: TextViewOptions): TextView {
  const sideText = (side: TextSide): ReturnType<typeof createUnitText> =>
    createUnitText({
      name: side === 'source' ? t('Source text, token by token') : t('Target text, token by token'),
      onPoint: (unit, byKeyboard) => onPoint(unit === undefined ? undefined : { side, unit }, byKeyboard),
      onPin: (unit, add) => onPin(unit === undefined ? undefined : { side, unit }, add),
    });
  const sides = { source: sideText('source'), target: sideText('target') };
  const omitted = element('div', { class: 'omissions' });
  const more = element('button', { class: 'link text-more', type: 'button' });
  more.addEventListener('click', () => expand(more.getAttribute('aria-expanded') !== 'true'));
  const block = (side: TextSide, ...after: HTMLElement[]): HTMLElement =>
    element(
      'div',
      { class: 'text-block' },
      element('h3', { class: 'overline' }, side === 'source' ? t('Source') : t('Target')),
      sides[side].element,
      ...after,
    );
  const root = element('div', { class: 'text-view' }, block('source', omitted), block('target'), more);

  function expand(expanded: boolean): void {
    root.classList.toggle('expanded', expanded);
    more.setAttribute('aria-expanded', String(expanded));
    more.textContent = expanded ? t('Show less') : t('Show all');
  }

  function hideNeedlessButton(): void {
    if (root.classList.contains('expanded')) return;
    more.hidden = !TEXT_SIDES.some((side) => sides[side].element.scrollHeight > sides[side].element.clientHeight + 1);
  }
  new ResizeObserver(hideNeedlessButton).observe(root);
  expand(false);

  return {
    element: root,
    show({ texts, omissions }) {
      for (const side of TEXT_SIDES) sides[side].show({ ...texts[side], marked: side === 'source' ? omissions : [] });
      omitted.replaceChildren(...(omissions.length === 0 ? [] : [omissionNote(texts.source.text, omissions)]));
      hideNeedlessButton();
    },
    allow(pointable) {
      for (const side of TEXT_SIDES) sides[side].allow((unit) => pointable(side, unit));
    },
    point(pointed) {
      for (const side of TEXT_SIDES) sides[side].point(pointed[side]);
    },
  };
}

function omissionNote(text: string, omissions: readonly Span[]): HTMLElement {
  const quoted = omissions.map(({ start, end }) => `“${shortened(text.slice(start, end))}”`).join(', ');
  return element(
    'p',
    { class: 'omission-note' },
    icon('warning'),
    element('span', {}, t('Possibly left out:'), ' ', element('bdi', {}, quoted), ' ', helpButton('coverage')),
  );
}

function shortened(words: string): string {
  return words.length <= QUOTE ? words : `${words.slice(0, QUOTE / 2).trimEnd()} … ${words.slice(-QUOTE / 2).trimStart()}`;
}
