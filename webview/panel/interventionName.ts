/** An intervention in a few words, as the title of a run. */
import type { Inspection } from '../../src/shared/inspection.ts';
import type { HeadPlace, Intervention } from '../../src/shared/intervention.ts';
import { t } from '../../src/shared/words.ts';
import { tokenName } from './tokenRow.ts';

/** More heads than these are counted. */
const NAMED_HEADS = 3;

/** @param forced labels of the forced prefix */
export function interventionName(
  { knockedOut, maskedSource, encoder }: Intervention,
  { source }: Inspection,
  forced: readonly string[],
): string {
  const heads = knockedOut.map(headName);
  const parts = [
    ...(heads.length > NAMED_HEADS ? [t('without {0} heads', heads.length)] : heads.length > 0 ? [t('without {0}', heads.join(', '))] : []),
    ...(maskedSource.length > 0 ? [t('{0} hidden', maskedSource.map((position) => `“${tokenName(source[position]!)}”`).join(', '))] : []),
    ...(forced.length > 0 ? [t('begins “{0}”', forced.join('').trim())] : []),
    ...(encoder.kind === 'silenced' ? [t('encoder silenced')] : []),
    ...(encoder.kind === 'states' ? [t('{0} states kept', encoder.positions.length)] : []),
    ...(encoder.kind === 'components' ? [t('{0} components kept', encoder.count)] : []),
  ];
  const [first = t('As it was'), ...more] = parts;
  return [first.charAt(0).toLocaleUpperCase() + first.slice(1), ...more].join('; ');
}

function headName({ kind, layer, head }: HeadPlace): string {
  switch (kind) {
    case 'encoder':
      return t('encoder {0}·{1}', layer, head);
    case 'decoder':
      return t('decoder {0}·{1}', layer, head);
    case 'cross':
      return t('cross {0}·{1}', layer, head);
  }
}
