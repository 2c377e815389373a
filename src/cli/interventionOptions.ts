/** The command line's words for an intervention. Knows no model. */
import { SaccadeError } from '../shared/failure.ts';
import type { EncoderUse, HeadPlace, Intervention } from '../shared/intervention.ts';

export const INTERVENTION_OPTIONS = {
  'knock-out': { type: 'string', multiple: true },
  'mask-source': { type: 'string', multiple: true },
  'force-prefix': { type: 'string' },
  'keep-states': { type: 'string' },
  components: { type: 'string' },
  'silence-encoder': { type: 'boolean' },
} as const;

export const INTERVENTION_USAGE = `INTERVENTION, to see what the model writes then, and what it then thinks of what it wrote before:
--knock-out KIND:LAYER:HEAD  takes a head of encoder, decoder or cross attention out; may be repeated; counts from 0
--mask-source POSITION       hides a source token; may be repeated; counts from 0
--force-prefix TEXT          what the target begins with
--keep-states K              only the K encoder states with most cross-attention
--components K               only the K leading principal components of the encoder states
--silence-encoder            no cross-attention at all`;

/** What of an intervention can be said without the model. */
export interface InterventionRequest extends Pick<Intervention, 'knockedOut' | 'maskedSource'> {
  readonly forcedPrefix: string;
  readonly encoder: Exclude<EncoderUse, { readonly kind: 'states' }> | { readonly kind: 'mostAttended'; readonly count: number };
}

type Values = {
  readonly [Name in keyof typeof INTERVENTION_OPTIONS]?: (typeof INTERVENTION_OPTIONS)[Name] extends { readonly multiple: true }
    ? string[]
    : (typeof INTERVENTION_OPTIONS)[Name] extends { readonly type: 'boolean' }
      ? boolean
      : string;
};

/** @throws SaccadeError of kind "badInput" */
export function interventionOf(values: Values): InterventionRequest | undefined {
  const uses: InterventionRequest['encoder'][] = [];
  if (values['silence-encoder']) uses.push({ kind: 'silenced' });
  if (values['keep-states'] !== undefined) uses.push({ kind: 'mostAttended', count: whole('--keep-states', values['keep-states']) });
  if (values.components !== undefined) uses.push({ kind: 'components', count: whole('--components', values.components) });
  if (uses.length > 1) throw new SaccadeError('badInput', 'Choose one of --keep-states, --components and --silence-encoder.');
  const [encoder = { kind: 'whole' as const }] = uses;
  const knockedOut = (values['knock-out'] ?? []).map(headPlace);
  const maskedSource = (values['mask-source'] ?? []).map((position) => whole('--mask-source', position));
  const forcedPrefix = values['force-prefix'] ?? '';
  const isNone = encoder.kind === 'whole' && knockedOut.length === 0 && maskedSource.length === 0 && forcedPrefix === '';
  return isNone ? undefined : { knockedOut, maskedSource, forcedPrefix, encoder };
}

function headPlace(value: string): HeadPlace {
  const { kind, layer, head } = /^(?<kind>encoder|decoder|cross):(?<layer>\d+):(?<head>\d+)$/.exec(value)?.groups ?? {};
  if (kind === undefined) throw new SaccadeError('badInput', `--knock-out ${value} is not KIND:LAYER:HEAD, such as cross:1:2.`);
  return { kind: kind as HeadPlace['kind'], layer: Number(layer), head: Number(head) };
}

function whole(option: string, value: string): number {
  if (/^\d{1,6}$/.test(value)) return Number(value);
  throw new SaccadeError('badInput', `${option} ${value} is not a whole number.`);
}
