/** C++ as this extension reads it: the comments and strings of real files are those that VS Code's own grammar of C++ finds. */
import assert from 'node:assert/strict';
import type { Comment } from '../../src/editor/comments.ts';
import { scopedText } from '../../src/editor/grammar/scopedComments.ts';
import type { IGrammar } from '../../src/editor/grammar/textMate.ts';
import { TokenizedLines } from '../../src/editor/grammar/tokenizedLines.ts';
import { atOnce } from '../../src/editor/inSlices.ts';
import { installedGrammars, type InstalledGrammars } from './installedGrammars.ts';
import { longFiles } from './longTexts.ts';

/** One of so many; the grammar of C++ is slow. */
const EACH = 12;

describe('C++ without its own grammar', () => {
  let grammars: InstalledGrammars;
  let theirs: IGrammar;

  before(async () => {
    grammars = await installedGrammars();
    theirs = await grammars.contributedGrammar('cpp');
  });

  const read = async (grammar: IGrammar, text: string): Promise<readonly Comment[][]> => {
    const lines = text.split('\n');
    const scopes = atOnce(new TokenizedLines(grammar).read(lines, () => ({ first: 0, last: lines.length })));
    const { comments, strings } = atOnce(scopedText(lines, scopes, await grammars.syntaxOf('cpp')));
    return [[...comments], [...strings]];
  };

  it('has the same comments, but for some that its grammar cuts short, and strings', async function () {
    const ours = await grammars.grammarOf('cpp');
    let files = 0;
    let comments = 0;
    const different: string[] = [];
    for (const { path, text } of longFiles('cpp')) {
      if (files++ % EACH !== 0 || text.length > 60_000) continue;
      const [own, other] = [await read(ours, text), await read(theirs, text)];
      comments += own[0]!.length;
      if (JSON.stringify(own) !== JSON.stringify(other)) different.push(path);
    }
    if (files === 0) return this.skip();
    assert.ok(comments > 1000, String(comments));
    assert.ok(different.length * 50 * EACH <= files, different.join(' '));
  });

  it('sees the same raw strings', async () => {
    const ours = await grammars.grammarOf('cpp');
    for (const text of [
      'auto a = R"(b" // no\n"c /* no)"; // d',
      'f(u8R"x(a)" // no\n)x", LR"(b)"); /* c */',
      'void f() {\n  g(R"(\n  // no\n  )"); // a\n}',
      '#define A R"(b // no)" // c\nint d; // e',
      'int R = 1; f(R, "(// no"); // a',
      "int n = 1'000'000; // a",
    ])
      assert.deepEqual(await read(ours, text), await read(theirs, text), text);
  });

  it('finds the comments that its grammar loses', async () => {
    const starts = async (grammar: IGrammar, text: string): Promise<string[]> =>
      (await read(grammar, text))[0]!.map(({ start, end }) => text.split('\n')[start.line]!.slice(start.character, end.character));
    const ours = await grammars.grammarOf('cpp');
    const cut = '  template<typename> struct A; // see <b>';
    assert.deepEqual([await starts(ours, cut), await starts(theirs, cut)], [['// see <b>'], ['// see <b']]);
    const off = 'void f() {\n#if 0\n  // no\n#endif\n  // yes\n}';
    assert.deepEqual([await starts(ours, off), await starts(theirs, off)], [['// yes'], ['// no', '// yes']]);
  });
});
