/** The legend of a colour scale: its gradient between 0 and its largest weight. */
import type { ColourScale } from './colourScale.ts';
import { element } from './element.ts';

export function legend({ low, high, maximum }: ColourScale): HTMLElement {
  const bar = element('div', { class: 'legend-bar' });
  bar.style.background = `linear-gradient(to right, rgb(${low.join(' ')}), rgb(${high.join(' ')}))`;
  const name = `Colour scale from 0 to ${maximum.toFixed(3)}, the largest weight of this map`;
  return element('div', { class: 'legend', role: 'img', 'aria-label': name, title: name }, '0', bar, maximum.toFixed(2));
}
