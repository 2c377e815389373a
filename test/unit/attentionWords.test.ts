/** Words of tokens, and maps of words. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { mergeToWords, wordsOf, type Word } from '../../src/shared/attention/words.ts';
import { randomNumbers, randomMaps, assertSums, tokensOf } from './randomAttention.ts';

const labelsOf = (...labels: string[]): string[] => {
  const { text, tokens } = tokensOf(...labels);
  return wordsOf(text, tokens).map(({ label }) => label);
};

describe('words', () => {
  it('are parted at their boundaries, in any script, whatever the tokens', () => {
    assert.deepEqual(labelsOf('Retur', 'ns', ' the', ' list', '.', '</s>'), ['Returns', 'the', 'list', '.', '</s>']);
    assert.deepEqual(labelsOf('Schlu', '\u0308', 'ssel', ' da', '!?'), ['Schlu\u0308ssel', 'da', '!?']);
    assert.deepEqual(labelsOf('don', "'", 't', ' (', 'a', ')'), ["don't", '(', 'a', ')']);
    assert.deepEqual(labelsOf('<2de>', 'a', ' ', '  b', '  ', '</s>'), ['<2de>', 'a', 'b', '</s>']);
    assert.deepEqual(labelsOf(' see `open()`', ', not', 'hing'), ['see `open()`', ', nothing']);
  });

  it('keep the bytes of one character together', () => {
    const text = 'a🙂';
    const spans = [[0, 1], [1, 3], [1, 3], [1, 3], [1, 3], [3, 3]] as const; // prettier-ignore
    const tokens = spans.map(([start, end], id) => ({ id, label: id === 5 ? '</s>' : text.slice(start, end), span: { start, end } }));
    assert.deepEqual(
      wordsOf(text, tokens).map(({ label, kind, tokens: { start, end } }) => [label, kind, start, end]),
      [['a', 'word', 0, 1], ['🙂', 'punctuation', 1, 5], ['</s>', 'control', 5, 6]], // prettier-ignore
    );
  });

  it('hold every token once and every character, for random cuts of a text', () => {
    const random = randomNumbers(7);
    const text = 'Die  Größe von `max_len` – «não» 漢字かな 👩‍💻 e\u0301, 3.14\n\tZu Ende.  ';
    for (let round = 0; round < 200; round++) {
      const cuts = [0, ...Array.from({ length: text.length }, (_, i) => i).filter(() => random() < 0.4), text.length];
      const tokens = cuts.slice(1).map((end, id) => ({ id, label: text.slice(cuts[id], end), span: { start: cuts[id]!, end } }));
      const words = wordsOf(text, tokens);
      let [position, offset] = [0, 0];
      for (const word of words) {
        assert.deepEqual([word.tokens.start, word.span.start], [position, offset]);
        assert.ok(word.tokens.end > position);
        assert.equal(text.slice(word.span.start, word.span.end).trim(), word.label);
        assert.notEqual(word.label, '');
        ({ tokens: { end: position }, span: { end: offset } } = word); // prettier-ignore
      }
      assert.deepEqual([position, offset], [tokens.length, text.length]);
    }
  });

  it('keep the mass of each row when tokens are merged', () => {
    const random = randomNumbers(11);
    const cut = (length: number): Word[] => {
      const words: Word[] = [];
      for (let start = 0; start < length;) {
        const end = Math.min(length, start + 1 + Math.floor(random() * 3));
        words.push({ label: '', span: { start, end }, kind: 'word', tokens: { start, end } });
        start = end;
      }
      return words;
    };
    const [rows, columns] = [cut(13), cut(17)];
    const values = randomMaps(5, 1, 1, 13, 17).data;
    assertSums(mergeToWords(values, rows, columns), columns.length);
    const single = (length: number): Word[] => Array.from({ length }, (_, i) => ({ ...rows[0]!, tokens: { start: i, end: i + 1 } }));
    assert.deepEqual(mergeToWords(values, single(13), single(17)), values);
  });
});
