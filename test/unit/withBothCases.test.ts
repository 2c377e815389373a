/** Case is heeded only where a class has all letters of both cases. */
import assert from 'node:assert/strict';
import { withBothCases } from '../../src/editor/grammar/withBothCases.ts';

const WIDE = String.raw`\x{7f}-\x{10ffff}`;

describe('an expression that heeds no case', () => {
  const rewritten: readonly (readonly [source: string, to: string])[] = [
    [`(?i)(\\$+)[a-z_${WIDE}][a-z0-9_${WIDE}]*`, `(?i)(\\$+)(?-i:[A-Za-z_${WIDE}])(?-i:[A-Za-z0-9_${WIDE}])*`],
    [`(?xi)\n(a|b) [$a-z0-9_${WIDE}\\\\]+`, `(?xi)\n(a|b) (?-i:[A-Z$a-z0-9_${WIDE}\\\\])+`],
    [`(?ix)(?![a-z${WIDE}\\]\\(])`, `(?ix)(?!(?-i:[A-Za-z${WIDE}\\]\\(]))`],
  ];
  for (const [source, to] of rewritten) it(`is rewritten: ${source}`, () => assert.equal(withBothCases(source), to));

  const kept = [
    `[a-z_${WIDE}]`,
    `(?i:[a-z_${WIDE}])`,
    `(?i)a(?-i)[a-z_${WIDE}]`,
    `(?i)[^a-z_${WIDE}]`,
    `(?i)[0-9_${WIDE}]`,
    '(?i)[a-z_]',
    `(?i)\\[a-z ${WIDE}]`,
    `(?i)[[a-z]&&[b${WIDE}]]`,
  ];
  for (const source of kept) it(`is kept: ${source}`, () => assert.equal(withBothCases(source), source));
});
