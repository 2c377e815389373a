/** Breaking a paragraph into lines. */
import assert from 'node:assert/strict';
import { wrap, type WrapOptions } from '../../src/editor/wrap.ts';

function wrapped(text: string, options: WrapOptions): string[] {
  return wrap(text, options).map(({ start, end }) => text.slice(start, end));
}

describe('wrap', () => {
  const width = 10;

  it('breaks at the last space that fits', () => {
    assert.deepEqual(wrapped('one two three four', { firstWidth: width, width }), ['one two', 'three four']);
    assert.deepEqual(wrapped('one two three four', { firstWidth: 3, width }), ['one', 'two three', 'four']);
    assert.deepEqual(wrapped('', { firstWidth: width, width }), ['']);
  });

  it('keeps spaces inside a line, and words that are too long', () => {
    assert.deepEqual(wrapped('a.  b  cccccccccccccc d', { firstWidth: width, width }), ['a.  b', 'cccccccccccccc', 'd']);
    assert.deepEqual(wrapped('no\u00a0break here', { firstWidth: width, width }), ['no\u00a0break', 'here']);
  });

  it('leaves room behind the last line', () => {
    assert.deepEqual(wrapped('one two', { firstWidth: width, width, lastReserve: 3 }), ['one two']);
    assert.deepEqual(wrapped('one two', { firstWidth: width, width, lastReserve: 4 }), ['one', 'two']);
  });

  it('keeps a word that may not start a line on the line before', () => {
    assert.deepEqual(wrapped('one twoo - three', { firstWidth: width, width, mayStartLine: (word) => word !== '-' }), [
      'one twoo -',
      'three',
    ]);
    assert.deepEqual(wrapped('one twooo - three', { firstWidth: width, width, mayStartLine: (word) => word !== '-' }), [
      'one',
      'twooo -',
      'three',
    ]);
  });

  it('breaks between wide characters, not before closing marks', () => {
    assert.deepEqual(wrapped('日本語の文、文', { firstWidth: width, width }), ['日本語の', '文、文']);
    assert.deepEqual(wrapped('调用函数一,二', { firstWidth: width, width }), ['调用函数', '一,二']);
    assert.deepEqual(wrapped('调用这个“函”数', { firstWidth: width, width }), ['调用这个', '“函”数']);
  });

  it('takes little time for 200,000 characters', () => {
    for (const unit of ['a', 'a ', '日', '👍🏽', 'e\u0301', '` ', '{@a ', ' ']) {
      const begin = performance.now();
      wrap(unit.repeat(200_000 / unit.length), { firstWidth: 80, width: 80 });
      const took = performance.now() - begin;
      assert.ok(took < 3000, `${unit}: ${took} ms`);
    }
  });
});
