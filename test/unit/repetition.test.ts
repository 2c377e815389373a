/** What counts as a repetition; the same cases as in models/training/test_repetition.py. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { repeatingTokens, repeats } from '../../webview/engine/repetition.ts';

describe('repetition', () => {
  it('bars what would end a sequence that is there already', () => {
    assert.deepEqual(repeatingTokens([1, 2, 3, 4, 5, 1, 2, 3, 4], 5), [5]);
    assert.deepEqual(repeatingTokens([1, 2, 3, 4, 5, 1, 2, 3], 5), []);
    assert.deepEqual(repeatingTokens([7, 7, 7, 7, 7], 5), [7]);
    assert.deepEqual(repeatingTokens([7, 7, 7, 7], 5), []);
    assert.deepEqual(repeatingTokens([1, 2, 1, 3, 1], 2), [2, 3]);
    assert.deepEqual(repeatingTokens([], 5), []);
  });

  it('sees a source that repeats itself', () => {
    assert.equal(repeats([], 5), false);
    assert.equal(repeats([1, 2, 3, 4, 9, 1, 2, 3, 4], 5), false);
    assert.equal(repeats([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], 5), true);
    assert.equal(repeats([7, 7, 7, 7, 7, 7], 5), true);
  });
});
