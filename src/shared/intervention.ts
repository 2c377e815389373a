/** What a person may change inside the model to see what follows. Plain data; knows no model. */
import type { AttentionKind } from './attention/attentionKind.ts';

export interface HeadPlace {
  readonly kind: AttentionKind;
  readonly layer: number;
  readonly head: number;
}

/** What of the encoder's states the decoder gets to read. */
export type EncoderUse =
  | { readonly kind: 'whole' }
  /** No head of the cross-attention takes part: the decoder alone. */
  | { readonly kind: 'silenced' }
  /** Only those of these source positions, of which there is at least one. */
  | { readonly kind: 'states'; readonly positions: readonly number[] }
  /** All, projected on their leading principal components; with 0 each is their mean. */
  | { readonly kind: 'components'; readonly count: number };

export interface Intervention {
  /** Heads that add nothing to their layer. */
  readonly knockedOut: readonly HeadPlace[];
  /** Source positions that nothing attends to; never all. */
  readonly maskedSource: readonly number[];
  /** Tokens that the target begins with. */
  readonly forcedPrefix: readonly number[];
  readonly encoder: EncoderUse;
}

/** The model as it is. */
export const NO_INTERVENTION: Intervention = { knockedOut: [], maskedSource: [], forcedPrefix: [], encoder: { kind: 'whole' } };

export function changesNothing({ knockedOut, maskedSource, forcedPrefix, encoder }: Intervention): boolean {
  return knockedOut.length + maskedSource.length + forcedPrefix.length === 0 && encoder.kind === 'whole';
}

export function isSameHead(one: HeadPlace, other: HeadPlace): boolean {
  return one.kind === other.kind && one.layer === other.layer && one.head === other.head;
}
