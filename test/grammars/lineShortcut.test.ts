/** Lines that the grammar does not see: what is found is what it would have found. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { shortcutOf } from '../../src/editor/grammar/lineShortcut.ts';
import { corpusFiles } from './corpus/corpusFiles.ts';
import { installedGrammars } from './installedGrammars.ts';

/** Of code that is well-formed in JavaScript, whatever stands between its lines. */
const STATEMENTS = [
  ...['let a = 1; // b', 'f("a", \'b\');', 'f("// no", 1); // yes', 'const r = /[\'"`]/; // b', 'x = a / b; /* c */ y = b / a;', '', '  '],
  ...[
    '/**\n * Text `a\n * @param {string} b "\n */',
    '/* a\n// b\n*/',
    '`a ${b} // no\n${f({\n  a: 1,\n})} // no\n`; // yes',
    'if (a < b && c > d) { // a',
  ],
  ...[
    '}',
    'class A {\n  b = 1; // c\n  d() { // e\n    return `f`;\n  }\n}',
    'type B = {\n  c: "d"; // e\n};',
    '// a\n// b',
    "let s = 'a\\\n// no';",
  ],
];

describe('lines that the grammar need not see', () => {
  it('hide no comment of any file of the corpus, and make none', async () => {
    const grammars = await installedGrammars();
    let files = 0;
    for (const { path, language, text } of corpusFiles()) {
      if (shortcutOf(language) === undefined) continue;
      files++;
      const whole = await grammars.read(language, text, false);
      const short = await grammars.read(language, text, true, false);
      assert.deepEqual(short.comments, whole.comments, path);
      assert.deepEqual((await grammars.read(language, text, true)).comments, whole.comments, path);
    }
    assert.ok(files > 15, String(files));
  });

  it('hide none of a megabyte', async () => {
    const grammars = await installedGrammars();
    const file = new URL('../../node_modules/typescript/lib/typescript.js', import.meta.url);
    const text = readFileSync(file, 'utf8').slice(2_000_000, 3_000_000);
    const whole = await grammars.read('javascript', text, false);
    const short = await grammars.read('javascript', text, true, false);
    assert.ok(whole.comments.length > 500);
    assert.deepEqual(short.comments, whole.comments);
  });

  it('hide none of made-up programs', async () => {
    const grammars = await installedGrammars();
    const grammar = (isShort: boolean, text: string) => grammars.read('typescript', text, isShort, false);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...STATEMENTS), { maxLength: 20 }), async (statements) => {
        const text = statements.join('\n');
        assert.deepEqual((await grammar(true, text)).comments, (await grammar(false, text)).comments, text);
      }),
      { numRuns: 200 },
    );
  });
});
