/** Edits made from targets: replaced, below and above; wrapped and marked like the source. */
import assert from 'node:assert/strict';
import { editedText, insertionAbove, insertionBelow, replacement } from '../../src/editor/targetText.ts';
import { displayWidth } from '../../src/editor/displayWidth.ts';
import { documentAfter, prose, source } from './editorText.ts';

const asIs = { wrapColumn: 0 };

function replaced(language: string, text: string, target: (text: string) => string, wrapColumn = 0): string {
  const from = source(language, text);
  return documentAfter(
    from,
    replacement(
      from,
      from.paragraphs.map((paragraph) => target(paragraph.text)),
      { wrapColumn },
    ),
  );
}

function below(language: string, text: string, target: (text: string) => string): string {
  const from = source(language, text);
  return documentAfter(
    from,
    insertionBelow(
      from,
      from.paragraphs.map((paragraph) => target(paragraph.text)),
      asIs,
    ),
  );
}

function above(language: string, text: string, summary: string): string {
  const from = source(language, text);
  return documentAfter(from, insertionAbove(from, summary, asIs));
}

const upper = (text: string): string => text.toUpperCase();

const samples: readonly (readonly [language: string, text: string])[] = [
  ['python', 'def f(a):\n\t"""Adds.\n\n\tArgs:\n\t\ta: The first of them.\n\n\tReturns:\n\t\tint: The sum.\n\t"""\n\tx = 1  # the x\n'],
  [
    'javascript',
    '/**\n * Adds `two` numbers.\n *\n * - one\n * @param {T} a - The first.\n */\nf(/* the x */ 1); // done\n/* a  b */\n// ---- Title ----\n',
  ],
  ['csharp', '/// <summary>Gets it.</summary>\r\n/// <param name="x">The x.</param>\r\n'],
  [
    'markdown',
    '# Title\n\nA very long line that nothing wraps, because it is one paragraph in a document with soft wrapping, as many are.\n\n- [ ] item\n  1. inner\n\n> quote\n\nSetext\n======\n\nBreak  \nnext\\\nlast\n',
  ],
  ['html', '<!-- only comment -->\n'],
  ['html', '<p>Some <b>text</b></p>\n<li>Item</li>\n'],
  ['python', '# שלום עולם\n\n# emoji 👩‍💻 here\n\n# 日本語の文章です。\n'],
  ['lua', '--[[ one ]]\n--- two\n'],
  ['plaintext', 'just words'],
];

const wrappedSamples: readonly (readonly [language: string, text: string])[] = [
  [
    'python',
    'def f(a):\n    """Adds two numbers of\n    any kind at all.\n\n    Args:\n        a (int): The first one of the\n            two, or nothing.\n    """\n',
  ],
  [
    'javascript',
    '/**\n * One two three four five six\n * seven eight nine.\n * @param {T} a - The first\n *   of them.\n */\n// line one is here\n// and line two.\n',
  ],
  ['markdown', '> quoted words that\n> go on here\n\n1. number one\n   and more\n'],
  ['shellscript', '# Does it\n#   with a hanging\n#   indentation.\n'],
];

