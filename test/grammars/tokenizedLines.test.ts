/** Edits: whatever was read before, a document reads as if it were new, and only what an edit changes is read again. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TokenizedLines } from '../../src/editor/grammar/tokenizedLines.ts';
import type { IGrammar } from '../../src/editor/grammar/textMate.ts';
import { atOnce } from '../../src/editor/inSlices.ts';
import { installedGrammars } from './installedGrammars.ts';

/** Lines that open and close what goes on over lines. */
const LINES = ['/*', '*/', '// a', 'x = `', '${y', '}`', 'let a = 1;', '', '  "b" /* c */', '/** d', ' * e', "'f'"];

describe('a document that is read again', () => {
  let grammar: IGrammar;
  let tokenized = 0;

  before(async () => {
    const own = await (await installedGrammars()).grammarOf('javascript');
    grammar = {
      tokenizeLine: (...args) => own.tokenizeLine(...args),
      tokenizeLine2: (...args) => {
        tokenized++;
        return own.tokenizeLine2(...args);
      },
    };
  });

  it('has the scopes of one that is read for the first time', () => {
    const lines = fc.array(fc.constantFrom(...LINES), { maxLength: 30 });
    const edit = fc.record({
      at: fc.nat(30),
      removed: fc.nat(4),
      added: fc.array(fc.constantFrom(...LINES), { maxLength: 4 }),
      through: fc.nat(40),
    });
    fc.assert(
      fc.property(lines, fc.array(edit, { maxLength: 6 }), (first, edits) => {
        const kept = new TokenizedLines(grammar);
        let now = first;
        for (const { at, removed, added, through } of edits) {
          atOnce(kept.read(now, () => ({ first: 0, last: through })));
          now = now.toSpliced(at, removed, ...added);
        }
        assert.deepEqual(atOnce(kept.read(now)), atOnce(new TokenizedLines(grammar).read(now)));
      }),
      { numRuns: 150 },
    );
  });

  it('is tokenized only from the edit on, and only until nothing is different any more', () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `let a${index} = ${index}; // ${index}`);
    const kept = new TokenizedLines(grammar);
    const count = (now: readonly string[], through = Infinity): number => {
      tokenized = 0;
      atOnce(kept.read(now, () => ({ first: 0, last: through })));
      return tokenized;
    };
    assert.equal(count(lines, 99), 101, 'no further down than to the first line that begins with code');
    assert.equal(count(lines), 899);
    assert.equal(count(lines.with(500, 'let b;')), 1);
    assert.equal(count(lines.toSpliced(500, 1, 'let b;', 'let c;')), 1, 'the first of them was read before');
    assert.equal(count(lines.with(500, '/*')), 500);
    assert.equal(count(lines), 0, 'lines as they were before the edit are remembered');
  });
});
