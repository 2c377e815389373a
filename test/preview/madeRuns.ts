/** Inspections made by arithmetic: of any length, in any script. Their maps have the shapes that heads have: diagonals, neighbours, one token. */
import type { AttentionMaps, AxisToken, HiddenStates, Inspection, ValueProducts } from '../../src/shared/inspection.ts';
import type { Intervention } from '../../src/shared/intervention.ts';
import type { Bottleneck, WhatIf } from '../../src/shared/question.ts';
import type { Restored } from '../../webview/panel/reconstructSection.ts';

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
    encoderValueProducts: products(LAYERS, source.length),
    decoderValueProducts: products(DECODER_LAYERS, target.length),
    crossValueProducts: products(DECODER_LAYERS, source.length),
    encoderHiddenStates: states(LAYERS + 1, source.length),
    alternatives: target.map(({ id, label }, position) => [
      { id, label, logProbability: -0.1 - (position % 5) / 4 },
      ...['another', 'the', 'a', 'of'].map((word, rank) => ({ id: 100 + rank, label: ` ${word}`, logProbability: -2 - rank })),
    ]),
    language: { names: ['en', 'de', 'fr', 'es', 'other'], probabilities: Float32Array.of(0.9, 0.05, 0.03, 0.01, 0.01) },
    classes: {
      names: ['prose', 'code', 'identifier'],
      probabilities: Float32Array.from(source.flatMap((_, position) => (position % 4 === 3 ? [0.2, 0.7, 0.1] : [0.9, 0.04, 0.06]))),
    },
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

/** As if the model had written another sentence, and half of the one before had become unlikely. */
export function madeWhatIf(intervention: Intervention, tokens = 24): Promise<WhatIf> {
  const inspection = madeRun('Returns the number of elements in the list .', 'Gibt eine Anzahl von Elementen zurück.');
  const originalLogProbabilities = Float32Array.from({ length: tokens }, (_, position) => -0.2 - (position % 4));
  return Promise.resolve({ intervention, inspection, originalLogProbabilities });
}

/** As if each state or component that is kept took off some of the loss, and components more. `tokens` is how many the target has. */
export function madeBottleneck(counts: readonly number[], tokens: number): Bottleneck {
  const sourceTokens = counts.at(-1)!;
  const losing = (share: number): Float32Array => Float32Array.from({ length: tokens }, (_, token) => -0.2 - share * (2 + (token % 4)));
  return {
    mostAttended: Array.from({ length: sourceTokens }, (_, position) => sourceTokens - 1 - position),
    points: counts.map((count) => ({
      count,
      states: count === 0 ? undefined : losing(1 - count / sourceTokens),
      components: losing((1 - count / sourceTokens) ** 2),
    })),
  };
}

/** As if every fourth token were hard to restore, and one had become another. */
export function madeRestored(): Restored {
  const { source } = madeRun('Returns the count of entries in the list .', '');
  const logProbabilities = Float32Array.from(source, (_, position) => (position % 4 === 2 ? -2.5 : -0.1));
  return { reconstruction: { source, logProbabilities }, written: madeRun('', 'Returns the number of entries in the list .') };
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

/** Every head adds vectors of its own length, none of which point the same way. */
function products(layers: number, keys: number): ValueProducts {
  const data = new Float32Array(layers * keys * HEADS * HEADS);
  for (let key = 0; key < layers * keys; key++) {
    for (let head = 0; head < HEADS; head++) data[(key * HEADS + head) * HEADS + head] = 1 + ((key + head) % 5) / 2;
  }
  return { layers, keys, heads: HEADS, data };
}

const STATE_SIZE = 8;

/** Positions on a curve that turns from layer to layer. */
function states(layers: number, positions: number): HiddenStates {
  const data = Float32Array.from({ length: layers * positions * STATE_SIZE }, (_, index) => {
    const [place, dimension] = [Math.floor(index / STATE_SIZE), index % STATE_SIZE];
    return Math.sin((place % positions) * (1 + dimension) * 0.3 + Math.floor(place / positions) * 0.4);
  });
  return { layers, positions, size: STATE_SIZE, data };
}
