/** Which map of an inspection the panel shows, how it names it, what pointing at it means in the texts, and what it says in words. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { AttentionMaps, AxisToken, Inspection, ValueProducts } from '../../src/shared/inspection.ts';
import { attentionsOf } from '../../src/shared/attention/attentionKind.ts';
import { byteProgress } from '../../webview/panel/byteCount.ts';
import { attentionName } from '../../src/shared/attention/attentionNames.ts';
import { MAP_KINDS, axesOf, choiceName, defaultChoice, validChoice, weightsOf } from '../../webview/panel/mapOf.ts';
import { mapSummary } from '../../webview/panel/mapSummary.ts';
import { pointedTexts, pointerOf, strongest } from '../../webview/panel/pointer.ts';
import { readingOf } from '../../webview/panel/reading.ts';
import { DEFAULT_OPTIONS, shownMap } from '../../webview/panel/shownMap.ts';
import { taskName } from '../../webview/panel/taskName.ts';

const tokens = (...labels: string[]): AxisToken[] => labels.map((label, id) => ({ id, label, span: { start: id, end: id + 1 } }));
const maps = (layers: number, heads: number, queries: number, keys: number): AttentionMaps => ({
  layers,
  heads,
  queries,
  keys,
  data: new Float32Array(layers * heads * queries * keys),
});
const products = (layers: number, heads: number, keys: number): ValueProducts => ({
  layers,
  keys,
  heads,
  data: new Float32Array(layers * keys * heads * heads),
});
const inspection: Inspection = {
  task: { kind: 'translate', to: 'de' },
  sourceText: 'a b',
  targetText: 'c',
  source: tokens('a', ' b', '</s>'),
  decoderInput: tokens('<de>', 'c'),
  target: tokens('c', '</s>'),
  encoderAttentions: maps(6, 8, 3, 3),
  decoderAttentions: maps(2, 4, 2, 2),
  crossAttentions: maps(2, 4, 2, 3),
  encoderValueProducts: products(6, 8, 3),
  decoderValueProducts: products(2, 4, 2),
  crossValueProducts: products(2, 4, 3),
  encoderHiddenStates: { layers: 7, positions: 3, size: 2, data: new Float32Array(42) },
  alternatives: [[], []],
  language: { names: ['en'], probabilities: Float32Array.of(1) },
  classes: { names: ['prose'], probabilities: new Float32Array(3).fill(1) },
  logProbabilities: new Float32Array(2),
  overruled: [],
  mismatches: [],
  defaultCrossAttention: { layer: 1, head: null, step: 'reads' },
};

describe('map of an inspection', () => {
  it('has one token for every row and column of its weights', () => {
    for (const kind of MAP_KINDS) {
      const { rows, columns } = axesOf(inspection, kind, 'predicts');
      const { queries, keys } = attentionsOf(inspection, kind);
      assert.deepEqual([rows.length, columns.length], [queries, keys], kind);
    }
  });

  it('labels a decoder position with the token written or read there, and looks back at the tokens read', () => {
    for (const kind of ['cross', 'decoder'] as const) {
      assert.equal(axesOf(inspection, kind, 'predicts').rows, inspection.target);
      assert.equal(axesOf(inspection, kind, 'reads').rows, inspection.decoderInput);
    }
    assert.equal(axesOf(inspection, 'decoder', 'predicts').columns, inspection.decoderInput);
    assert.equal(axesOf(inspection, 'encoder', 'reads').step, undefined);
  });

  it('starts with the cross-attention that aligns best', () => {
    assert.deepEqual(defaultChoice(inspection, 'cross'), { layer: 1, head: 'mean', step: 'reads' });
    assert.deepEqual(defaultChoice(inspection, 'encoder'), { layer: 0, head: 0, step: 'predicts' });
  });

  it('takes the nearest choice that there is', () => {
    const step = 'reads';
    assert.deepEqual(validChoice(inspection, 'cross', { layer: 1, head: 3, step }), { layer: 1, head: 3, step });
    assert.deepEqual(validChoice(inspection, 'cross', { layer: 0, head: 4, step }), { layer: 0, head: 'mean', step });
    assert.deepEqual(validChoice(inspection, 'cross', { layer: null, head: 2, step }), { layer: null, head: 'mean', step });
    assert.deepEqual(validChoice(inspection, 'cross', { layer: 2, head: 'max', step }), defaultChoice(inspection, 'cross'));
  });

  it('says what the weights of a choice are', () => {
    const measure = (layer: number | null, head: Parameters<typeof weightsOf>[2]['head']): string =>
      weightsOf(inspection, 'cross', { layer, head, step: 'reads' }).measure;
    assert.deepEqual([measure(0, 1), measure(0, 'mean'), measure(0, 'max')], ['weights', 'headMean', 'headMax']);
    assert.equal(weightsOf(inspection, 'cross', { layer: 0, head: 1, step: 'reads' }, true).measure, 'norms');
    assert.equal(weightsOf(inspection, 'cross', { layer: 0, head: 'max', step: 'reads' }, true).measure, 'headMax', 'a maximum has none');
    assert.deepEqual([measure(null, 'mean'), measure(null, 'max'), measure(null, 'rollout')], ['layerMean', 'layerMax', 'rollout']);
  });

  it('has names', () => {
    assert.deepEqual(MAP_KINDS.map(attentionName), ['Cross-attention', 'Encoder self-attention', 'Decoder self-attention']);
    assert.equal(choiceName({ layer: 1, head: 3, step: 'reads' }), 'layer 1 · head 3');
    assert.equal(choiceName({ layer: null, head: 'rollout', step: 'reads' }), 'all layers · rollout');
    assert.deepEqual(taskName(inspection.task), { running: 'Translating to German', done: 'Translated to German' });
    assert.equal(taskName({ kind: 'summarise' }).running, 'Summarising');
  });
});

describe('pointing at a map', () => {
  /** "one two" translated to "un deux", the second source word in two tokens; row 1 of head 0 looks at these. */
  const source: AxisToken[] = [
    { id: 0, label: 'one', span: { start: 0, end: 3 } },
    { id: 1, label: ' tw', span: { start: 3, end: 6 } },
    { id: 2, label: 'o', span: { start: 6, end: 7 } },
    { id: 3, label: '</s>', span: { start: 0, end: 0 } },
  ];
  const target: AxisToken[] = [
    { id: 4, label: 'un', span: { start: 0, end: 2 } },
    { id: 5, label: ' deux', span: { start: 2, end: 7 } },
    { id: 3, label: '</s>', span: { start: 0, end: 0 } },
  ];
  const rows = [
    [0.7, 0.1, 0.1, 0.1],
    [0.1, 0.5, 0.3, 0.1],
    [0.1, 0.1, 0.1, 0.7],
  ];
  const pair: Inspection = {
    ...inspection,
    sourceText: 'one two',
    targetText: 'un deux',
    source,
    target,
    decoderInput: [{ id: 9, label: '<fr>', span: { start: 0, end: 0 } }, ...target.slice(0, 2)],
    crossAttentions: { layers: 1, heads: 1, queries: 3, keys: 4, data: Float32Array.from(rows.flat()) },
  };
  const written = shownMap(pair, 'cross', { layer: 0, head: 0, step: 'predicts' }, DEFAULT_OPTIONS);
  const read = shownMap(pair, 'cross', { layer: 0, head: 0, step: 'reads' }, DEFAULT_OPTIONS);
  const near = (values: Float32Array | undefined): number[] => Array.from(values ?? [], (value) => Number(value.toFixed(4)));

  it('knows the target with the token that it begins with', () => {
    assert.deepEqual(
      written.texts.target.map(({ label }) => label),
      ['<fr>', 'un', ' deux', '</s>'],
    );
  });

  it('finds the row of a target token, written or read, and the column of a source token', () => {
    assert.deepEqual(pointerOf(written, 'target', 2), { row: 1 });
    assert.deepEqual(pointerOf(read, 'target', 2), { row: 2 });
    assert.deepEqual(pointerOf(written, 'source', 2), { column: 2 });
    assert.equal(pointerOf(written, 'target', 0), undefined, 'nothing writes the first token');
    assert.equal(pointerOf(read, 'target', 3), undefined, 'nothing reads the last token');
  });

  it('lays a row on the source and a column on the target', () => {
    const row = pointedTexts(written, [{ row: 1 }]);
    assert.deepEqual(row.target.pointed, [2]);
    assert.deepEqual(near(row.source.weights), [0.1, 0.5, 0.3, 0.1]);
    assert.deepEqual(near(row.source.shares), [0.1429, 0.7143, 0.4286, 0.1429], 'of the largest weight of the map');
    const column = pointedTexts(written, [{ column: 0 }]);
    assert.deepEqual(column.source.pointed, [0]);
    assert.deepEqual(near(column.target.weights), [0, 0.7, 0.1, 0.1]);
    assert.deepEqual(pointedTexts(written, [{ row: 1, column: 1 }]).source.pointed, [1]);
  });

  it('of several takes what any of them looked at, or what looked at any of them', () => {
    const [one, two] = [{ row: 0 }, { row: 1 }];
    const [first, second, both] = [[one], [two], [one, two]].map((pointers) => pointedTexts(written, pointers).source.weights!);
    assert.deepEqual(
      Array.from(both!),
      Array.from(first!, (weight, unit) => Math.max(weight, second![unit]!)),
    );
    assert.deepEqual(pointedTexts(written, [one, two]).target.pointed, [1, 2]);
    const reading = readingOf(written, [one, two]);
    assert.deepEqual([reading.token, reading.relation, reading.facts[0]], ['un ␣deux', 'keys', '2 queries, the greatest weight of any']);
    assert.equal(reading.links[0]?.weight, Math.max(...both!));
  });

  it('merges to words: the sum over keys', () => {
    const words = shownMap(pair, 'cross', { layer: 0, head: 0, step: 'predicts' }, { ...DEFAULT_OPTIONS, words: true });
    assert.deepEqual(
      words.columns.map(({ label }) => label),
      ['one', 'two', '</s>'],
    );
    assert.deepEqual(near(pointedTexts(words, [{ row: 1 }]).source.weights), [0.1, 0.8, 0.1]);
  });

  it('aligns words', () => {
    const aligned = shownMap(
      { ...pair, defaultCrossAttention: { layer: 0, head: 0, step: 'predicts' } },
      'cross',
      { layer: null, head: 'alignment', step: 'reads' },
      DEFAULT_OPTIONS,
    );
    assert.deepEqual(
      [aligned.measure, aligned.rows.map(({ label }) => label), near(aligned.values)],
      ['alignment', ['un', 'deux', '</s>'], [0.7, 0, 0, 0, 0.8, 0, 0, 0, 0]],
    );
    assert.deepEqual(validChoice(pair, 'encoder', { layer: 0, head: 'alignment', step: 'reads' }).head, 'mean');
  });

  it('leaves out what is beyond the mass', () => {
    const most = shownMap(pair, 'cross', { layer: 0, head: 0, step: 'predicts' }, { ...DEFAULT_OPTIONS, mass: 0.6 });
    assert.deepEqual(near(most.values), [0.7, 0, 0, 0, 0, 0.5, 0.3, 0, 0, 0, 0, 0.7]);
    assert.deepEqual(
      strongest(most, [{ row: 1 }], 3).map(({ index }) => index),
      [1, 2],
    );
  });

  it('tells what a token looked at, and what looked at it', () => {
    const looks = readingOf(written, [{ row: 1 }]);
    assert.deepEqual([looks.token, looks.relation, looks.links[0]?.token], ['␣deux', 'keys', '␣tw']);
    const seen = readingOf(written, [{ column: 0 }]);
    assert.deepEqual([seen.token, seen.relation, seen.links[0]?.token], ['one', 'queries', 'un']);
    assert.deepEqual(
      readingOf(written, [{ row: 0, column: 3 }]).links.map(({ token }) => token),
      ['</s>'],
    );
  });
});

describe('map in words', () => {
  it('tells the strongest key of each query', () => {
    const words = mapSummary(Float32Array.of(0.1, 0.9, 0.75, 0.25), ['x', 'y'], ['a', 'b']);
    assert.equal(words, '2 rows (queries) by 2 columns (keys). Strongest key of each query: x to b 0.90, y to a 0.75.');
  });

  it('stops after forty queries and says so', () => {
    const labels = Array.from({ length: 45 }, (_, i) => `t${i}`);
    const words = mapSummary(new Float32Array(45), labels, ['a']);
    assert.ok(words.endsWith('t39 to a 0.00; and 5 more rows.'), words);
  });
});

describe('loading in bytes', () => {
  it('is told in megabytes', () => {
    assert.equal(byteProgress(12_340_000, 41_000_000), '12.3 of 41.0 MB');
    assert.equal(byteProgress(1_000_000, 0), '1.0 MB');
  });
});
