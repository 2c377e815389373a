/** A question mark that tells what a measure is, whose it is and how not to read it: on hover, focus and click. Knows the table of measures. */
import { measures } from '../../src/shared/attention/measures.ts';
import type { Measure, MeasureId } from '../../src/shared/attention/measures.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';

const DISTANCE = 6;
const EDGE = 8;
const CLOSE_AFTER = 150;
let made = 0;

export function helpButton(id: MeasureId): HTMLElement {
  const { name, definition, source, caveat }: Measure = measures()[id];
  const tip = element(
    'div',
    { class: 'help-tip', role: 'tooltip', id: `saccade-help-${made++}`, popover: 'manual' },
    element('strong', {}, name),
    element('p', {}, definition),
    source === undefined ? undefined : element('p', { class: 'muted' }, t('Source: {0}', source)),
    element('p', { class: 'help-caveat' }, caveat),
  );
  const button = element(
    'button',
    { class: 'help', type: 'button', 'aria-label': t('What is “{0}”?', name), 'aria-describedby': tip.id },
    '?',
  );
  const open = (): void => {
    if (tip.matches(':popover-open')) return;
    tip.showPopover();
    const at = button.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const below = at.bottom + DISTANCE + height <= innerHeight - EDGE || at.top < height + DISTANCE;
    tip.style.left = `${Math.max(EDGE, Math.min(at.left - EDGE, document.documentElement.clientWidth - EDGE - width))}px`;
    tip.style.top = `${below ? at.bottom + DISTANCE : at.top - DISTANCE - height}px`;
  };
  const close = (): void => {
    if (tip.matches(':popover-open')) tip.hidePopover();
  };
  const place = element('span', { class: 'help-place' }, button, tip);
  let leaving: ReturnType<typeof setTimeout> | undefined;
  place.addEventListener('pointerenter', () => {
    clearTimeout(leaving);
    open();
  });
  // Late enough to reach the text itself with the pointer, over the gap between.
  place.addEventListener('pointerleave', () => (leaving = setTimeout(close, CLOSE_AFTER)));
  button.addEventListener('focus', open);
  button.addEventListener('blur', close);
  button.addEventListener('click', open);
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !tip.matches(':popover-open')) return;
    close();
    event.stopPropagation();
  });
  return place;
}
