/** A map as a table, for who reads instead of looks: of each query its strongest keys. Filled when it is opened. */
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { strongest } from './pointer.ts';
import type { ShownMap } from './shownMap.ts';
import { visibleLabel } from './tokenLabel.ts';

const KEYS_TOLD = 3;
/** What would be told as 0.00 is not told. */
const LEAST = 0.005;

export interface MapTable {
  readonly element: HTMLElement;
  show(map: ShownMap, name: string): void;
}

export function createMapTable(): MapTable {
  const place = element('div', { class: 'map-table-place' });
  const root = element('details', { class: 'map-table' }, element('summary', {}, t('As a table')), place);
  let shown: { readonly map: ShownMap; readonly name: string } | undefined;
  const fill = (): void => {
    if (root.open && shown !== undefined) place.replaceChildren(tableOf(shown.map, shown.name));
    else place.replaceChildren();
  };
  root.addEventListener('toggle', fill);
  return {
    element: root,
    show(map, name) {
      shown = { map, name };
      fill();
    },
  };
}

function tableOf(map: ShownMap, name: string): HTMLElement {
  const heading = (text: string): HTMLElement => element('th', { scope: 'col' }, text);
  const rows = map.rows.map((unit, row) => {
    const cells = strongest(map, [{ row }], KEYS_TOLD)
      .filter(({ weight }) => weight >= LEAST)
      .map(({ index, weight }) =>
        element('td', {}, element('bdi', {}, visibleLabel(map.columns[index]?.label ?? '')), ` ${weight.toFixed(2)}`),
      );
    return element('tr', {}, element('th', { scope: 'row' }, element('bdi', {}, visibleLabel(unit.label))), ...cells);
  });
  return element(
    'table',
    {},
    element('caption', { class: 'visually-hidden' }, t('{0}: the strongest keys of each query', name)),
    element('thead', {}, element('tr', {}, heading(t('Query')), heading(t('Strongest key')), heading(t('Second')), heading(t('Third')))),
    element('tbody', {}, ...rows),
  );
}
