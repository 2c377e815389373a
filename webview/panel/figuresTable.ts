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

export interface FoldedTable {
  readonly element: HTMLElement;
  /** Stays unfolded if it was. */
  show(tableOf: () => FiguresTable): void;
}

/** The table is made when it is unfolded, since it has a row for each token. */
export function createFoldedTable(): FoldedTable {
  let tableOf: (() => FiguresTable) | undefined;
  // It scrolls, so the keyboard must get to it.
  const place = element('div', { class: 'figures-table', role: 'group', 'aria-label': t('Table'), tabindex: '0' });
  const root = element('details', { class: 'folded-table' }, element('summary', {}, t('As a table')), place);
  const fill = (): void => place.replaceChildren(...(root.open && tableOf !== undefined ? [figuresTable(tableOf())] : []));
  root.addEventListener('toggle', fill);
  return {
    element: root,
    show(next) {
      tableOf = next;
      fill();
    },
  };
}

/** Of a table that stays as it is. */
export function foldedTable(tableOf: () => FiguresTable): HTMLElement {
  const table = createFoldedTable();
  table.show(tableOf);
  return table.element;
}
