/** Selections after edits of several selections at once. */
import assert from 'node:assert/strict';
import { selectionsAfter } from '../../src/editor/selectionsAfter.ts';

describe('selections after an edit', () => {
  it('cover the new text of each', () => {
    assert.deepEqual(
      selectionsAfter([
        { span: { start: 0, end: 10 }, edits: [{ start: 3, end: 8, text: 'longer text' }] },
        { span: { start: 20, end: 30 }, edits: [{ start: 20, end: 30, text: 'x' }] },
        { span: { start: 40, end: 50 }, edits: [] },
      ]),
      [
        { start: 0, end: 16 },
        { start: 26, end: 27 },
        { start: 37, end: 47 },
      ],
    );
  });

  it('stay apart where two insert at one place', () => {
    assert.deepEqual(
      selectionsAfter([
        { span: { start: 0, end: 3 }, edits: [{ start: 9, end: 9, text: 'ab' }] },
        { span: { start: 4, end: 6 }, edits: [{ start: 9, end: 9, text: 'c' }] },
      ]),
      [
        { start: 9, end: 11 },
        { start: 11, end: 12 },
      ],
    );
  });

  it('cover insertions alone, in whatever order the selections are', () => {
    assert.deepEqual(
      selectionsAfter([
        { span: { start: 20, end: 30 }, edits: [{ start: 32, end: 32, text: 'abc' }] },
        { span: { start: 0, end: 10 }, edits: [{ start: 12, end: 12, text: 'ab' }] },
      ]),
      [
        { start: 34, end: 37 },
        { start: 12, end: 14 },
      ],
    );
  });
});
