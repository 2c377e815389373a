/** Which lines of Markdown are fenced code, and in which language. */
import assert from 'node:assert/strict';
import { fencedCode, linesOfCode } from '../../src/editor/fencedCode.ts';
import { atOnce } from '../../src/editor/inSlices.ts';

const found = (text: string): (readonly [language: string, code: string])[] => {
  const lines = text.split('\n');
  return atOnce(fencedCode(lines)).map((code) => [code.language, linesOfCode(lines, code).join('\n')]);
};

describe('fenced code', () => {
  it('has the language that its fence names', () => {
    for (const [fence, language] of [
      ['```', ''],
      ['```js', 'js'],
      ['~~~ C++', 'C++'],
      ['```ts title="a b"', 'ts'],
      ['````{.python .numberLines}', 'python'],
      ['```{r, echo=FALSE}', 'r'],
      ['1. ```c#', 'c#'],
    ] as const) {
      const end = /[`~]{3,}/.exec(fence)![0];
      assert.deepEqual(found(`a\n${fence}\nb\n${end}\nc`), [[language, 'b']], fence);
    }
  });

  it('ends at a fence that is at least as long, of the same kind, or with the document', () => {
    assert.deepEqual(found('````md\n```js\na\n```\n`````\n~~~\n```\nb'), [
      ['md', '```js\na\n```'],
      ['', '```\nb'],
    ]);
  });

  it('is found in lists and in quotations, whose marks become spaces', () => {
    assert.deepEqual(found('- a\n  ```sh\n  b\n  ```\n> ```py\n> c # d\n> ```'), [
      ['sh', '  b'],
      ['py', '  c # d'],
    ]);
  });

  it('is not what stands in a comment, an element or a formula', () => {
    assert.deepEqual(found('<!--\n```\na\n-->\n<pre>\n```\n</pre>\n$$\n```\n$$\n`b` ```c``` d'), []);
  });
});
