/** One attention map with all that a picture or a table of it needs. Knows no format and no view. */
import type { AttentionKind } from '../attention/attentionKind.ts';
import { attentionsOf } from '../attention/attentionKind.ts';
import { scaleShares } from '../attention/weightScale.ts';
import { attentionMap, type AxisToken, type CrossAttentionChoice, type Inspection } from '../inspection.ts';

export interface ExportedMap {
  readonly attention: AttentionKind;
  /** A number from 0, or `all`. */
  readonly layer: string;
  /** A number from 0, or how the heads were put together, such as `mean`. */
  readonly head: string;
  /** Such as "Cross-attention, layer 1, head 3". */
  readonly title: string;
  /** What rows and columns are, in a line. */
  readonly explanation: string;
  /** The texts of the tokens or words, as the user wrote them. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** `[rows, columns]`, row-major. */
  readonly values: Float32Array;
  /** Where each value lies on the colour scale, from 0 to 1. `[rows, columns]` */
  readonly shares: Float32Array;
}

export const ATTENTION_NAMES: Readonly<Record<AttentionKind, string>> = {
  cross: 'Cross-attention',
  encoder: 'Encoder self-attention',
  decoder: 'Decoder self-attention',
};

/** One head, or the mean of a layer's heads, token by token. The rows of the decoder's maps are the tokens that `step` says. */
export function exportedMap(inspection: Inspection, attention: AttentionKind, { layer, head, step }: CrossAttentionChoice): ExportedMap {
  const maps = attentionsOf(inspection, attention);
  const values = attentionMap(maps, layer, head);
  const targetRows = step === 'predicts' ? inspection.target : inspection.decoderInput;
  const rowsAre = `target tokens when ${step === 'predicts' ? 'written' : 'read'}`;
  const [rows, columns, explanation] = {
    cross: [targetRows, inspection.source, `Rows: ${rowsAre} (queries). Columns: source tokens (keys).`] as const,
    encoder: [inspection.source, inspection.source, 'Rows: source tokens (queries). Columns: source tokens (keys).'] as const,
    decoder: [targetRows, inspection.decoderInput, `Rows: ${rowsAre} (queries). Columns: tokens read before (keys).`] as const,
  }[attention];
  return {
    attention,
    layer: String(layer),
    head: String(head ?? 'mean'),
    title: `${ATTENTION_NAMES[attention]}, layer ${layer}, ${head === null ? 'mean of heads' : `head ${head}`}`,
    explanation,
    rows: rows.map(labelOf),
    columns: columns.map(labelOf),
    values,
    shares: scaleShares(values, maps.keys, 'linear'),
  };
}

/** Every head of every layer of the three kinds; cross-attention first. The decoder's rows are the tokens written. */
export function everyMap(inspection: Inspection): ExportedMap[] {
  return (['cross', 'encoder', 'decoder'] as const).flatMap((attention) => {
    const { layers, heads } = attentionsOf(inspection, attention);
    return Array.from({ length: layers * heads }, (_, index) =>
      exportedMap(inspection, attention, { layer: Math.floor(index / heads), head: index % heads, step: 'predicts' }),
    );
  });
}

function labelOf({ label }: AxisToken): string {
  return label;
}
