/** Patterns of documentation's tags take no time on lines that are made to take it. */
import assert from 'node:assert/strict';
import { isTagWithoutProse, OPEN_ANNOTATION } from '../../src/editor/prose/docTags.ts';
import { leadOf } from '../../src/editor/prose/markup.ts';

const HEADS = [
  '@param ',
  '@Foo(',
  '@Foo\\',
  '@return ',
  '@throws ',
  '@method static ',
  '@tparam[opt ',
  '@option a ',
  '@param a<',
  '@var a|',
  '@!',
];
const UNITS = ['a', '(', '()', '(()', '<', '<a>', '{', '{}', '[', '[]', '\\a', 'a.', 'a ', ' ', 'a|', '$a ', 'a<a>', '@a '];

describe('tags of documentation', () => {
  for (const head of HEADS)
    it(`are read at once: ${head}`, () => {
      for (const unit of UNITS) {
        const line = head + unit.repeat(100_000 / unit.length);
        const start = performance.now();
        leadOf(line);
        isTagWithoutProse(line);
        OPEN_ANNOTATION.test(line);
        const took = performance.now() - start;
        assert.ok(took < 500, `${unit}: ${took} ms`);
      }
    });

  it('with values on lines of their own go on, those that are closed do not', () => {
    for (const open of ['@OA\\Get(', '@OA\\Get(path="/a()",', '@A(@B(', '@A(b={']) assert.ok(OPEN_ANNOTATION.test(open), open);
    for (const closed of ['@A()', '@A(b="c") text', '@A(@B(c()), d)', '@a(']) assert.ok(!OPEN_ANNOTATION.test(closed), closed);
  });
});
