/** What tokens of a map point out in both texts, and how strongly it is shown. */
import assert from 'node:assert/strict';
import { levelsOf, type Highlight } from '../../src/shared/highlight.ts';
import { columnsHighlight, placeHighlight, rowsHighlight } from '../../webview/panel/highlightOf.ts';
import type { AttentionMapView } from '../../webview/panel/mapOf.ts';

const token = (label: string, start: number): AttentionMapView['rows'][number] => ({
  id: 1,
  label,
  span: { start, end: start + (label === '</s>' ? 0 : label.length) },
});

/** "ab cd" to "efg", the latter in two tokens. */
const VIEW: AttentionMapView = {
  kind: 'cross',
  maps: { layers: 1, heads: 1, queries: 3, keys: 3, data: new Float32Array() },
  rows: [token('e', 0), token('fg', 1), token('</s>', 0)],
  columns: [token('ab', 0), token(' cd', 2), token('</s>', 0)],
  explanation: '',
  step: 'predicts',
  rowText: 'target',
  columnText: 'source',
};
const VALUES = Float32Array.of(0.5, 0.25, 0.25, 0, 0.75, 0.25, 0.25, 0.25, 0.5);

const weights = ({ attended }: Highlight): number[] => attended.map(({ weight }) => weight);

describe('highlight', () => {
  it('of rows is the mean of what they attended to', () => {
    const one = rowsHighlight(VIEW, VALUES, [1]);
    assert.deepEqual(one.focus, [{ side: 'target', start: 1, end: 3 }]);
    assert.deepEqual(weights(one), [0, 0.75, 0.25]);
    assert.ok(one.attended.every(({ side }) => side === 'source'));
    assert.deepEqual(weights(rowsHighlight(VIEW, VALUES, [0, 1])), [0.25, 0.5, 0.25]);
  });

  it('of columns is the sum of the attention that went to them', () => {
    const both = columnsHighlight(VIEW, VALUES, [0, 1]);
    assert.deepEqual(
      both.focus.map(({ side, start }) => `${side} ${start}`),
      ['source 0', 'source 2'],
    );
    assert.deepEqual(weights(both), [0.75, 0.75, 0.5]);
  });

  it('of a place is that of the tokens that have its characters', () => {
    assert.deepEqual(placeHighlight(VIEW, VALUES, [{ side: 'target', start: 0, end: 3 }])?.focus.length, 2);
    assert.deepEqual(placeHighlight(VIEW, VALUES, [{ side: 'source', start: 3, end: 5 }])?.focus, [{ side: 'source', start: 2, end: 5 }]);
    assert.equal(placeHighlight(VIEW, VALUES, [{ side: 'source', start: 5, end: 6 }]), undefined);
    assert.equal(placeHighlight(VIEW, VALUES, []), undefined);
  });

  it('is shown by the share of the largest weight that has characters', () => {
    const of = (...all: readonly number[]): Highlight => ({
      focus: [],
      attended: all.map((weight, index) => ({ side: 'source', start: 0, end: index === 0 ? 0 : 1, weight })),
    });
    assert.deepEqual(levelsOf(of(0.9, 0.04, 0.02, 0.011, 0.006, 0.001)), [0, 2, 1, 1, 0, 0]);
    assert.deepEqual(levelsOf(of(0, 0.8, 0.5, 0.3, 0.1, 0.01)), [0, 4, 3, 2, 1, 0]);
  });
});
