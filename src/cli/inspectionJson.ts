/** An inspection as plain JSON: nested lists instead of typed arrays. */
import type { AttentionMaps, HeadAnswers, HiddenStates, Inspection, ValueProducts } from '../shared/inspection.ts';

export function inspectionJson(inspection: Inspection): unknown {
  return {
    ...inspection,
    logProbabilities: Array.from(inspection.logProbabilities),
    encoderAttentions: nestedMaps(inspection.encoderAttentions),
    decoderAttentions: nestedMaps(inspection.decoderAttentions),
    crossAttentions: nestedMaps(inspection.crossAttentions),
    encoderValueProducts: nestedProducts(inspection.encoderValueProducts),
    decoderValueProducts: nestedProducts(inspection.decoderValueProducts),
    crossValueProducts: nestedProducts(inspection.crossValueProducts),
    encoderHiddenStates: nestedStates(inspection.encoderHiddenStates),
    language: answers(inspection.language),
    classes: answers(inspection.classes),
  };
}

/** `[layers][heads][queries][keys]` */
function nestedMaps({ layers, heads, queries, keys, data }: AttentionMaps): unknown {
  return nested(data, [layers, heads, queries, keys]);
}

/** `[layers][keys][heads][heads]` */
function nestedProducts({ layers, keys, heads, data }: ValueProducts): unknown {
  return nested(data, [layers, keys, heads, heads]);
}

/** `[layers][positions][size]` */
function nestedStates({ layers, positions, size, data }: HiddenStates): unknown {
  return nested(data, [layers, positions, size]);
}

/** `probabilities` as `[rows][names]` */
function answers({ names, probabilities }: HeadAnswers): unknown {
  return { names, probabilities: nested(probabilities, [probabilities.length / names.length, names.length]) };
}

function nested(data: Float32Array, [length = 0, ...rest]: readonly number[]): unknown {
  if (rest.length === 0) return Array.from(data);
  const size = data.length / length;
  return Array.from({ length }, (_, index) => nested(data.subarray(index * size, (index + 1) * size), rest));
}
