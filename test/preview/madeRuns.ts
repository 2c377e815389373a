/** Inspections made by arithmetic: of any length, in any script. Their maps have the shapes that heads have: diagonals, neighbours, one token. */
import type { AttentionMaps, AxisToken, Inspection } from '../../src/shared/inspection.ts';

const LAYERS = 6;
const DECODER_LAYERS = 2;
const HEADS = 8;

/** The words of each text are its tokens, each with the white space before it. */
export function madeRun(sourceText: string, targetText: string): Inspection {
  const source = [...tokensOf(sourceText), END];
  const target = [...tokensOf(targetText), END];
  const decoderInput: AxisToken[] = [{ id: 9, label: '<de>', span: { start: 0, end: 0 } }, ...target.slice(0, -1)];
  return {
    task: { kind: 'translate', to: 'de' },
    sourceText,
    targetText,
    source,
    decoderInput,
    target,
    encoderAttentions: maps(LAYERS, source.length, source.length, false),
    decoderAttentions: maps(DECODER_LAYERS, target.length, target.length, true),
    crossAttentions: maps(DECODER_LAYERS, target.length, source.length, false),
    logProbabilities: Float32Array.from(target, (_, index) => -0.1 - (index % 5) / 4),
    overruled: [],
    mismatches: [],
    defaultCrossAttention: { layer: 1, head: null, step: 'reads' },
  };
}

/** Source and target of so many tokens, the end included. */
export function longRun(tokens: number): Inspection {
  const words = (word: string): string => Array.from({ length: tokens - 1 }, (_, index) => `${word}${index}`).join(' ');
  return madeRun(words('source'), words('target'));
}

const END: AxisToken = { id: 2, label: '</s>', span: { start: 0, end: 0 } };

function tokensOf(text: string): AxisToken[] {
  return [...text.matchAll(/\s*\S+/g)].map(({ 0: label, index }, id) => ({ id, label, span: { start: index, end: index + label.length } }));
}

/** `[layers, heads, queries, keys]`: head by head a wider bell around a moved diagonal, with some of the weight on one token. */
function maps(layers: number, queries: number, keys: number, causal: boolean): AttentionMaps {
  const data = new Float32Array(layers * HEADS * queries * keys);
  for (let map = 0; map < layers * HEADS; map++) {
    const head = map % HEADS;
    const width = 0.5 + head * head * 0.3 + Math.floor(map / HEADS) * 0.2;
    const onLast = (head * 0.37) % 0.6;
    for (let query = 0; query < queries; query++) {
      const row = data.subarray((map * queries + query) * keys, (map * queries + query + 1) * keys);
      const last = causal ? Math.min(query, keys - 1) : keys - 1;
      const middle = Math.min(last, (query * keys) / queries + (head % 3) - 1);
      let sum = 0;
      for (let key = 0; key <= last; key++) sum += row[key] = Math.exp(-(((key - middle) / width) ** 2) / 2) + 1e-4;
      for (let key = 0; key <= last; key++) row[key] = (row[key]! / sum) * (1 - onLast);
      row[causal ? 0 : last]! += onLast;
    }
  }
  return { layers, heads: HEADS, queries, keys, data };
}
