/** The result of one inspect pass as plain data: what the panel draws and the command line prints. */
import { headMean } from './attention/aggregate.ts';
import type { Span } from './span.ts';
import type { Task } from './task.ts';
import { t } from './words.ts';

/**
 * Attention probabilities of every layer and head: row-major `[layers, heads, queries, keys]`, each row sums to 1. Those of a head that was
 * knocked out are what it would have attended to; all are 0 where the model does not tell them (`isTold`).
 */
export interface AttentionMaps {
  readonly layers: number;
  readonly heads: number;
  readonly queries: number;
  readonly keys: number;
  readonly data: Float32Array;
}

/**
 * How long the vectors are that heads add, and how they add up: row-major `[layers, keys, heads, heads]`, for each key position j the dot products
 * f_h(x_j) · f_g(x_j) of the heads' transformed values f_h(x) = (x W_V^h + b_V^h) W_O^h (Kobayashi et al. 2020).
 */
export interface ValueProducts {
  readonly layers: number;
  readonly keys: number;
  readonly heads: number;
  readonly data: Float32Array;
}

/** What goes into each layer, and last what leaves the encoder, normed as the decoder reads it: row-major `[layers, positions, size]`, one layer more than it has. */
export interface HiddenStates {
  readonly layers: number;
  readonly positions: number;
  readonly size: number;
  readonly data: Float32Array;
}

/** A token that might have been written. */
export interface Alternative {
  readonly id: number;
  readonly label: string;
  /** In nats. */
  readonly logProbability: number;
}

/** How probable a linear head on the encoder's states finds each of its answers: row-major `[rows, names]`. */
export interface HeadAnswers {
  readonly names: readonly string[];
  readonly probabilities: Float32Array;
}

/** One token on an axis. */
export interface AxisToken {
  readonly id: number;
  /** The characters that the token stands for, as the user wrote them; a control token by its name, such as `</s>`. */
  readonly label: string;
  /** Where those characters stand in the segment's text; empty for control tokens. */
  readonly span: Span;
}

/**
 * Which token a row of the decoder stands for: the one that it predicts, or the one that it has just read, which is one position earlier in
 * the target. What a row attends to is often about the token that it has read (Chen et al. 2020).
 */
export const ROW_STEPS = ['predicts', 'reads'] as const;
export type RowStep = (typeof ROW_STEPS)[number];

export interface CrossAttentionChoice {
  readonly layer: number;
  /** null is the mean of the layer's heads. */
  readonly head: number | null;
  readonly step: RowStep;
}

export interface Inspection {
  readonly task: Task;
  readonly sourceText: string;
  readonly targetText: string;
  /** `[keys]` of cross-attention, queries and keys of encoder self-attention; the last one is `</s>`. */
  readonly source: readonly AxisToken[];
  /** What the decoder read, position by position: the task's token, then the target without its last token. */
  readonly decoderInput: readonly AxisToken[];
  /** What the decoder put out at each of those positions: the target, one token later than `decoderInput`. */
  readonly target: readonly AxisToken[];
  readonly encoderAttentions: AttentionMaps;
  readonly decoderAttentions: AttentionMaps;
  /** Queries are decoder positions, keys are source positions. */
  readonly crossAttentions: AttentionMaps;
  readonly encoderValueProducts: ValueProducts;
  readonly decoderValueProducts: ValueProducts;
  /** Keys are source positions. */
  readonly crossValueProducts: ValueProducts;
  readonly encoderHiddenStates: HiddenStates;
  /** The most probable tokens of each target position, best first. `[target][ALTERNATIVES]` */
  readonly alternatives: readonly (readonly Alternative[])[];
  /** The language of the text, one row. */
  readonly language: HeadAnswers;
  /** Prose, code or identifier: a row for each source token. */
  readonly classes: HeadAnswers;
  /** Log-probability, in nats, that the model gave to each target token. `[target]` */
  readonly logProbabilities: Float32Array;
  /** Target positions at which the model's first choice was not taken: to keep a protected span, or because the whole became likelier. */
  readonly overruled: readonly number[];
  /** Other target positions at which the pass's argmax is not the produced token; empty when the maps are those of the text. */
  readonly mismatches: readonly number[];
  /** The cross-attention that aligns best, measured when the model was made. */
  readonly defaultCrossAttention: CrossAttentionChoice;
}

/** How many alternatives are told of each position. */
export const ALTERNATIVES = 5;

/** Whether the norms of what heads add are known; not every model's graph shows them. */
export function hasValueProducts(inspection: Inspection): boolean {
  const { encoderValueProducts, decoderValueProducts, crossValueProducts } = inspection;
  return [encoderValueProducts, decoderValueProducts, crossValueProducts].every(({ layers }) => layers > 0);
}

/** Whether the model's graph shows this attention: the rows of one sum to 1, and where none was found there is nothing but zeros. */
export function isTold({ data }: AttentionMaps): boolean {
  return data.some((weight) => weight > 0);
}

/** What the model does not tell of itself, in sentences. */
export function missingParts(inspection: Inspection): string[] {
  const { encoderHiddenStates, encoderAttentions, decoderAttentions, crossAttentions, language } = inspection;
  return [
    ...(isTold(crossAttentions) ? [] : [t('This model does not tell its cross-attention.')]),
    ...(isTold(encoderAttentions) ? [] : [t('This model does not tell the self-attention of its encoder.')]),
    ...(isTold(decoderAttentions) ? [] : [t('This model does not tell the self-attention of its decoder.')]),
    ...(hasValueProducts(inspection) ? [] : [t('This model does not tell the norms of its values.')]),
    ...(encoderHiddenStates.layers > encoderAttentions.layers
      ? []
      : [t('This model does not tell what goes into each layer of the encoder.')]),
    ...(language.names.length > 0 ? [] : [t('This model does not tell which language it takes the text for, and what for code.')]),
  ];
}

/** Every typed array of an inspection: what is large about it. */
export function arraysOf(inspection: Inspection): Float32Array[] {
  const { encoderAttentions, decoderAttentions, crossAttentions, language, classes, logProbabilities } = inspection;
  const { encoderValueProducts, decoderValueProducts, crossValueProducts, encoderHiddenStates } = inspection;
  return [
    ...[encoderAttentions, decoderAttentions, crossAttentions, encoderHiddenStates].map(({ data }) => data),
    ...[encoderValueProducts, decoderValueProducts, crossValueProducts].map(({ data }) => data),
    ...[language.probabilities, classes.probabilities, logProbabilities],
  ];
}

/** One head's map, or the mean of all heads of the layer where `head` is null. Row-major `[queries, keys]`. */
export function attentionMap(maps: AttentionMaps, layer: number, head: number | null): Float32Array {
  const size = maps.queries * maps.keys;
  const start = layer * maps.heads * size;
  return head === null ? headMean(maps, layer) : maps.data.subarray(start + head * size, start + (head + 1) * size);
}
