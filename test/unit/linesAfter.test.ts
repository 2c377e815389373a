/** Lines before and after edits are each other's. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lineAfter, lineBefore } from '../../src/editor/linesAfter.ts';
import { textAfter, type TextEdit } from '../../src/editor/textEdit.ts';

describe('lines after edits', () => {
  it('are the same lines where nothing was edited, and go there and back', () => {
    const gaps = fc.array(fc.record({ skipped: fc.integer({ min: 1, max: 4 }), taken: fc.nat(3), put: fc.integer({ min: 1, max: 4 }) }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(gaps, (shape) => {
        const lines = Array.from({ length: 60 }, (_, index) => `line ${index}`);
        let at = 0;
        const edits = shape.map(({ skipped, taken, put }): TextEdit => {
          const start = { line: at + skipped, character: 0 };
          at += skipped + taken;
          const text = Array.from({ length: put }, (_, index) => `new ${index}`).join('\n');
          return { start, end: { line: at, character: lines[at]!.length }, text };
        });
        const after = textAfter(lines, '\n', { start: { line: 0, character: 0 }, end: { line: 59, character: 7 } }, edits).split('\n');
        for (let line = 0; line < 60; line++) {
          const then = lineAfter(line, edits);
          assert.ok(then >= 0 && then < after.length);
          if (edits.some(({ start, end }) => start.line <= line && line <= end.line)) continue;
          assert.equal(after[then], lines[line]);
          assert.equal(lineBefore(then, edits), line);
        }
      }),
    );
  });
});
