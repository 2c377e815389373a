/** A map as figures, for who reads instead of looks: of each query its strongest keys. Pure. */
import { t } from '../../src/shared/words.ts';
import type { FiguresTable } from './figuresTable.ts';
import { strongest } from './pointer.ts';
import type { ShownMap } from './shownMap.ts';
import { visibleLabel } from './tokenLabel.ts';

const KEYS_TOLD = 3;
/** What would be told as 0.00 is not told. */
const LEAST = 0.005;

export function mapTable(map: ShownMap, name: string): FiguresTable {
  const key = ({ index, weight }: { readonly index: number; readonly weight: number }): string =>
    weight < LEAST ? '' : `${visibleLabel(map.columns[index]?.label ?? '')} ${weight.toFixed(2)}`;
  return {
    caption: t('{0}: the strongest keys of each query', name),
    columns: [t('Query'), t('Strongest key'), t('Second'), t('Third')],
    rows: map.rows.map(({ label }, row) => [visibleLabel(label), ...strongest(map, [{ row }], KEYS_TOLD).map(key)]),
  };
}
