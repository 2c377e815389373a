/** Weights are expanded to exactly the numbers that Python rounded them to, and a damaged file is named. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fromHalfPrecision, toHalfPrecision } from '../../webview/engine/halfPrecision.ts';
import { Weights, type StoredWeights } from '../../webview/engine/weights.ts';

interface Fixture {
  readonly weights: StoredWeights;
  readonly stored: string;
  readonly numbers: readonly number[];
  readonly nearestHalves: readonly number[];
}

const fixtures = JSON.parse(readFileSync(new URL('../fixtures/weights.json', import.meta.url), 'utf8')) as Fixture[];
const storedOf = ({ stored }: Fixture): ArrayBuffer => Uint8Array.from(Buffer.from(stored, 'hex')).buffer;

describe('stored weights', () => {
  for (const fixture of fixtures) {
    it(`expands integers of ${fixture.weights.bits} bits, and what is in no block`, () => {
      const numbers = new Weights(storedOf(fixture), fixture.weights).expanded();
      assert.deepEqual([...numbers], fixture.numbers);
      assert.deepEqual([...toHalfPrecision(numbers)], fixture.nearestHalves);
    });
  }

  it('expands the rows of the embedding, with which the file begins, one by one', () => {
    for (const fixture of fixtures) {
      const weights = new Weights(storedOf(fixture), fixture.weights);
      for (let row = 0; row < fixture.weights.blocks; row++) {
        const numbers = new Float32Array(32);
        weights.embeddingRow(row, numbers);
        assert.deepEqual([...numbers], fixture.numbers.slice(32 * row, 32 * (row + 1)));
      }
    }
  });

  it('refuses a file of another length', () => {
    const [fixture] = fixtures;
    const stored = storedOf(fixture!);
    for (const damaged of [stored.slice(0, -1), new ArrayBuffer(0), new ArrayBuffer(stored.byteLength + 2)])
      assert.throws(() => new Weights(damaged, fixture!.weights), /weights\.blocks\.bin is damaged \(has \d+ bytes instead of 86\)/);
  });
});

describe('half precision', () => {
  const expanded = (...halves: number[]): number[] => [...fromHalfPrecision(Uint16Array.from(halves))];

  it('expands normal, subnormal and special numbers', () => {
    assert.deepEqual(expanded(0x3c00, 0xc000, 0x7bff, 0x0400), [1, -2, 65504, 2 ** -14]);
    assert.deepEqual(expanded(0x0001, 0x03ff, 0x8001), [2 ** -24, 1023 * 2 ** -24, -(2 ** -24)]);
    assert.deepEqual(expanded(0x0000, 0x8000, 0x7c00, 0xfc00), [0, -0, Infinity, -Infinity]);
    assert.ok(Number.isNaN(expanded(0x7e00)[0]));
  });

  it('rounds each number to the nearest, of two to the even one', () => {
    const halfway = Float32Array.of(1 + 2 ** -11, 1 + 3 * 2 ** -11, 1.5 * 2 ** -24, 2.5 * 2 ** -24, 2 ** -14 - 2 ** -26);
    assert.deepEqual([...toHalfPrecision(halfway)], [0x3c00, 0x3c02, 0x0002, 0x0002, 0x0400]);
  });
});
