import assert from 'node:assert/strict';
import { inGroups, linesOf, notEmpty, paragraphsOf } from '../../src/cli/textStream.ts';

/** The text in pieces of so many characters. */
async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += size) yield await Promise.resolve(text.slice(start, start + size));
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

describe('text as it comes', () => {
  const texts = [
    '',
    '\n',
    'one',
    'one\n',
    'one\n\n',
    'one\r\ntwo\r\n\r\n',
    'one\n \t\n\r\n  two\n\nthree\n',
    '\n\none\nmore\n\n\n',
    'one\r\n\r',
  ];

  for (const size of [1, 2, 3, 100]) {
    it(`has the lines and paragraphs of the whole text in pieces of ${size}`, async () => {
      for (const text of texts) {
        assert.deepEqual(await all(linesOf(pieces(text, size))), text.replace(/\r?\n$/, '').split(/\r?\n/), JSON.stringify(text));
        const parts = await all(paragraphsOf(pieces(text, size)));
        assert.equal(parts.join(''), text);
        const paragraphs = text.split(/(?:\r?\n[ \t]*){2,}/).filter((part) => part.trim() !== '');
        assert.deepEqual(
          parts.filter((part) => part.trim() !== ''),
          paragraphs,
          JSON.stringify(text),
        );
      }
    });
  }

  it('is held a few paragraphs at a time', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<string> {
      for (; ; read += 1000) yield await Promise.resolve('word '.repeat(199) + 'end.\n\n');
    }
    for await (const group of inGroups(paragraphsOf(endless()))) {
      assert.ok(group.length > 2);
      break;
    }
    assert.ok(read < 50_000);
  });

  it('is refused at its end where it is blank', async () => {
    await assert.rejects(all(notEmpty(pieces(' \n\n ', 1))), /The input is empty/);
    assert.deepEqual(await all(notEmpty(pieces(' a ', 9))), [' a ']);
  });
});
