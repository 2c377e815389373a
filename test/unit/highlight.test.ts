/** What tokens of a map point out in both texts, and how strongly it is shown. */
import assert from 'node:assert/strict';
import { FULL_LOSS, HIGHLIGHT_LEVELS, levelOfLoss, levelsOf, type Highlight } from '../../src/shared/highlight.ts';
import { highlightOf } from '../../webview/panel/highlightOf.ts';
import { lossSpans } from '../../webview/panel/lossSpans.ts';
import type { Unit } from '../../webview/panel/shownMap.ts';

const unit = (label: string, start: number): Unit => ({
  label,
  span: { start, end: start + label.length },
  tokens: { start: 0, end: 1 },
  kind: 'word',
});
const texts = { source: [unit('ab', 0), unit(' cd', 2)], target: [unit('', 0), unit('e', 0), unit('fg', 1)] };

describe('highlight', () => {
  it('has the characters that are pointed at, and the weights of the other text', () => {
    assert.deepEqual(highlightOf({ texts }, { target: { pointed: [2] }, source: { pointed: [], weights: Float32Array.of(0.25, 0.75) } }), {
      focus: [{ side: 'target', start: 1, end: 3 }],
      attended: [
        { side: 'source', start: 0, end: 2, weight: 0.25 },
        { side: 'source', start: 2, end: 5, weight: 0.75 },
      ],
    });
  });

  it('is none where nothing is pointed at', () => {
    assert.equal(highlightOf({ texts }, { source: { pointed: [] }, target: { pointed: [] } }), undefined);
    assert.equal(highlightOf({ texts }, { source: { pointed: [-1] }, target: { pointed: [] } }), undefined);
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

describe('heat', () => {
  it('has a level for each quarter of the full loss', () => {
    const losses = [0, 0.1, 0.25, 0.5, 0.75, 1, 5].map((share) => share * FULL_LOSS);
    assert.deepEqual(losses.map(levelOfLoss), [0, 0, 1, 2, 3, HIGHLIGHT_LEVELS, HIGHLIGHT_LEVELS]);
    assert.equal(levelOfLoss(-1e-7), 0);
  });

  it('marks a character of several bytes once, by the hardest of them', () => {
    const token = (label: string, start: number, end: number) => ({ id: 0, label, span: { start, end } });
    const source = [token('a', 0, 1), token('鬱', 1, 2), token('鬱', 1, 2), token('鬱', 1, 2)];
    assert.deepEqual(lossSpans({ source, logProbabilities: Float32Array.of(-0.5, -1, -8, -2) }), [
      { side: 'source', start: 0, end: 1, loss: 0.5 },
      { side: 'source', start: 1, end: 2, loss: 8 },
    ]);
  });
});
