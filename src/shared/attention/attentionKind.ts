/** The three kinds of attention of an encoder-decoder and where an inspection keeps each. Knows no measure. */
import type { AttentionMaps, Inspection } from '../inspection.ts';

export type AttentionKind = 'encoder' | 'decoder' | 'cross';

export function attentionsOf(inspection: Inspection, kind: AttentionKind): AttentionMaps {
  return { encoder: inspection.encoderAttentions, decoder: inspection.decoderAttentions, cross: inspection.crossAttentions }[kind];
}

/** How many keys a query may look at: in the decoder's self-attention those read so far, else all. */
export function visibleKeys(kind: AttentionKind, query: number, keys: number): number {
  return kind === 'decoder' ? query + 1 : keys;
}
