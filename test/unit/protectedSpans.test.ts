/** protect() and restore() against Python's, and the offsets between both texts. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { lostSpans, protect, restore, writtenSpan, type Protection } from '../../src/shared/protectedSpans.ts';

interface Golden extends Protection {
  readonly cases: readonly {
    readonly text: string;
    readonly protected: string;
    readonly spans: readonly string[];
    readonly restored: string;
  }[];
}

const golden = JSON.parse(readFileSync(new URL('../fixtures/protect.json', import.meta.url), 'utf8')) as Golden;

describe('protected spans', () => {
  for (const { text, protected: expected, spans, restored } of golden.cases) {
    it(`are Python's: ${JSON.stringify(text.slice(0, 50))}`, () => {
      const result = protect(text, golden);
      assert.equal(result.text, expected);
      assert.deepEqual(result.spans, spans);
      assert.equal(restore(result.text, result, golden).written, restored);
    });

    it(`keep their offsets: ${JSON.stringify(text.slice(0, 50))}`, () => {
      const result = protect(text, golden);
      let rebuilt = '';
      for (let offset = 0; offset < result.text.length; offset++) {
        const { start, end } = writtenSpan(result, { start: offset, end: offset + 1 });
        assert.equal(start, rebuilt.length);
        rebuilt += text.slice(start, end);
      }
      assert.equal(rebuilt, text);
      const back = restore(result.text, result, golden);
      assert.deepEqual(back.sentinels, result.sentinels);
    });
  }

  it('are put back where the model moved, repeated or dropped them', () => {
    const source = protect('Call `foo` with snake_case.', golden);
    const back = restore('Mit \uE001 \uE001 rufen \uE00F.', source, golden);
    assert.equal(back.written, 'Mit snake_case snake_case rufen .');
    assert.deepEqual(writtenSpan(back, { start: 4, end: 5 }), { start: 4, end: 14 });
    assert.deepEqual(writtenSpan(back, { start: 6, end: 7 }), { start: 15, end: 25 });
    assert.deepEqual(writtenSpan(back, { start: 8, end: 13 }), { start: 26, end: 31 });
    assert.deepEqual(writtenSpan(back, { start: 5, end: 5 }), { start: 14, end: 14 });
  });

  it('are missed where the target lacks them, each as often as it is missing', () => {
    const source = protect('Copy `a` and `a` to %s.', golden);
    const lost = (target: string): string[] => lostSpans(source, restore(target, source, golden));
    assert.deepEqual(lost('\uE001: \uE000, \uE000'), []);
    assert.deepEqual(lost('\uE000 \uE001 \uE001'), ['`a`']);
    assert.deepEqual(lost('a, %s'), ['`a`', '`a`', '%s']);
  });

  it('are missed where they have grown together with a neighbour that they do not have in the source', () => {
    const source = protect('Set max_length and min_length, or {0}{1}.', golden);
    const lost = (target: string): string[] => lostSpans(source, restore(target, source, golden));
    assert.deepEqual(lost('\uE000, \uE001, \uE002\uE003'), []);
    assert.deepEqual(lost('\uE000\uE001, \uE002\uE003'), ['max_length', 'min_length']);
    assert.deepEqual(lost('\uE000s \uE001, \uE002\uE003'), ['max_length']);
  });

  it('are missed too where no sentinel was left for them', () => {
    const names = Array.from({ length: golden.sentinels + 2 }, (_, index) => `\`f${index}\``);
    const source = protect(names.join(' '), golden);
    assert.deepEqual(source.exposed, names.slice(golden.sentinels));
    assert.deepEqual(lostSpans(source, restore(`${source.text.slice(0, 2 * golden.sentinels)}\`f17\``, source, golden)), ['`f16`']);
  });

  it('are not all that a target can lose: bytes that are no text stand for characters that the model could not write', () => {
    const lost = (text: string, target: string): string[] => {
      const source = protect(text, golden);
      return lostSpans(source, restore(target, source, golden));
    };
    assert.deepEqual(lost('The function 함수.', 'Die Funktion \uFFFD\uFFFD.'), ['함', '수']);
    assert.deepEqual(lost('A \uFFFD in it.', 'Ein \uFFFD darin.'), []);
    assert.deepEqual(lost('如果文件不存在', 'If the \uFFFD'), ['\uFFFD']);
    assert.deepEqual(lost('Plain.', '\uFFFD'), ['\uFFFD']);
  });

  it('are not all that a target can lose: braces outside them come in as many as there were', () => {
    const lost = (text: string, target: string): string[] => {
      const source = protect(text, golden);
      return lostSpans(source, restore(target, source, golden));
    };
    assert.deepEqual(lost('The {\\bf first words} are read.', 'Die ersten {\uE000 Wörter} werden gelesen.'), []);
    assert.deepEqual(lost('The {\\bf first words} are read.', 'Die ersten \uE000 Wörter} werden gelesen.'), ['{']);
    assert.deepEqual(lost('Plain.', 'Ein {Text}.'), ['{', '}']);
  });

  it('that hold a sentinel themselves come back as written', () => {
    const text = '`x \uE001` snake_case';
    const result = protect(text, golden);
    assert.equal(restore(result.text, result, golden).written, text);
  });
});
