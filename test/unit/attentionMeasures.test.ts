/** What must hold of the attention measures whatever the numbers are. Their values are compared with Python in test/golden. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { headMean, layerMax, layerMean } from '../../src/shared/attention/aggregate.ts';
import { confidence, defaultAgreement, entropy, normalisedEntropy, stepAgreement } from '../../src/shared/attention/headMeasures.ts';
import { normWeights, rowShares } from '../../src/shared/attention/normWeights.ts';
import { crossRollout, selfRollout } from '../../src/shared/attention/rollout.ts';
import { atOnce } from '../../src/editor/inSlices.ts';
import { sourceShare } from '../../src/shared/attention/sourceShare.ts';
import type { AttentionMaps } from '../../src/shared/inspection.ts';
import { randomMaps, randomProducts, assertSums, tokensOf } from './randomAttention.ts';

describe('attention measures', () => {
  const encoder = randomMaps(1, 3, 4, 9, 9);
  const decoder = randomMaps(2, 2, 4, 6, 6, true);
  const cross = randomMaps(3, 2, 4, 6, 9);

  it('means have rows that sum to 1, maxima are nowhere below', () => {
    assertSums(headMean(encoder, 2), 9);
    assertSums(layerMean(cross), 9);
    const [most, mean] = [layerMax(cross), layerMean(cross)];
    assert.ok(most.every((value, i) => value >= mean[i]!));
  });

  it('rollout has rows that sum to 1, the decoder’s looks at nothing later', () => {
    for (let layer = 0; layer < 3; layer++) assertSums(atOnce(selfRollout(encoder, layer)), 9);
    for (let layer = 0; layer < 2; layer++) assertSums(atOnce(crossRollout(encoder, decoder, cross, layer)), 9);
    const rolled = atOnce(selfRollout(decoder));
    assertSums(rolled, 6);
    for (let query = 0; query < 6; query++) for (let key = query + 1; key < 6; key++) assert.equal(rolled[query * 6 + key], 0);
  });

  it('rollout of attention to oneself is oneself', () => {
    const identity = (size: number): AttentionMaps => ({
      layers: 2,
      heads: 1,
      queries: size,
      keys: size,
      data: Float32Array.from({ length: 2 * size * size }, (_, i) => (Math.floor((i % (size * size)) / size) === i % size ? 1 : 0)),
    });
    assert.deepEqual(atOnce(selfRollout(identity(5))), identity(5).data.subarray(0, 25));
    assert.deepEqual(atOnce(crossRollout(identity(5), identity(5), identity(5))), identity(5).data.subarray(0, 25));
  });

  it('the norm of a layer is at most the sum of the norms of its heads', () => {
    const products = randomProducts(4, 2, 9, 4);
    const whole = normWeights(cross, products, 1, null);
    const parts = [0, 1, 2, 3].map((head) => normWeights(cross, products, 1, head));
    assert.ok(whole.every((norm, i) => norm <= parts.reduce((sum, part) => sum + part[i]!, 0) + 1e-6));
    assertSums(rowShares(whole, 9), 9);
    assert.deepEqual(rowShares(new Float32Array(3), 3), new Float32Array(3));
  });

  it('the share of the source is 1 where self-attention adds nothing, and one half where both add alike', () => {
    const products = randomProducts(4, 2, 9, 4);
    const silent = { maps: decoder, products: { layers: 2, keys: 6, heads: 4, data: new Float32Array(2 * 6 * 16) } };
    for (const share of sourceShare({ maps: cross, products }, silent)) assert.ok(Math.abs(share - 1) < 1e-6);
    for (const share of sourceShare({ maps: cross, products }, { maps: cross, products })) assert.ok(Math.abs(share - 0.5) < 1e-6);
  });

  it('a head that looks at one key is certain, one that looks at all alike is not', () => {
    const sharp = { layers: 1, heads: 1, queries: 2, keys: 4, data: Float32Array.of(0, 1, 0, 0, 0, 0, 0, 1) };
    const even = { ...sharp, data: new Float32Array(8).fill(0.25) };
    assert.deepEqual(entropy(sharp), Float32Array.of(0));
    assert.ok(Math.abs(entropy(even)[0]! - Math.log(4)) < 1e-6);
    assert.deepEqual(normalisedEntropy(even, 'cross'), Float32Array.of(1));
    assert.deepEqual(confidence(sharp, 3), Float32Array.of(0.5));
    const evenSteps = { ...even, queries: 3, keys: 3, data: Float32Array.of(1, 0, 0, 0.5, 0.5, 0, 1 / 3, 1 / 3, 1 / 3) };
    assert.ok(Math.abs(normalisedEntropy(evenSteps, 'decoder')[0]! - 1) < 1e-6);
  });

  it('a head that looks where it looked a step before agrees with itself', () => {
    const { tokens } = tokensOf('a', 'b', '</s>');
    const row = [0.2, 0.3, 0.5];
    const maps = { layers: 1, heads: 2, queries: 3, keys: 3, data: Float32Array.from([...row, ...row, ...row, 1, 0, 0, 0, 1, 0, 1, 0, 0]) };
    assert.deepEqual(stepAgreement(maps, tokens, tokens), Float32Array.of(1, 0));
  });

  it('a head agrees with the default where both look most at the same token, the end left out', () => {
    const { tokens } = tokensOf('a', 'b', '</s>');
    const heads = [
      [0.2, 0.3, 0.5, 0.6, 0.3, 0.1],
      [0.1, 0.9, 0, 0.1, 0.9, 0],
    ];
    const maps = { layers: 1, heads: 2, queries: 2, keys: 3, data: Float32Array.from(heads.flat()) };
    assert.deepEqual(defaultAgreement(maps, tokens, { layer: 0, head: 0, step: 'reads' }), Float32Array.of(1, 0.5));
  });
});
