/** One number for each head, by which heads are compared and sorted. Knows no views. */
import { attentionMap } from '../inspection.ts';
import type { AttentionMaps, AxisToken, CrossAttentionChoice, Inspection } from '../inspection.ts';
import { visibleKeys, attentionsOf, type AttentionKind } from './attentionKind.ts';
import { isControl } from './words.ts';

export const HEAD_MEASURES = ['confidence', 'entropy', 'normalisedEntropy', 'defaultAgreement', 'stepAgreement'] as const;
export type HeadMeasure = (typeof HEAD_MEASURES)[number];

/** `[layers, heads]`, row-major. The two agreements are of cross-attention only and undefined for other kinds. */
export function headMeasure(inspection: Inspection, kind: AttentionKind, measure: HeadMeasure): Float32Array | undefined {
  const maps = attentionsOf(inspection, kind);
  switch (measure) {
    case 'confidence':
      return confidence(maps, kind === 'decoder' ? undefined : maps.keys - 1);
    case 'entropy':
      return entropy(maps);
    case 'normalisedEntropy':
      return normalisedEntropy(maps, kind);
    case 'defaultAgreement':
      return kind === 'cross' ? defaultAgreement(maps, inspection.source, inspection.defaultCrossAttention) : undefined;
    case 'stepAgreement':
      return kind === 'cross' ? stepAgreement(maps, inspection.source, inspection.target) : undefined;
  }
}

/** Mean over queries of -sum p ln p, in nats: 0 where every query looks at one key. `[layers, heads]` */
export function entropy(maps: AttentionMaps): Float32Array {
  return meanOfRows(maps, maps.queries, (row) => rowEntropy(maps, row));
}

/**
 * Mean over queries of the entropy divided by that of a query that looks at all its keys alike, ln(keys): from 0 to 1. Queries with a
 * single key, such as the decoder's first, have no choice and are left out. `[layers, heads]`
 */
export function normalisedEntropy(maps: AttentionMaps, kind: AttentionKind): Float32Array {
  const { queries, keys } = maps;
  const factors = Float64Array.from({ length: queries }, (_, query) => {
    const visible = visibleKeys(kind, query, keys);
    return visible > 1 ? 1 / Math.log(visible) : 0;
  });
  const free = factors.reduce((count, factor) => count + (factor > 0 ? 1 : 0), 0);
  return meanOfRows(maps, free, (row, query) => (factors[query] === 0 ? 0 : factors[query]! * rowEntropy(maps, row)));
}

/** Mean over queries of the greatest weight, that of `endPosition` (`</s>`) left out (Voita et al. 2019). `[layers, heads]` */
export function confidence(maps: AttentionMaps, endPosition: number | undefined): Float32Array {
  const { keys, data } = maps;
  return meanOfRows(maps, maps.queries, (row) => {
    let greatest = 0;
    for (let key = 0; key < keys; key++) if (key !== endPosition && data[row + key]! > greatest) greatest = data[row + key]!;
    return greatest;
  });
}

/**
 * Share of the target tokens that a head links to the same source token at the step that predicts them and at the step that reads them
 * (Chen et al. 2020). Little of it means that one of the two is a token too early or too late. `[layers, heads]`
 */
export function stepAgreement(
  { layers, heads, queries, keys, data }: AttentionMaps,
  source: readonly AxisToken[],
  target: readonly AxisToken[],
): Float32Array {
  const out = new Float32Array(layers * heads);
  // Nothing reads the last token.
  const rows = [...target.keys()].filter((position) => position + 1 < queries && !isControl(target[position]!));
  const size = queries * keys;
  for (let map = 0; map < out.length; map++) {
    const greatest = greatestKeys(data.subarray(map * size, (map + 1) * size), source);
    const agreed = rows.filter((position) => greatest[position] === greatest[position + 1]).length;
    out[map] = rows.length === 0 ? 1 : agreed / rows.length;
  }
  return out;
}

/** Share of the queries that a head links to the same source token as the head that aligns best does. `[layers, heads]` */
export function defaultAgreement(maps: AttentionMaps, source: readonly AxisToken[], { layer, head }: CrossAttentionChoice): Float32Array {
  const { layers, heads, queries, keys, data } = maps;
  const wanted = greatestKeys(attentionMap(maps, layer, head), source);
  const size = queries * keys;
  return Float32Array.from({ length: layers * heads }, (_, map) => {
    const greatest = greatestKeys(data.subarray(map * size, (map + 1) * size), source);
    return greatest.filter((key, query) => key === wanted[query]).length / queries;
  });
}

/** The key of each query's greatest weight, the first of equal ones; control tokens such as `</s>` do not count. -1 where there is no other. */
function greatestKeys(weights: Float32Array, source: readonly AxisToken[]): Int32Array {
  const keys = source.length;
  const isKey = source.map((token) => !isControl(token));
  return Int32Array.from({ length: weights.length / keys }, (_, query) => {
    const row = query * keys;
    let best = -1;
    for (let key = 0; key < keys; key++) if (isKey[key] && (best < 0 || weights[row + key]! > weights[row + best]!)) best = key;
    return best;
  });
}

function rowEntropy({ keys, data }: AttentionMaps, row: number): number {
  let sum = 0;
  for (let i = row; i < row + keys; i++) if (data[i]! > 0) sum -= data[i]! * Math.log(data[i]!);
  return sum;
}

/** @param value of a row, told where it starts in the data and which query it is of */
function meanOfRows(
  { layers, heads, queries, keys }: AttentionMaps,
  count: number,
  value: (row: number, query: number) => number,
): Float32Array {
  const out = new Float32Array(layers * heads);
  for (let map = 0, row = 0; map < out.length; map++) {
    let sum = 0;
    for (let query = 0; query < queries; query++, row += keys) sum += value(row, query);
    out[map] = count === 0 ? 0 : sum / count;
  }
  return out;
}
