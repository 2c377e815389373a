/** Lines that the grammar does not see: what is found is what it would have found. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { shortcutOf } from '../../src/editor/grammar/lineShortcut.ts';
import { corpusFiles } from './corpus/corpusFiles.ts';
import { installedGrammars } from './installedGrammars.ts';
import { longText, type LongLanguage } from './longTexts.ts';
import { DOCUMENTS } from './madeUpLines/documents.ts';
import { LIKE_C } from './madeUpLines/likeC.ts';
import { BEGINNINGS, SCRIPTS } from './madeUpLines/scripts.ts';

/** Of what the machine has; the grammar of C++ needs ten times as long as the others. */
const LONG: readonly (readonly [LongLanguage, length: number])[] = [
  ['javascript', 1_000_000],
  ['python', 1_000_000],
  ['c', 1_000_000],
  ['cpp', 300_000],
];

/** A comment behind a pattern of a case makes the rest of the case a pattern to its grammar, and that of CSS knows no rules in rules. */
const LOSES_COMMENTS: ReadonlySet<string> = new Set(['shellscript', 'css']);

describe('lines that the grammar need not see', () => {
  it('hide no comment of any file of the corpus, and make none', async () => {
    const grammars = await installedGrammars();
    let files = 0;
    for (const { path, language, text } of corpusFiles()) {
      if (shortcutOf(language) === undefined) continue;
      files++;
      const whole = await grammars.read(language, text, false);
      const short = await grammars.read(language, text, true, false);
      for (const { comments, literalLines } of [short, await grammars.read(language, text, true)]) {
        const seen = LOSES_COMMENTS.has(language)
          ? comments.filter((comment) => whole.comments.some((each) => isDeepStrictEqual(each, comment)))
          : comments;
        assert.deepEqual(seen, whole.comments, path);
        if (whole.syntax.prose !== undefined) assert.deepEqual(literalLines, whole.literalLines, path);
      }
    }
    assert.ok(files > 30, String(files));
  });

  it('are found in shell scripts where the grammar loses them', async () => {
    const grammars = await installedGrammars();
    const text = 'case $a in\n  / | /[!/]*) # a\n    if b; then\n      # c\n      d\n    fi;;\nesac # e';
    const lines = async (isShort: boolean): Promise<number[]> =>
      (await grammars.read('shellscript', text, isShort, false)).comments.map(({ start }) => start.line);
    assert.deepEqual(
      [await lines(true), await lines(false)],
      [
        [1, 3, 6],
        [1, 6],
      ],
    );
  });

  for (const [language, length] of LONG) {
    it(`hide none of a long text of ${language}`, async function () {
      const text = longText(language, length, language === 'javascript' ? 2_000_000 : 0);
      if (text === undefined) return this.skip();
      const grammars = await installedGrammars();
      const whole = await grammars.read(language, text, false);
      const short = await grammars.read(language, text, true, false);
      assert.ok(whole.comments.length > 500);
      assert.deepEqual(short.comments, whole.comments);
    });
  }

  for (const [language, statements] of Object.entries({ ...LIKE_C, ...SCRIPTS, ...DOCUMENTS })) {
    it(`hide none of made-up programs in ${language}`, async () => {
      const grammars = await installedGrammars();
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(...statements), { maxLength: 20 }), async (chosen) => {
          const text = [...(BEGINNINGS[language] ?? []), ...chosen].join('\n');
          const [short, whole] = [await grammars.read(language, text, true, false), await grammars.read(language, text, false, false)];
          assert.deepEqual(short.comments, whole.comments, text);
          if (whole.syntax.prose !== undefined) assert.deepEqual(short.literalLines, whole.literalLines, text);
        }),
        { numRuns: 500 },
      );
    });
  }
});
