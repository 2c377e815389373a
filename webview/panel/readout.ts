/** The line below a heatmap that tells the current cell in full; the same words go to screen readers when the keyboard moved. */
import { element } from './element.ts';

export interface Reading {
  readonly query: string;
  readonly key: string;
  /** Positions count from 0. */
  readonly queryPosition: number;
  readonly keyPosition: number;
  readonly weight: number;
  /** Such as "layer 1 · head 3". */
  readonly head: string;
  /** More about the query, such as the token that was read there. */
  readonly note?: string | undefined;
}

export interface Readout {
  readonly element: HTMLElement;
  show(reading: Reading | undefined, announce: boolean): void;
}

export function createReadout(): Readout {
  const shown = element('div', { class: 'readout-shown' });
  const announced = element('div', { class: 'visually-hidden', 'aria-live': 'polite' });
  const root = element('div', { class: 'readout' }, shown, announced);

  function show(reading: Reading | undefined, announce: boolean): void {
    if (reading === undefined) {
      shown.replaceChildren(element('span', { class: 'muted' }, 'Point at a cell, or click it and move with the arrow keys.'));
      return;
    }
    const { query, key, queryPosition, keyPosition, weight, head, note } = reading;
    const figures = weight.toFixed(4);
    const places = [`query ${queryPosition}`, `key ${keyPosition}`, head, ...(note === undefined ? [] : [note])];
    const tokens = element(
      'div',
      { class: 'readout-tokens', title: `${query} → ${key}` },
      element('bdi', { class: 'token' }, query),
      element('span', { class: 'arrow', 'aria-hidden': 'true' }, '→'),
      element('bdi', { class: 'token' }, key),
    );
    shown.replaceChildren(
      element('div', { class: 'readout-main' }, tokens, element('output', { class: 'weight' }, figures)),
      element('div', { class: 'readout-more muted' }, places.join(' · ')),
    );
    if (announce) announced.textContent = `${query} to ${key}: ${figures}. ${places.join(', ')}`;
  }

  show(undefined, false);
  return { element: root, show };
}
