/** Figures as a table, for who reads instead of looks, folded away below what draws them. Knows no view. */
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';

export interface FiguresTable {
  /** What the table tells, for a screen reader. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly string[])[];
}

export function figuresTable({ caption, columns, rows }: FiguresTable): HTMLElement {
  const cell = (text: string): HTMLElement => element('bdi', {}, text);
  const lines = rows.map(([name = '', ...figures]) =>
    element('tr', {}, element('th', { scope: 'row' }, cell(name)), ...figures.map((figure) => element('td', {}, cell(figure)))),
  );
  return element(
    'table',
    {},
    element('caption', { class: 'visually-hidden' }, caption),
    element('thead', {}, element('tr', {}, ...columns.map((column) => element('th', { scope: 'col' }, column)))),
    element('tbody', {}, ...lines),
  );
}

/** Tables are made when they are unfolded, since they have a row for each token. */
export function foldedTable(tableOf: () => FiguresTable): HTMLElement {
  const place = element('div', { class: 'map-table-place' });
  const root = element('details', { class: 'map-table' }, element('summary', {}, t('As a table')), place);
  root.addEventListener('toggle', () => place.replaceChildren(...(root.open ? [figuresTable(tableOf())] : [])));
  return root;
}
