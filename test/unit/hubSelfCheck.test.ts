/** What the self-check of a model without a reference lets pass: kernels that sum in another order, and no others. */
import assert from 'node:assert/strict';
import { assertSame, chosenTokens, worstDifference } from '../../webview/engine/hub/hubSelfCheck.ts';

const REFERENCE = [Float32Array.of(1, -3, 7, -Infinity), Float32Array.of(0.5, 2, -2, 0)];
const changed = (step: number, token: number, by: number): Float32Array[] =>
  REFERENCE.map((scores, index) => scores.map((score, at) => (index === step && at === token ? score + by : score)));

describe('self-check against the processor', () => {
  it('reads what the processor chose', () => assert.deepEqual(chosenTokens(REFERENCE), [2, 1]));

  it('lets rounding pass', () => {
    assert.equal(worstDifference(REFERENCE, REFERENCE), 0);
    assertSame(REFERENCE, changed(0, 1, 0.02));
  });

  for (const [what, own] of [
    ['a score that is another', changed(1, 3, 1)],
    ['a score that is no number', changed(1, 0, NaN)],
    ['a score that is endless', changed(0, 2, -Infinity)],
    ['the scores of another step', [REFERENCE[1]!, REFERENCE[0]!]],
  ] as const) {
    it(`refuses ${what}`, () =>
      assert.throws(() => assertSame(REFERENCE, own), /Its scores differ from the processor’s by .* in the self-check/));
  }
});
