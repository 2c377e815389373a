/** Which map of an inspection the panel shows, how it names it, and what it says in words. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { AttentionMaps, AxisToken, Inspection, ValueProducts } from '../../src/shared/inspection.ts';
import { byteProgress } from '../../webview/panel/byteCount.ts';
import { MAP_KINDS, defaultChoice, hasHead, headName, mapOf, titleOf } from '../../webview/panel/mapOf.ts';
import { mapSummary } from '../../webview/panel/mapSummary.ts';
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
      const { maps: weights, rows, columns } = mapOf(inspection, kind, 'predicts');
      assert.deepEqual([rows.length, columns.length], [weights.queries, weights.keys], kind);
    }
  });

  it('labels a decoder position with the token written or read there, and looks back at the tokens read', () => {
    for (const kind of ['cross', 'decoder'] as const) {
      assert.equal(mapOf(inspection, kind, 'predicts').rows, inspection.target);
      assert.equal(mapOf(inspection, kind, 'reads').rows, inspection.decoderInput);
    }
    assert.equal(mapOf(inspection, 'decoder', 'predicts').columns, inspection.decoderInput);
    assert.equal(mapOf(inspection, 'encoder', 'reads').step, undefined);
  });

  it('starts with the cross-attention that aligns best', () => {
    assert.deepEqual(defaultChoice(inspection, 'cross'), { layer: 1, head: null, step: 'reads' });
    assert.deepEqual(defaultChoice(inspection, 'encoder'), { layer: 0, head: 0, step: 'predicts' });
  });

  it('knows which layers and heads there are', () => {
    const { crossAttentions } = inspection;
    assert.ok(hasHead(crossAttentions, { layer: 1, head: 3 }));
    assert.ok(hasHead(crossAttentions, { layer: 1, head: null }));
    assert.ok(!hasHead(crossAttentions, { layer: 2, head: null }));
    assert.ok(!hasHead(crossAttentions, { layer: 0, head: 4 }));
  });

  it('has names', () => {
    assert.deepEqual(MAP_KINDS.map(titleOf), ['Cross-attention', 'Encoder self-attention', 'Decoder self-attention']);
    assert.equal(headName(null), 'Mean of heads');
    assert.equal(headName(0), 'Head 0');
    assert.deepEqual(taskName(inspection.task), { running: 'Translating to German', done: 'Translated to German' });
    assert.equal(taskName({ kind: 'summarise' }).running, 'Summarising');
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
