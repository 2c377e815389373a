/** Expressions that are compiled once, and when they are tried: what they find is what Oniguruma's own lists find, in every search of real files. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { IOnigLib } from 'vscode-textmate';
import { SharedExpressions } from '../../src/editor/grammar/sharedExpressions.ts';
import { INITIAL, type IGrammar } from '../../src/editor/grammar/textMate.ts';
import { corpusFiles } from './corpus/corpusFiles.ts';
import { installedGrammars } from './installedGrammars.ts';

const oniguruma = createRequire(import.meta.url)('vscode-oniguruma') as IOnigLib;

async function grammarOf(language: string, engine: IOnigLib): Promise<IGrammar> {
  const grammars = await installedGrammars();
  // Starts Oniguruma.
  await grammars.grammarOf(language);
  return grammars.contributedGrammar(language, engine);
}

/** Letters whose other case is two letters, or one of ASCII. */
const PHP_NAMES = `<?php
namespace Straße\\ſsſ;
use ﬁ\\ß as ss, \u212Aß\\K;
abstract class ß extends \\ſt implements K, ŉ { const ẞ = 'ß', FI = SS::ﬁ; use Trait\u00C9 { ǰ as protected ss; } }
enum ﬀ: int { case ß = 1; }
function ŉ(?ß $ß, self|\u212A $ſs = ss): \\ﬃ { goto ẖ; ẖ: return $ß->ſ?->ss(...)[$k["$ß[ss] {$ß->ﬁ}"]] ?? ß::$ẗ::ẘ() . <<<ﬁ
  $ß->ss {$ſ}
  ﬁ;
}
?>`;

/** Each list twice. */
function compared(shared: SharedExpressions, count: () => void): IOnigLib {
  return {
    createOnigString: (text) => shared.createOnigString(text),
    createOnigScanner: (sources) => {
      const [own, other] = [shared.createOnigScanner(sources), oniguruma.createOnigScanner(sources)];
      return {
        findNextMatchSync: (text, from, options) => {
          count();
          const found = own.findNextMatchSync(text, from, options);
          assert.deepEqual(found, other.findNextMatchSync(text, from, options));
          return found;
        },
      };
    },
  };
}

describe('expressions that are compiled once', () => {
  it('find what lists of them find', async () => {
    let searches = 0;
    for (const language of ['javascript', 'python', 'cpp', 'markdown', 'php', 'shellscript', 'ruby', 'yaml', 'html']) {
      const grammar = await grammarOf(
        language,
        compared(new SharedExpressions(oniguruma), () => searches++),
      );
      const texts = corpusFiles().flatMap((file) => (file.language === language ? [file.text] : []));
      for (const text of [...texts.slice(0, 3), ...(language === 'php' ? [PHP_NAMES] : [])]) {
        let state = INITIAL;
        for (const line of text.split(/\r?\n/)) state = grammar.tokenizeLine2(line, state).ruleStack;
      }
    }
    assert.ok(searches > 10_000, String(searches));
  });

  it('read a line the same however often compiling them interrupts it', async () => {
    const [shared, whole] = [new SharedExpressions(oniguruma), new SharedExpressions(oniguruma)];
    const [inPieces, atOnce] = [await grammarOf('javascript', shared), await grammarOf('javascript', whole)];
    let state = INITIAL;
    let interruptions = 0;
    for (const line of ['const a = `b ${c /* d */} // e`; // f', 'x = /[/]"/; // y', '/** z', ' * @param {string} w */']) {
      let read;
      while ((read = shared.within(Number.MIN_VALUE, () => inPieces.tokenizeLine2(line, state))) === undefined) interruptions++;
      const expected = atOnce.tokenizeLine2(line, state);
      assert.deepEqual([...read.tokens], [...expected.tokens], line);
      state = read.ruleStack;
    }
    assert.ok(interruptions > 100, String(interruptions));
  });

  it('are let go when no rule has them any more', () => {
    let compiled = 0;
    const shared = new SharedExpressions({
      createOnigString: (text) => oniguruma.createOnigString(text),
      createOnigScanner: (sources) => {
        compiled++;
        const scanner = oniguruma.createOnigScanner(sources);
        return { findNextMatchSync: (...args) => scanner.findNextMatchSync(...args), dispose: () => (compiled--, scanner.dispose?.()) };
      },
    });
    for (let index = 0; index < 50_000; index++) {
      const scanner = shared.createOnigScanner(['a', `end${index}`]);
      assert.equal(scanner.findNextMatchSync(`end${index}`, 0, 0)?.index, 1);
      scanner.dispose!();
    }
    assert.ok(compiled <= 20_000, String(compiled));
  });
});
