/** Numbers that differ from the reference's by no more than rounding. */
import assert from 'node:assert/strict';

export function assertClose(found: number | undefined, expected: number, tolerance: number, what: string): void {
  assert.ok(found !== undefined && Math.abs(found - expected) <= tolerance, `${what}: ${found} is not ${expected} ± ${tolerance}`);
}

export function assertList(found: readonly number[], expected: readonly number[], tolerance: number, what: string): void {
  assert.equal(found.length, expected.length, `${what}: how many`);
  assert.ok(found.length > 0, `${what}: none`);
  for (const [index, value] of expected.entries()) assertClose(found[index], value, tolerance, `${what} [${index}]`);
}
