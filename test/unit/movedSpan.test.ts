/** Where a translation stands after edits around it and in it. */
import assert from 'node:assert/strict';
import { movedSpan } from '../../src/wording/movedSpan.ts';

/** What the brackets hold after the change, which replaces `length` characters at `offset`. */
function after(text: string, rangeOffset: number, rangeLength: number, inserted: string): string | undefined {
  const span = { start: text.indexOf('['), end: text.indexOf(']') - 1 };
  const plain = text.replace(/[[\]]/g, '');
  const moved = movedSpan(span, { rangeOffset, rangeLength, text: inserted });
  const edited = plain.slice(0, rangeOffset) + inserted + plain.slice(rangeOffset + rangeLength);
  return moved && edited.slice(moved.start, moved.end);
}

describe('the place of a translation', () => {
  it('moves with edits before it, and stays with those behind it', () => {
    assert.equal(after('ab [cd] ef', 0, 1, 'xyz'), 'cd');
    assert.equal(after('ab [cd] ef', 7, 1, 'xyz'), 'cd');
    assert.equal(after('ab [cd] ef', 2, 1, '\n'), 'cd');
  });

  it('grows and shrinks with edits in it, at both ends too', () => {
    assert.equal(after('ab [cd] ef', 4, 0, 'x'), 'cxd');
    assert.equal(after('ab [cd] ef', 3, 0, 'x'), 'xcd');
    assert.equal(after('ab [cd] ef', 5, 0, 'x'), 'cdx');
    assert.equal(after('ab [cd] ef', 3, 2, 'x'), 'x');
    assert.equal(after('ab [cd] ef', 5, 0, ' x'), 'cd');
    assert.equal(after('ab [cd] ef', 3, 0, 'x\n'), 'cd');
  });

  it('is lost where an edit goes beyond it', () => {
    assert.equal(after('ab [cd] ef', 2, 2, 'x'), undefined);
    assert.equal(after('ab [cd] ef', 0, 8, 'x'), undefined);
  });
});
