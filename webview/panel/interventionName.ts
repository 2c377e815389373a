/** An intervention in a few words, for a list of runs. */
import type { Inspection } from '../../src/shared/inspection.ts';
import type { Intervention } from '../../src/shared/intervention.ts';
import { tokenName } from './tokenRow.ts';

const KIND_NAMES = { encoder: 'encoder', decoder: 'decoder', cross: 'cross' } as const;
/** More heads than these are counted. */
const NAMED_HEADS = 3;

/** @param forced labels of the forced prefix */
export function interventionName(
  { knockedOut, maskedSource, encoder }: Intervention,
  { source }: Inspection,
  forced: readonly string[],
): string {
  const heads = knockedOut.map(({ kind, layer, head }) => `${KIND_NAMES[kind]} ${layer}·${head}`);
  const parts = [
    ...(heads.length > NAMED_HEADS ? [`without ${heads.length} heads`] : heads.length > 0 ? [`without ${heads.join(', ')}`] : []),
    ...(maskedSource.length > 0 ? [`${maskedSource.map((position) => `“${tokenName(source[position]!)}”`).join(', ')} hidden`] : []),
    ...(forced.length > 0 ? [`begins “${forced.join('').trim()}”`] : []),
    ...(encoder.kind === 'silenced' ? ['encoder silenced'] : []),
    ...(encoder.kind === 'states' ? [`${encoder.positions.length} states kept`] : []),
    ...(encoder.kind === 'components' ? [`${encoder.count} components kept`] : []),
  ];
  return parts.length === 0 ? 'As it was' : parts.join('; ');
}
