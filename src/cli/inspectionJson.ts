/** An inspection as plain JSON: nested lists instead of typed arrays. */
import type { AttentionMaps, Inspection } from '../shared/inspection.ts';

export function inspectionJson(inspection: Inspection): unknown {
  return {
    ...inspection,
    logProbabilities: Array.from(inspection.logProbabilities),
    encoderAttentions: nested(inspection.encoderAttentions),
    decoderAttentions: nested(inspection.decoderAttentions),
    crossAttentions: nested(inspection.crossAttentions),
  };
}

/** `[layers][heads][queries][keys]` */
function nested({ layers, heads, queries, keys, data }: AttentionMaps): number[][][][] {
  const list = <Item>(length: number, item: (index: number) => Item): Item[] => Array.from({ length }, (_, index) => item(index));
  return list(layers, (layer) =>
    list(heads, (head) =>
      list(queries, (query) => {
        const row = ((layer * heads + head) * queries + query) * keys;
        return Array.from(data.subarray(row, row + keys));
      }),
    ),
  );
}
