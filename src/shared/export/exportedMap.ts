/** One attention map with all that a picture or a table of it needs. Knows no format and no view. */
import type { AttentionKind } from '../attention/attentionKind.ts';
import { attentionsOf } from '../attention/attentionKind.ts';
import { attentionName, axesExplanation } from '../attention/attentionNames.ts';
import { scaleShares } from '../attention/weightScale.ts';
import { attentionMap, type AxisToken, type CrossAttentionChoice, type Inspection } from '../inspection.ts';
import { t } from '../words.ts';

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

/** One head, or the mean of a layer's heads, token by token. The rows of the decoder's maps are the tokens that `step` says. */
export function exportedMap(inspection: Inspection, attention: AttentionKind, { layer, head, step }: CrossAttentionChoice): ExportedMap {
  const maps = attentionsOf(inspection, attention);
  const values = attentionMap(maps, layer, head);
  const targetRows = step === 'predicts' ? inspection.target : inspection.decoderInput;
  const [rows, columns] = {
    cross: [targetRows, inspection.source] as const,
    encoder: [inspection.source, inspection.source] as const,
    decoder: [targetRows, inspection.decoderInput] as const,
  }[attention];
  return {
    attention,
    layer: String(layer),
    head: String(head ?? 'mean'),
    title:
      head === null
        ? t('{0}, layer {1}, mean of heads', attentionName(attention), layer)
        : t('{0}, layer {1}, head {2}', attentionName(attention), layer, head),
    explanation: axesExplanation(attention, step),
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