describe('target text', () => {
  for (const [language, text] of [...samples, ...wrappedSamples]) {
    it(`of an identity changes nothing: ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.equal(
        replaced(language, text, (words) => words),
        text,
      );
    });
  }

  for (const [language, text] of samples) {
    it(`keeps everything but the prose, line by line: ${JSON.stringify(text.slice(0, 40))}`, () => {
      const from = source(language, text);
      const after = replaced(language, text, (words) => words.replace(/\p{Ll}/gu, 'x'));
      assert.equal(after.replace(/\p{L}/gu, 'x'), text.replace(/\p{L}/gu, 'x'));
      assert.ok(from.paragraphs.length > 0);
    });
  }

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

  it('keeps line endings', () => {
    const after = replaced('c', '// one two three four five six seven eight\r\n// nine\r\n', (text) => `${text} ${text}`);
    assert.ok(/^(?:\/\/ [^\r\n]*\r\n)+$/.test(after), JSON.stringify(after));
  });

  it('cannot end the comment or the string that it goes into', () => {
    assert.equal(
      replaced('c', '/* one */', () => 'one */ two'),
      '/* one * / two */',
    );
    assert.equal(
      replaced('html', '<!-- one -->', () => 'one --> two'),
      '<!-- one -- > two -->',
    );
    assert.equal(
      replaced('python', '"""One."""', () => 'One """two"'),
      '"""One "" "two" """',
    );
    assert.equal(
      replaced('javascript', "say('⟦the object⟧');", () => "l'objet"),
      "say('l’objet');",
    );
    assert.equal(
      replaced('javascript', 'say("⟦the object⟧");', () => 'das "Objekt" \\'),
      'say("das ”Objekt” \\\\");',
    );
    assert.equal(
      replaced('c', '// one', () => 'one\n\ntwo\r\nthree'),
      '// one two three',
    );
  });

  it('leaves the source where the target is empty', () => {
    assert.equal(
      replaced('c', '// one', () => ' \n'),
      '// one',
    );
  });

  it('makes the rule below a title as long as the title', () => {
    assert.equal(replaced('restructuredtext', 'Title\n=====\n\nText.\n', upper), 'TITLE\n=====\n\nTEXT.\n');
    assert.equal(
      replaced('restructuredtext', 'Title\n=====\n', () => 'Der Titel'),
      'Der Titel\n=========\n',
    );
  });

  it('replaces nothing but the selection', () => {
    assert.equal(replaced('javascript', '// One ⟦two\n// three⟧ four\nx = "y";', upper), '// One TWO THREE four\nx = "y";');
    const from = source('javascript', 'a;\n⟦// One\n⟧b;');
    assert.equal(editedText(from, replacement(from, ['Eins'], asIs)), '// Eins');
  });

  it('below line comments has the same marks', () => {
    assert.equal(below('c', '  // one\n  x;', upper), '  // one\n  // ONE\n  x;');
    assert.equal(
      below('rust', '/// One\n/// two.\n///\n/// - three\nx', upper),
      '/// One\n/// two.\n///\n/// - three\n///\n/// ONE TWO.\n///\n/// - THREE\nx',
    );
    assert.equal(below('python', '    x = 1  # one\n', upper), '    x = 1  # one\n    # ONE\n');
    assert.equal(below('c', '⟦// one\n⟧// two\n', upper), '// one\n// two\n//\n// ONE\n');
  });

  it('below a block comment stays inside it', () => {
    assert.equal(
      below('java', '/**\n * One.\n *\n * @param a Two.\n */\n', upper),
      '/**\n * One.\n *\n * @param a Two.\n *\n * ONE.\n *\n * @param a TWO.\n */\n',
    );
    assert.equal(below('java', '  /** One. */\n', upper), '  /** One.\n   *\n   * ONE. */\n');
    assert.equal(below('java', 'f(/* one */ 1);', upper), 'f(/* one (ONE) */ 1);');
    assert.equal(below('html', '<!-- one -->', upper), '<!-- one\n\n     ONE -->');
    assert.equal(below('c', '/*\n  one\n*/', upper), '/*\n  one\n\n  ONE\n*/');
  });

  it('below a docstring or prose comes after a blank line', () => {
    assert.equal(below('python', 'def f():\n    """One."""\n', upper), 'def f():\n    """One.\n\n    ONE."""\n');
    assert.equal(
      below('python', '"""One.\n\nArgs:\n    a: Two.\n\n    >>> f()\n"""\n', upper),
      '"""One.\n\nArgs:\n    a: Two.\n\nONE.\n\nArgs:\n    a: TWO.\n\n    >>> f()\n"""\n',
    );
    assert.equal(below('markdown', '⟦one\n⟧\ntwo\n', upper), 'one\n\nONE\n\ntwo\n');
    assert.equal(below('markdown', 'one ⟦two⟧ three\nfour\n\nfive\n', upper), 'one two three\nfour\n\nTWO\n\nfive\n');
    assert.equal(below('markdown', 'a <p>x</p>\n\n⟦<p>one</p>⟧', upper), 'a <p>x</p>\n\n<p>one</p>\n\n<p>ONE</p>');
  });

  it('below code is a comment line, or nothing where there are no comments', () => {
    assert.equal(below('javascript', '  say("⟦one⟧");\n', upper), '  say("one");\n  // ONE\n');
    assert.equal(below('css', 'a::after { content: "⟦one⟧" }\n', upper), 'a::after { content: "one" }\n/* ONE */\n');
    assert.equal(below('json', '{"a": "⟦one⟧"}', upper), '{"a": "one"}');
  });

  it('above is a paragraph of its own in the same comment', () => {
    assert.equal(above('c', '  // one\n  // two\n', 'Sum.'), '  // Sum.\n  //\n  // one\n  // two\n');
    assert.equal(above('python', '  x = 1  # one\n', 'Sum.'), '  # Sum.\n  x = 1  # one\n');
    assert.equal(above('java', '/**\n * one\n * @return two\n */', 'Sum.'), '/**\n * Sum.\n *\n * one\n * @return two\n */');
    assert.equal(above('java', '  /** one */', 'Sum.'), '  /** Sum.\n   *\n   * one */');
    assert.equal(
      above('python', 'def f():\n    """One.\n\n    Two.\n    """', 'Sum.'),
      'def f():\n    """Sum.\n\n    One.\n\n    Two.\n    """',
    );
    assert.equal(above('markdown', '# Title\n\none ⟦two⟧\nthree\n', 'Sum.'), '# Title\n\nSum.\n\none two\nthree\n');
    assert.equal(
      above('csharp', '/// <summary>\n/// one\n/// </summary>', 'Sum.'),
      '/// <summary>\n/// Sum.\n///\n/// one\n/// </summary>',
    );
    assert.equal(above('javascript', '  say("⟦one⟧");', 'Sum.'), '  // Sum.\n  say("one");');
  });
});
