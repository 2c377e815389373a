/** Which map of an inspection is shown and what its rows and columns are. Pure: knows the inspection's terms and no drawing. */
import type { AttentionMaps, AxisToken, Inspection, RowStep } from '../../src/shared/inspection.ts';

export const MAP_KINDS = ['cross', 'encoder', 'decoder'] as const;
export type MapKind = (typeof MAP_KINDS)[number];

/** One layer's head, or the mean of its heads where `head` is null. */
export interface HeadChoice {
  readonly layer: number;
  readonly head: number | null;
}

/** What the user can choose of a map. */
export interface MapChoice extends HeadChoice {
  readonly step: RowStep;
}

export interface AttentionMapView {
  readonly kind: MapKind;
  readonly maps: AttentionMaps;
  /** `[queries]`. For the decoder the tokens that the step says. */
  readonly rows: readonly AxisToken[];
  /** `[keys]`. For the decoder the token read at the position. */
  readonly columns: readonly AxisToken[];
  /** One line that says what a row and a column are. */
  readonly explanation: string;
  /** What the rows stand for; undefined where they are of the encoder. */
  readonly step: RowStep | undefined;
  /** Which text of the segment the spans of the rows and columns are of. */
  readonly rowText: 'source' | 'target';
  readonly columnText: 'source' | 'target';
}

export const MAP_TITLES: Readonly<Record<MapKind, { readonly name: string; readonly more: string }>> = {
  cross: { name: 'Cross', more: '-attention' },
  encoder: { name: 'Encoder', more: ' self-attention' },
  decoder: { name: 'Decoder', more: ' self-attention' },
};

export function titleOf(kind: MapKind): string {
  return MAP_TITLES[kind].name + MAP_TITLES[kind].more;
}

const ROW_EXPLANATIONS: Readonly<Record<RowStep, string>> = {
  predicts: 'Row: the target token being written (query).',
  reads: 'Row: the target token that has just been read (query), which is when its source is looked at most clearly.',
};

/** `step` chooses the rows of the decoder's maps. */
export function mapOf(inspection: Inspection, kind: MapKind, step: RowStep): AttentionMapView {
  const targetRows = step === 'predicts' ? inspection.target : inspection.decoderInput;
  switch (kind) {
    case 'cross':
      return {
        kind,
        maps: inspection.crossAttentions,
        rows: targetRows,
        columns: inspection.source,
        explanation: `${ROW_EXPLANATIONS[step]} Column: the source token looked at (key).`,
        step,
        rowText: 'target',
        columnText: 'source',
      };
    case 'encoder':
      return {
        kind,
        maps: inspection.encoderAttentions,
        rows: inspection.source,
        columns: inspection.source,
        explanation: 'Row: the source token being read (query). Column: the source token looked at (key).',
        step: undefined,
        rowText: 'source',
        columnText: 'source',
      };
    case 'decoder':
      return {
        kind,
        maps: inspection.decoderAttentions,
        rows: targetRows,
        columns: inspection.decoderInput,
        explanation: `${ROW_EXPLANATIONS[step]} Column: a token that was read before (key).`,
        step,
        rowText: 'target',
        columnText: 'target',
      };
  }
}

/** The cross-attention that aligns best; for self-attention the first head of the first layer, where a position is still most of all its own token. */
export function defaultChoice(inspection: Inspection, kind: MapKind): MapChoice {
  return kind === 'cross' ? inspection.defaultCrossAttention : { layer: 0, head: 0, step: 'predicts' };
}

export function hasHead(maps: AttentionMaps, { layer, head }: HeadChoice): boolean {
  return layer < maps.layers && (head === null || head < maps.heads);
}

/** What a row of the decoder's maps stands for, in a word. */
export const ROW_NAMES: Readonly<Record<RowStep, string>> = { predicts: 'Written', reads: 'Read' };

export function headName(head: number | null): string {
  return head === null ? 'Mean of heads' : `Head ${head}`;
}
