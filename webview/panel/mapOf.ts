/** What can be chosen of an inspection's attention, what the weights of a choice are and what its rows and columns are. Pure: knows no drawing. */
import { headMax, headMean, layerMax, layerMean } from '../../src/shared/attention/aggregate.ts';
import { attentionsOf } from '../../src/shared/attention/attentionKind.ts';
import type { AttentionKind } from '../../src/shared/attention/attentionKind.ts';
import { axesExplanation } from '../../src/shared/attention/attentionNames.ts';
import type { TextSide } from '../../src/shared/highlight.ts';
import type { MeasureId } from '../../src/shared/attention/measures.ts';
import { normWeights } from '../../src/shared/attention/normWeights.ts';
import { attentionMap, hasValueProducts } from '../../src/shared/inspection.ts';
import type { AxisToken, Inspection, RowStep, ValueProducts } from '../../src/shared/inspection.ts';
import { t } from '../../src/shared/words.ts';
import { rolloutOf } from './rollouts.ts';

export const MAP_KINDS = ['cross', 'encoder', 'decoder'] as const satisfies readonly AttentionKind[];

/**
 * One head by its number, or several as one. `rollout` goes from the first layer up to and with the one chosen. `alignment` is of cross-attention
 * and of words, by the layer and head that align best, whatever layer is chosen.
 */
export type HeadPick = number | 'mean' | 'max' | 'rollout' | 'alignment';

/** What the user can choose of one kind of attention. */
export interface MapChoice {
  /** null is all layers, which have no single heads. */
  readonly layer: number | null;
  readonly head: HeadPick;
  readonly step: RowStep;
}

export interface MapAxes {
  /** `[queries]`. For the decoder the tokens that the step says. */
  readonly rows: readonly AxisToken[];
  /** `[keys]`. For the decoder the token read at the position. */
  readonly columns: readonly AxisToken[];
  /** One line that says what rows and columns are. */
  readonly explanation: string;
  /** What the rows stand for; undefined where they are of the encoder. */
  readonly step: RowStep | undefined;
  /** Which text of the segment the spans of the rows and columns are of. */
  readonly rowText: TextSide;
  readonly columnText: TextSide;
}

/** `step` chooses the rows of the decoder's maps. */
export function axesOf(inspection: Inspection, kind: AttentionKind, step: RowStep): MapAxes {
  const targetRows = step === 'predicts' ? inspection.target : inspection.decoderInput;
  const explanation = axesExplanation(kind, step);
  switch (kind) {
    case 'cross':
      return {
        rows: targetRows,
        columns: inspection.source,
        explanation,
        step,
        rowText: 'target',
        columnText: 'source',
      };
    case 'encoder':
      return {
        rows: inspection.source,
        columns: inspection.source,
        explanation,
        step: undefined,
        rowText: 'source',
        columnText: 'source',
      };
    case 'decoder':
      return {
        rows: targetRows,
        columns: inspection.decoderInput,
        explanation,
        step,
        rowText: 'target',
        columnText: 'target',
      };
  }
}

/** The cross-attention that aligns best; for self-attention the first head of the first layer, where a position is still most of all its own token. */
export function defaultChoice({ defaultCrossAttention }: Inspection, kind: AttentionKind): MapChoice {
  if (kind !== 'cross') return { layer: 0, head: 0, step: 'predicts' };
  return { ...defaultCrossAttention, head: defaultCrossAttention.head ?? 'mean' };
}

/** The choice, or the nearest one that this inspection has. */
export function validChoice(inspection: Inspection, kind: AttentionKind, choice: MapChoice): MapChoice {
  const { layers, heads } = attentionsOf(inspection, kind);
  if (choice.head === 'alignment' && kind !== 'cross') return { ...choice, head: 'mean' };
  if (choice.layer !== null && choice.layer >= layers) return defaultChoice(inspection, kind);
  if (typeof choice.head === 'number' && (choice.layer === null || choice.head >= heads)) return { ...choice, head: 'mean' };
  return choice;
}

export interface ChosenWeights {
  /** `[queries, keys]` */
  readonly values: Float32Array;
  readonly measure: MeasureId;
}

/** Where the model shows them. Only single layers, and of them no maximum and no rollout, have norms of what they add. */
export function hasNorms(inspection: Inspection, { layer, head }: MapChoice): boolean {
  return hasValueProducts(inspection) && layer !== null && (typeof head === 'number' || head === 'mean');
}

/** Of an alignment the weights of tokens that it is made of. `norms`: those of what is added to the query, where the choice has them. */
export function weightsOf(inspection: Inspection, kind: AttentionKind, choice: MapChoice, norms = false): ChosenWeights {
  const { layer, head } = choice;
  const maps = attentionsOf(inspection, kind);
  if (head === 'alignment') {
    const { layer: best, head: one } = inspection.defaultCrossAttention;
    return { values: attentionMap(maps, best, one), measure: 'alignment' };
  }
  if (head === 'rollout') {
    return { values: rolloutOf(inspection, kind, layer ?? maps.layers - 1), measure: 'rollout' };
  }
  if (layer === null)
    return head === 'max' ? { values: layerMax(maps), measure: 'layerMax' } : { values: layerMean(maps), measure: 'layerMean' };
  if (norms && hasNorms(inspection, choice)) {
    const values = normWeights(maps, productsOf(inspection, kind), layer, typeof head === 'number' ? head : null);
    return { values, measure: 'norms' };
  }
  if (head === 'max') return { values: headMax(maps, layer), measure: 'headMax' };
  if (head === 'mean') return { values: headMean(maps, layer), measure: 'headMean' };
  return { values: attentionMap(maps, layer, head), measure: 'weights' };
}

function productsOf(inspection: Inspection, kind: AttentionKind): ValueProducts {
  const { encoderValueProducts, decoderValueProducts, crossValueProducts } = inspection;
  return { encoder: encoderValueProducts, decoder: decoderValueProducts, cross: crossValueProducts }[kind];
}

/** What a row of the decoder's maps stands for, in a word. */
export function rowName(step: RowStep): string {
  return step === 'predicts' ? t('Written') : t('Read');
}

export function layerName(layer: number | null): string {
  return layer === null ? t('All layers') : t('Layer {0}', layer);
}

export function headName(head: HeadPick): string {
  switch (head) {
    case 'mean':
      return t('Mean');
    case 'max':
      return t('Maximum');
    case 'rollout':
      return t('Rollout');
    case 'alignment':
      return t('Alignment');
    default:
      return t('Head {0}', head);
  }
}

/** Such as "layer 1 · head 3", "all layers · mean". */
export function choiceName({ layer, head }: MapChoice): string {
  if (head === 'alignment') return t('word alignment');
  return `${layer === null ? t('all layers') : t('layer {0}', layer)} · ${pickName(head)}`;
}

function pickName(head: Exclude<HeadPick, 'alignment'>): string {
  switch (head) {
    case 'mean':
      return t('mean');
    case 'max':
      return t('maximum');
    case 'rollout':
      return t('rollout');
    default:
      return t('head {0}', head);
  }
}
