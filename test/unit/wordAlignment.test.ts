/** Which words of source and target go together by attention, and which source words nothing looked at. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { possibleOmissions, sourceCoverage } from '../../src/shared/attention/sourceCoverage.ts';
import { greatestAlignment, mutualAlignment } from '../../src/shared/attention/wordAlignment.ts';
import { wordsOf } from '../../src/shared/attention/words.ts';
import { tokensOf } from './randomAttention.ts';

describe('word alignment', () => {
  const source = tokensOf('the', ' big', ' house', '.', '</s>');
  const target = tokensOf('das', ' gro', 'ße', ' Haus', '.', '</s>');
  const words = { source: wordsOf(source.text, source.tokens), target: wordsOf(target.text, target.tokens) };
  // Columns: the, big, house, ".", </s>. Every row prefers </s>, which no link may have.
  const predicts = Float32Array.from(
    [
      [0.3, 0.1, 0.05, 0, 0.55],
      [0.1, 0.3, 0.05, 0, 0.55],
      [0.1, 0.05, 0.25, 0, 0.6],
      [0.1, 0.1, 0.2, 0.05, 0.55],
      [0, 0, 0.05, 0.4, 0.55],
      [0.2, 0.2, 0.2, 0.2, 0.2],
    ].flat(),
  );
  const read = new Float32Array(30);
  read.set(predicts.subarray(0, 25), 5);

  it('links each token to its greatest, a word to those of all its tokens, at either step', () => {
    const expected = [[0, 0], [1, 1], [2, 1], [2, 2], [3, 3]]; // prettier-ignore
    const pairs = (weights: Float32Array, step: 'predicts' | 'reads'): number[][] =>
      greatestAlignment({ weights, ...words, step }).map(({ source, target }) => [source, target]);
    assert.deepEqual(pairs(predicts, 'predicts'), expected);
    assert.deepEqual(pairs(read, 'reads'), expected);
  });

  it('links the words that are each other’s greatest', () => {
    const pairs = mutualAlignment({ weights: predicts, ...words, step: 'predicts' });
    assert.deepEqual(
      pairs.map(({ source, target }) => [source, target]),
      [[0, 0], [1, 1], [2, 2], [3, 3]], // prettier-ignore
    );
  });

  it('has none where there are no words', () => {
    const { text, tokens } = tokensOf('</s>');
    const none = { weights: new Float32Array(30), source: wordsOf(text, tokens), target: words.target, step: 'reads' } as const;
    assert.deepEqual([mutualAlignment(none), greatestAlignment(none)], [[], []]);
  });

  it('covers what was attended to, and tells runs of words that were not', () => {
    const coverage = sourceCoverage({ weights: predicts, ...words, step: 'predicts' });
    assert.deepEqual(coverage.slice(0, 4), Float32Array.of(0.3, 0.3, 0.25, 0.4));
    const { text, tokens } = tokensOf('we', ' ate', ',', ' then', ' left', ' it', ' all', '.', '</s>');
    const left = possibleOmissions(Float32Array.of(0.5, 0.1, 0.9, 0.02, 0, 0.1, 0.6, 0, 0), wordsOf(text, tokens));
    assert.deepEqual(
      left.map(({ start, end }) => text.slice(start, end)),
      ['ate, then left it'],
    );
    assert.deepEqual(possibleOmissions(Float32Array.of(0.5, 0.1, 0, 0.1, 0.9, 0, 0, 0, 0), wordsOf(text, tokens)), []);
  });
});
