/** Targets are wrapped like their source, or as the user wants. */
import assert from 'node:assert/strict';
import { displayWidth } from '../../src/editor/displayWidth.ts';
import { prose, source } from './editorText.ts';
import { replaced, upper } from './targetEdits.ts';
import { wrappedSamples } from './targetSamples.ts';

describe('a target that is wrapped', () => {
  for (const [language, text] of wrappedSamples) {
    it(`keeps words and prefixes when it wraps again: ${JSON.stringify(text.slice(0, 40))}`, () => {
      const after = replaced(language, text, upper);
      const { paragraphs } = source(language, after);
      assert.deepEqual(
        paragraphs.map((paragraph) => paragraph.text),
        source(language, text).paragraphs.map((paragraph) => upper(paragraph.text)),
      );
      for (const [index, paragraph] of source(language, text).paragraphs.entries()) {
        assert.equal(paragraphs[index]!.lead, paragraph.lead);
        assert.equal(paragraphs[index]!.prefix, paragraph.prefix);
      }
      // Once wrapped, it stays as it is.
      assert.equal(
        replaced(
          language,
          replaced(language, after, (words) => `${words}.`),
          (words) => words,
        ),
        replaced(language, after, (words) => `${words}.`),
      );
    });
  }

  it('is wrapped to the width that the source had', () => {
    const line = 'word '.repeat(13).trim();
    const text = `    # ${line}\n    # ${line}\n    # word\n`;
    const lines = replaced('python', text, (words) => words.replaceAll('word', 'wort!')).split('\n');
    for (const each of lines) assert.ok(displayWidth(each) <= 4 + 2 + line.length, each);
    assert.equal(lines.length, 4);
  });

  it('takes little time for 200,000 characters', () => {
    for (const [language, text] of [
      ['plaintext', `a${' '.repeat(200_000)}b`],
      ['c', `// ${'a'.repeat(200_000)}\n// b`],
      ['c', `/*\n${'// word and word\n'.repeat(12_000)}*/`],
      ['markdown', '> word and word\n'.repeat(12_000)],
    ] as const) {
      const begin = performance.now();
      replaced(language, text, (words) => `${words}c`);
      const took = performance.now() - begin;
      assert.ok(took < 3000, `${text.slice(0, 10)}: ${took} ms`);
    }
  });

  it('is wrapped at wrapColumn', () => {
    assert.equal(replaced('python', '# one two three four five six seven\n', upper, 20), '# ONE TWO THREE FOUR\n# FIVE SIX SEVEN\n');
  });

  it('wraps a comment of one line only where it gets longer than 80 columns', () => {
    const twice = (text: string): string => `${text} ${text}`;
    assert.equal(replaced('rust', '/// A short line.\n', twice), '/// A short line. A short line.\n');
    const long = 'ten chars '.repeat(5).trim();
    assert.equal(
      replaced('javascript', `  /** ${long} */\n`, twice),
      `  /** ${long} ten chars ten chars ten\n   * chars ten chars ten chars */\n`,
    );
    assert.equal(replaced('javascript', `x(); // ${long}\n`, twice), `x(); // ${long} ${long}\n`);
    assert.equal(replaced('markdown', `${long}\n`, twice), `${long} ${long}\n`);
  });

  it('hangs list items and documented names', () => {
    const longer = (text: string): string => `${text} ${'and more of it '.repeat(5).trim()}`;
    assert.equal(replaced('c', '// - One item.\n', longer), `// - One item. ${'and more of it '.repeat(4)}and\n//   more of it\n`);
    assert.equal(
      replaced('python', '"""Sum.\n\nArgs:\n    a: The first.\n"""', (text) => (text === 'Sum.' ? text : longer(text))),
      `"""Sum.\n\nArgs:\n    a: The first. ${'and more of it '.repeat(4).trim()}\n        and more of it\n"""`,
    );
  });

  it('never begins a line with what would be markup', () => {
    const text = `${'word '.repeat(16).trim()}\nword\n`;
    const after = replaced('markdown', text, () => `${'word '.repeat(15).trim()} - 1. @param # > word`);
    assert.equal(
      after
        .split('\n')
        .slice(1)
        .filter((line) => /^(?:[-#>]|1\.|@)/.test(line)).length,
      0,
      after,
    );
  });

  it('counts East Asian columns and may break between wide characters', () => {
    const text = '# 日本語の文章、日本語の文章、日本語の文章、日本語の文章、日本語の文章、\n# 日本語の文章。\n';
    const lines = replaced('python', text, (words) => `${words}文`).split('\n');
    assert.deepEqual(
      prose('python', lines.join('\n')),
      prose('python', text.trimEnd()).map((words) => `${words}文`),
    );
    assert.ok(
      lines.every((line) => displayWidth(line) <= 72),
      lines.join('|'),
    );
    assert.ok(lines.every((line) => !/^# [、。]/.test(line)));
    assert.equal(displayWidth('日本👩‍💻e\u0301\u200d'), 7);
    assert.equal(displayWidth('a\tb', 4), 5);
  });

  it('keeps inline code on one line', () => {
    const code = '`a b c d e f`';
    const after = replaced('python', '# one two three four five six seven eight\n# nine ten\n', () => `${'word '.repeat(6)}${code} word`);
    assert.ok(after.includes(code), after);
  });
});
