/** The lines below a map that tell what is pointed at in full; the same words go to screen readers when the keyboard moved. Knows no map. */
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';

/** How a token has to do with those that are told with it, as a sign. */
const SIGNS = { keys: '→', queries: '←', alike: '≈' } as const;

/** A cell, or a token with the strongest of those that it has to do with. */
export interface Reading {
  /** What is pointed at; of a cell its query. */
  readonly token: string;
  /** What the linked tokens are: the keys that the token looked at, the queries that looked at it, or those with states like its own. */
  readonly relation: keyof typeof SIGNS;
  readonly links: readonly { readonly token: string; readonly weight: number }[];
  /** Such as "query 2", "layer 1 · head 3". */
  readonly facts: readonly string[];
}

export interface Readout {
  readonly element: HTMLElement;
  /** Without a reading the text stands in its place. */
  show(reading: Reading | string, announce: boolean): void;
}

export function createReadout(): Readout {
  const shown = element('div', { class: 'readout-shown' });
  const announced = element('div', { class: 'visually-hidden', 'aria-live': 'polite' });
  const root = element('div', { class: 'readout' }, shown, announced);
  return {
    element: root,
    show(reading, announce) {
      shown.replaceChildren(...(typeof reading === 'string' ? [element('span', { class: 'muted' }, reading)] : lines(reading)));
      if (announce) announced.textContent = typeof reading === 'string' ? reading : inWords(reading);
    },
  };
}

function lines({ token, relation, links, facts }: Reading): HTMLElement[] {
  const arrow = element('span', { class: 'arrow', 'aria-hidden': 'true' }, SIGNS[relation]);
  const linked = links.map(({ token, weight }) =>
    element(
      'span',
      { class: 'readout-link' },
      element('bdi', { class: 'token' }, token),
      ' ',
      element('span', { class: 'weight' }, figures(weight)),
    ),
  );
  return [
    element('div', { class: 'readout-main' }, element('bdi', { class: 'token readout-token' }, token), arrow, ...linked),
    element('div', { class: 'readout-more muted' }, facts.join(' · ')),
  ];
}

function inWords({ token, relation, links, facts }: Reading): string {
  const told = links.map(({ token, weight }) => `${token} ${figures(weight)}`).join(', ');
  const sentence = {
    keys: t('{0} looks at {1}.', token, told),
    queries: t('{0} is looked at by {1}.', token, told),
    alike: t('{0} is like {1}.', token, told),
  }[relation];
  return `${sentence} ${facts.join(', ')}`;
}

function figures(weight: number): string {
  return weight.toFixed(weight < 0.1 ? 4 : 3);
}
