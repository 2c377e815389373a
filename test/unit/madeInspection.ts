/** Inspections made of given tokens and invented weights, for tests that need no model. */
import type { SavedRun } from '../../src/shared/export/savedRun.ts';
import type { AttentionMaps, AxisToken, ValueProducts } from '../../src/shared/inspection.ts';

/** Tokens in angle brackets, such as `</s>`, are control tokens. */
export function axisTokens(labels: readonly string[]): { readonly text: string; readonly tokens: readonly AxisToken[] } {
  let text = '';
  const tokens = labels.map((label, id) => {
    const start = text.length;
    if (!/^<\/?[a-z]+>$/.test(label) || label === '</script>') text += label;
    return { id, label, span: { start, end: text.length } };
  });
  return { text, tokens };
}

/** Rows that sum to 1, most of the weight on the diagonal. */
export function axisMaps(layers: number, heads: number, queries: number, keys: number): AttentionMaps {
  const data = Float32Array.from({ length: layers * heads * queries * keys }, (_, i) => {
    const [query, key] = [Math.floor(i / keys) % queries, i % keys];
    return (query === key ? 0.6 : 0) + (query < keys ? 0.4 : 1) / keys + Math.sin(i) / 1e4;
  });
  return { layers, heads, queries, keys, data };
}

function axisProducts(layers: number, keys: number, heads: number): ValueProducts {
  const data = Float32Array.from({ length: layers * keys * heads * heads }, (_, i) =>
    Math.floor(i / heads) % heads === i % heads ? 2 : 0.5,
  );
  return { layers, keys, heads, data };
}

export function savedRun(sourceLabels: readonly string[], targetLabels: readonly string[]): SavedRun {
  const [source, target] = [axisTokens(sourceLabels), axisTokens(targetLabels)];
  const [keys, queries] = [sourceLabels.length, targetLabels.length];
  return {
    model: { id: 'made-up', sha256: '0123456789abcdef'.repeat(4) },
    inspection: {
      task: { kind: 'translate', to: 'de' },
      sourceText: source.text,
      targetText: target.text,
      source: source.tokens,
      decoderInput: [{ id: 9, label: '<2de>', span: { start: 0, end: 0 } }, ...target.tokens.slice(0, -1)],
      target: target.tokens,
      encoderAttentions: axisMaps(2, 2, keys, keys),
      decoderAttentions: axisMaps(1, 2, queries, queries),
      crossAttentions: axisMaps(1, 2, queries, keys),
      encoderValueProducts: axisProducts(2, keys, 2),
      decoderValueProducts: axisProducts(1, queries, 2),
      crossValueProducts: axisProducts(1, keys, 2),
      encoderHiddenStates: {
        layers: 3,
        positions: keys,
        size: 4,
        data: Float32Array.from({ length: 3 * keys * 4 }, (_, i) => Math.cos(i)),
      },
      alternatives: targetLabels.map((label, id) => [{ id, label, logProbability: -0.5 }]),
      language: { names: ['en', 'de'], probabilities: Float32Array.of(0.75, 0.25) },
      classes: { names: ['prose', 'code'], probabilities: Float32Array.from({ length: 2 * keys }, (_, i) => (i % 2 === 0 ? 0.9 : 0.1)) },
      logProbabilities: Float32Array.from(targetLabels, (_, position) => -(position + 1) / 7),
      overruled: [],
      mismatches: queries > 1 ? [1] : [],
      defaultCrossAttention: { layer: 0, head: 1, step: 'predicts' },
    },
  };
}

/** Tokens that some format or other would take for its own. */
export const NASTY = [
  '<script>alert(1)</script>',
  '</script>',
  'a"b',
  "it's",
  ' x,y',
  'two\nlines\r',
  '=1+1',
  '\u0000\u001b',
  '\ud800',
  'ä🙂',
  '|`*_',
  '',
];
