/** Half precision is expanded exactly, special values included. */
import assert from 'node:assert/strict';
import { expandHalfPrecision } from '../../webview/engine/weights.ts';

function expanded(...halves: number[]): number[] {
  return [...new Float32Array(expandHalfPrecision(Uint16Array.from(halves).buffer).buffer)];
}

describe('half precision', () => {
  it('expands normal, subnormal and special numbers', () => {
    assert.deepEqual(expanded(0x3c00, 0xc000, 0x7bff, 0x0400), [1, -2, 65504, 2 ** -14]);
    assert.deepEqual(expanded(0x0001, 0x03ff, 0x8001), [2 ** -24, 1023 * 2 ** -24, -(2 ** -24)]);
    assert.deepEqual(expanded(0x0000, 0x8000, 0x7c00, 0xfc00), [0, -0, Infinity, -Infinity]);
    assert.ok(Number.isNaN(expanded(0x7e00)[0]));
  });

  it('refuses a file that ends inside a number', () => {
    assert.throws(() => expandHalfPrecision(new ArrayBuffer(3)), /weights\.fp16\.bin is damaged \(is cut off\)/);
  });
});
