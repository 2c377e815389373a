/** What the self-check of a model without a reference lets pass: kernels that sum in another order, weights that are rounded, and nothing else. */
import assert from 'node:assert/strict';
import { assertSame, referenceOf, worstDifference } from '../../webview/engine/hub/hubSelfCheck.ts';

const SCORES = [Float32Array.of(1, -3, 7, -Infinity), Float32Array.of(0.5, 2, -2, 0)];
const REFERENCE = referenceOf(SCORES);
const changed = (step: number, token: number, by: number): Float32Array[] =>
  SCORES.map((scores, index) => scores.map((score, at) => (index === step && at === token ? score + by : score)));

describe('self-check against the processor', () => {
  it('reads what the processor chose', () =>
    assert.deepEqual(
      REFERENCE.map(({ chosen }) => chosen),
      [2, 1],
    ));

  it('lets rounding pass', () => {
    assert.equal(worstDifference(REFERENCE, SCORES), 0);
    assertSame(REFERENCE, changed(0, 1, 0.02), 'fp32');
  });

  it('lets small weights move the scores, but not large ones', () => {
    assertSame(REFERENCE, changed(0, 1, 1), 'q4');
    assert.throws(() => assertSame(REFERENCE, changed(0, 1, 1), 'fp16'), /Its scores differ from the processor’s by 10 %/);
  });

  it('refuses another token where the reference was sure, and lets it pass where it was not', () => {
    const sure = referenceOf([Float32Array.of(0, 1.6, 10, 8.4)]);
    assert.throws(() => assertSame(sure, [Float32Array.of(0, 1.6, 9, 9.1)], 'q8'), /chooses other tokens/);
    const unsure = referenceOf([Float32Array.of(0, 1.6, 10, 9.9)]);
    assertSame(unsure, [Float32Array.of(0, 1.6, 9.8, 10)], 'q8');
  });

  it('is not blind where some tokens have scores of minus a billion', () => {
    const reference = referenceOf([Float32Array.of(1, -3, 7, -1e9)]);
    assert.throws(() => assertSame(reference, [Float32Array.of(7, -3, 1, -1e9)], 'q4'), /differ/);
  });

  it('keeps few numbers of a large vocabulary, the most probable ones among them', () => {
    const large = Float32Array.from({ length: 50_000 }, (_, token) => Math.sin(token));
    const [step] = referenceOf([large]);
    assert.ok(step!.tokens.length <= 128);
    assert.equal(step!.chosen, large.indexOf(Math.max(...large)));
    assert.equal(worstDifference([step!], [large]), 0);
  });

  for (const [what, own] of [
    ['a score that is another', changed(1, 3, 1)],
    ['a score that is no number', changed(1, 0, NaN)],
    ['a score that is endless', changed(0, 2, -Infinity)],
    ['the scores of another step', [SCORES[1]!, SCORES[0]!]],
  ] as const) {
    it(`refuses ${what}`, () =>
      assert.throws(() => assertSame(REFERENCE, own, 'fp32'), /Its scores differ from the processor’s by .* in the self-check/));
  }
});
