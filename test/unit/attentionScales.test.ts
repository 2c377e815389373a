/** The strongest weights, the scales that colour them, and how alike states are. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keepMass } from '../../src/shared/attention/keepMass.ts';
import { leadingComponents, type LeadingComponents } from '../../src/shared/attention/leadingComponents.ts';
import { fromComponents, principalComponents } from '../../src/shared/attention/principalComponents.ts';
import { cosineSimilarity } from '../../src/shared/attention/similarity.ts';
import { scaleShares, shareOf, WEIGHT_SCALES, weightAt } from '../../src/shared/attention/weightScale.ts';
import { randomNumbers, randomMaps, rowSums } from './randomAttention.ts';

describe('mass, scales and states', () => {
  it('keeps the fewest weights that have the mass, all of it with 1, one with 0', () => {
    const { data } = randomMaps(9, 1, 1, 20, 30);
    for (const mass of [0.3, 0.8, 0.95]) {
      const kept = keepMass(data, 30, mass);
      for (const [row, sum] of rowSums(kept, 30).entries()) {
        assert.ok(sum >= mass - 1e-6);
        const least = Math.min(...kept.subarray(row * 30, (row + 1) * 30).filter((weight) => weight > 0));
        assert.ok(sum - least < mass);
      }
    }
    assert.deepEqual(keepMass(data, 30, 1), data);
    assert.deepEqual(keepMass(Float32Array.of(0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0), 4, 0.5), Float32Array.of(0.25, 0.25, 0, 0, 0, 0, 0, 0));
    assert.deepEqual(keepMass(Float32Array.of(0.1, 0.7, 0.2), 3, 0), Float32Array.of(0, Math.fround(0.7), 0));
  });

  it('scales grow with the weight from 0 to 1, and the legend leads back', () => {
    const { data } = randomMaps(10, 1, 1, 5, 8);
    for (const scale of WEIGHT_SCALES) {
      const shares = scaleShares(data, 8, scale);
      assert.equal(Math.max(...shares), 1);
      assert.ok(shares.every((share) => share >= 0 && share <= 1));
      for (const share of [0.25, 0.5, 1]) assert.ok(Math.abs(shareOf(weightAt(share, 0.7, scale), 0.7, scale) - share) < 1e-9);
    }
    assert.deepEqual(scaleShares(new Float32Array(4), 2, 'log'), new Float32Array(4));
    assert.ok(rowSums(scaleShares(data, 8, 'row'), 8).every((sum) => sum >= 1));
  });

  it('a state is wholly like itself and as unlike its opposite', () => {
    const data = Float32Array.of(1, 2, 2, -1, -2, -2, 0, 0, 0);
    const alike = cosineSimilarity({ layers: 1, positions: 3, size: 3, data }, 0);
    for (const [i, cosine] of [1, -1, 0, -1, 1, 0, 0, 0, 0].entries()) assert.ok(Math.abs(alike[i]! - cosine) < 1e-6);
  });

  it('leading components are the first of all components, of few positions and of many', () => {
    for (const [positions, size] of [
      [3, 40],
      [40, 3],
      [60, 90],
    ] as const) {
      // Directions differ less and less in how far states spread along them.
      const states = Float32Array.from({ length: positions * size }, (_, i) => Math.sin(i * i * 0.7) / (1 + (i % size) / 4));
      const [all, leading] = [principalComponents, leadingComponents].map((find) => find(states, positions, size, 2)) as [
        LeadingComponents,
        LeadingComponents,
      ];
      assert.equal(leading.count, 2);
      for (const [i, score] of all.scores.entries()) assert.ok(Math.abs(score - leading.scores[i]!) < 1e-5, `score ${i}`);
      for (const [i, share] of all.shares.entries()) assert.ok(Math.abs(share - leading.shares[i]!) < 1e-6, `share ${i}`);
    }
  });

  it('components find the plane that states lie in, more positions than dimensions or fewer', () => {
    for (const [positions, size] of [
      [5, 40],
      [40, 5],
    ] as const) {
      const random = randomNumbers(13);
      const plane = [0, 1].map(() => Array.from({ length: size }, () => random() - 0.5));
      const states = new Float32Array(positions * size);
      for (let position = 0; position < positions; position++) {
        const [x, y] = [4 * random(), random()];
        for (let i = 0; i < size; i++) states[position * size + i] = 3 + x * plane[0]![i]! + y * plane[1]![i]!;
      }
      const components = principalComponents(states, positions, size, 4);
      assert.ok(Math.abs(components.shares[0]! + components.shares[1]! - 1) < 1e-6);
      assert.ok(components.shares[0]! > components.shares[1]!);
      const restored = fromComponents(components, 2);
      assert.ok(restored.every((value, i) => Math.abs(value - states[i]!) < 1e-5));
      for (let component = 0; component < 2; component++) {
        const direction = components.directions.subarray(component * size, (component + 1) * size);
        assert.ok(Math.abs(direction.reduce((sum, value) => sum + value * value, 0) - 1) < 1e-6);
        assert.ok(Math.max(...direction) >= -Math.min(...direction));
      }
    }
    for (const [states, positions, size] of [
      [new Float32Array(12).fill(2), 4, 3],
      [Float32Array.of(1, 2, 3), 1, 3],
    ] as const)
      assert.equal(leadingComponents(states, positions, size, 2).count, 0);
    assert.equal(principalComponents(new Float32Array(12).fill(2), 4, 3, 2).count, 0);
    assert.equal(principalComponents(Float32Array.of(1, 2, 3), 1, 3, 2).count, 0);
  });
});
