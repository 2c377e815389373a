/** What is kept for every model, beside the pattern of the bundled one: which characters are a span, and the time that odd texts take. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withKept } from '../../src/shared/keptPattern.ts';
import { PROTECTED_PATTERN } from '../../src/shared/protectedPattern.ts';
import { protect, restore, type Protection } from '../../src/shared/protectedSpans.ts';

const protection: Protection = { pattern: withKept(PROTECTED_PATTERN), firstSentinel: 0xe000, sentinels: 16 };

const KEPT: readonly (readonly [text: string, spans: readonly string[]])[] = [
  ['✓ Read, ❌ written, ★ starred', ['✓', '❌', '★']],
  ['├── src │   └── a.ts', ['├──', '│   └──']],
  ['The price is ¥3, £4, €5 or $6', ['¥']],
  ['x ≠ y ⇒ y ≈ ½ ÷ 10⁶', ['≠', '⇒', '≈ ½ ÷', '⁶']],
  ['90° ± 1 × 2 − 3², – “a” … «b» § 4 © 2024 №5 a•b', []],
  ['👩‍💻 For 👍🏽 and 1️⃣ 🇩🇪', ['👩‍💻', '👍🏽', '1️⃣ 🇩🇪']],
  ['A zero​width space', ['\u200B']],
  [
    'List&lt;T&gt; is &lt;T&gt; &amp;&amp; R&amp;D &#39;a&#x27;',
    ['List&lt;T&gt;', '&lt;T&gt;', '&amp;&amp;', 'R&amp;D', '&#39;', '&#x27;'],
  ],
  ['&quot;Hello world&quot; a & b; c', ['&quot;']],
  ['Copies \\p first to @p last, see \\c std::vector<int>.', ['\\p first', '@p last', '\\c std::vector<int>']],
  ['See @ref Foo::bar "the bar" and \\a f(x).', ['@ref Foo::bar "the bar"', '\\a f(x)']],
  ['In \\\\\\\\users\\\\share or C:\\\\Users\\\\me, but C:\\a\\b.', ['\\\\\\\\users\\\\share', 'C:\\\\Users\\\\me', 'C:\\a\\b']],
  ['Matches \\d+\\.\\d*, \\u00e4 and \\x41 of 100\\%.', ['\\d+\\.\\d*', '\\u00e4', '\\x41', '\\%']],
  ["snake\\_case, don\\'t, AT\\&T", ['snake\\_case', 'AT\\&T']],
  ['\\(x + 1\\) is $$x^2 + y$$, \\emph{first word}', ['\\(x + 1\\)', '$$x^2 + y$$', '\\emph{first word}']],
  ['<c>first name</c>, <kbd class="a">Ctrl+C</kbd>, <b>bold</b>', ['<c>first name</c>', '<kbd class="a">Ctrl+C</kbd>', '<b>', '</b>']],
  ['{% if user %} {# c #} {#id} <%= y %> {:else} {/if} { a }', ['{% if user %}', '{# c #}', '{#id}', '<%= y %>', '{:else}', '{/if}']],
  [
    'Calls \\verb|read it| or \\lstinline[a=b]!close it! or \\mintinline{python}{x = 1} here, \\verbose|a b|',
    ['\\verb|read it|', '\\lstinline[a=b]!close it!', '\\mintinline{python}{x = 1}', '\\verbose'],
  ],
  ["He said ``hello there'' and then ``good bye'' to it", ['``', "''"]],
  ["It reads `the file' and `the other' twice", ["`the file'", "`the other'"]],
  ["The ``x = ''`` and ``y`` are `the users' names`, `a' or 'b` here", ["``x = ''``", '``y``', "`the users' names`", "`a' or 'b`"]],
  [
    'Returns the [path] of [the file][file], see [the guide](a.md) or [1]: a list[int], a [Foo::bar] and [two words] in dict[str, int]',
    ['[path]', '[file]', 'a.md', '[1]', 'list[int]', '[Foo::bar]'],
  ],
  [`The picture data:image/png;base64,iVBO/+= is`, ['data:image/png;base64,iVBO/+=']],
  [`The key ${'aB3/'.repeat(30)} is`, ['aB3/'.repeat(30)]],
];

describe('what is kept for every model', () => {
  for (const [text, spans] of KEPT) {
    it(`is found in ${JSON.stringify(text.slice(0, 50))}`, () => assert.deepEqual(protect(text, protection).spans, spans));
  }

  it('comes back as it was', () => {
    const piece = fc.constantFrom(
      ...[
        '✓',
        '👩‍💻',
        '\ud83d',
        '\\',
        '\\\\',
        '&lt;',
        '&',
        ';',
        '@p ',
        '{%',
        '%}',
        '<c>',
        '</c>',
        'a',
        ' ',
        '$$',
        '`',
        '"',
        '.',
        'data:a/b,',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const source = protect(pieces.join(''), protection);
        assert.equal(restore(source.text, source, protection).written, source.exposed.length > 0 ? source.written : pieces.join(''));
      }),
    );
  });

  const opened = ['', 'a://', '<a ', '](', '`', '@p ', '\\', 'data:a/b,', '<c>'];
  const odd = [
    ...[
      'a',
      'a.',
      'a/',
      '/',
      'a_',
      'aB',
      'a::',
      '-',
      '--a',
      '@',
      'a@b.',
      '.',
      '=',
      'http://',
      '中a',
      '✓',
      '✓ ',
      '→\u200d',
      '1\ufe0f',
      '&',
      '&a',
      '&lt;',
      'a&amp;',
    ],
    ...[
      '\\',
      '\\a',
      '\\.',
      'a\\',
      '\\ ',
      '$',
      '$a',
      '`',
      '<',
      '<a ',
      '<c>',
      '<!--',
      '{',
      '{%',
      '{#a',
      '[a](',
      '@p ',
      '@ref a "',
      'data:a/b;',
      ':a ',
      '%1',
      '  ',
    ],
  ];
  for (const unit of odd) {
    it(`takes little time to find in 100,000 times ${JSON.stringify(unit)}, whatever was opened before`, () => {
      for (const opener of opened) {
        const text = opener + unit.repeat(100_000 / unit.length);
        const begin = performance.now();
        protect(text, protection);
        const took = performance.now() - begin;
        assert.ok(took < 1500, `${took} ms behind ${opener}`);
      }
    });
  }
});
