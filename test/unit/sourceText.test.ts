/** What is found to be prose in real shapes of comments, docstrings and documents, and what is left alone. */
import assert from 'node:assert/strict';
import { documentRanges } from '../../src/editor/selectedPassage.ts';
import { prose, read, source } from './editorText.ts';

interface Shape {
  readonly name: string;
  readonly language: string;
  readonly text: string;
  /** Lead, "¦", text. */
  readonly prose: readonly string[];
}

const shapes: readonly Shape[] = [
  {
    name: 'Google docstring',
    language: 'python',
    text: `def f(a, b):
    """Adds two numbers, and does it
    well.

    Args:
        a (int): The first one,
            with continuation.
        b: The second.
        *args: The rest.
        fn (Callable[[int], str]): Note: called
            often.

    Returns:
        dict[str, int]: The sum, or
            nothing.

    Raises:
        ValueError: If a is bad.

    Example:
        >>> f(1, 2)
        3

    Note:
        Be careful here.
    """
    return a + b
`,
    prose: [
      'Adds two numbers, and does it well.',
      'a (int): ¦The first one, with continuation.',
      'b: ¦The second.',
      '*args: ¦The rest.',
      'fn (Callable[[int], str]): ¦Note: called often.',
      'dict[str, int]: ¦The sum, or nothing.',
      'ValueError: ¦If a is bad.',
      'Be careful here.',
    ],
  },
  {
    name: 'NumPy docstring',
    language: 'python',
    text: `def f(x):
    r"""
    Sum of x.

    Parameters
    ----------
    x : array_like
        Input data, which is
        long.

    Returns
    -------
    ndarray
        The sum.

    See Also
    --------
    numpy.sum : Other thing.

    Notes
    -----
    Some prose notes:

    .. math:: a + b

    Example::

        code = here
    """
`,
    prose: ['Sum of x.', 'Input data, which is long.', 'The sum.', 'Some prose notes:', 'Example'],
  },
  {
    name: 'Sphinx docstring',
    language: 'python',
    text: `'''Opens it.

:param str name: The name
    of the file.
:type name: str
:returns: the thing
:rtype: int
:raises OSError: if it is gone
.. note:: Be aware.
.. deprecated:: 1.2
   Use something else.
.. code-block:: python

   x = 1

See :ref:\`label\`.
'''
`,
    prose: [
      'Opens it.',
      ':param str name: ¦The name of the file.',
      ':returns: ¦the thing',
      ':raises OSError: ¦if it is gone',
      '.. note:: ¦Be aware.',
      'Use something else.',
      'See :ref:`label`.',
    ],
  },
  {
    name: 'JSDoc',
    language: 'typescript',
    text: `/**
 * Adds two numbers
 * and more. See {@link Foo Bar}.
 *
 * - item one is
 *   long
 * - item two
 *
 * @param {number} a - The first.
 * @param {{x: number}} [b=1] The second one is
 * long too.
 * @returns {number} The sum.
 * @throws {Error} When bad.
 * @see Foo
 * @type {Map<string, number>}
 * @deprecated Use something else.
 * @example
 * const a = add(1, 2);
 *
 * // not prose
 */
`,
    prose: [
      'Adds two numbers and more. See {@link Foo Bar}.',
      '- ¦item one is long',
      '- ¦item two',
      '@param {number} a - ¦The first.',
      '@param {{x: number}} [b=1] ¦The second one is long too.',
      '@returns {number} ¦The sum.',
      '@throws {Error} ¦When bad.',
      '@deprecated ¦Use something else.',
    ],
  },
  {
    name: 'Javadoc',
    language: 'java',
    text: `    /**
     * Reads it.
     * <p>
     * Second paragraph
     * here.
     * <ul>
     *   <li>First item</li>
     * </ul>
     * <pre>
     * int x = read();
     * </pre>
     *
     * @param <T> the type
     * @param name the name
     * @return the value, or {@code null}
     * @throws IOException if it fails
     * @since 1.2
     */
`,
    prose: [
      'Reads it.',
      'Second paragraph here.',
      '<li>¦First item',
      '@param <T> ¦the type',
      '@param name ¦the name',
      '@return ¦the value, or {@code null}',
      '@throws IOException ¦if it fails',
    ],
  },
  {
    name: 'Doxygen',
    language: 'cpp',
    text: `/*!
 * \\brief Opens the file.
 *
 * \\param[in,out] path Where it is.
 * \\tparam T The type.
 * \\retval 0 All is well.
 * \\code
 * open("x");
 * \\endcode
 */
int x; ///< The x of it.
//! Inner text
//! goes on.
`,
    prose: [
      '\\brief ¦Opens the file.',
      '\\param[in,out] path ¦Where it is.',
      '\\tparam T ¦The type.',
      '\\retval 0 ¦All is well.',
      'The x of it.',
      'Inner text goes on.',
    ],
  },
  {
    name: 'PHPDoc',
    language: 'php',
    text: '/**\n * Finds it.\n *\n * @param string|null $name The name.\n * @return array|null What was found.\n */\n# Old style.\n',
    prose: ['Finds it.', '@param string|null $name ¦The name.', '@return array|null ¦What was found.', 'Old style.'],
  },
  {
    name: 'Rust documentation',
    language: 'rust',
    text: `//! Crate text.

/// Does a thing
/// at once.
///
/// # Examples
///
/// \`\`\`
/// let x = 1;
/// \`\`\`
///
///     let indented = code;
fn f<'a>(x: &'a str) {} // it's fine
`,
    prose: ['Crate text.', 'Does a thing at once.', '# ¦Examples', "it's fine"],
  },
  {
    name: 'C# documentation',
    language: 'csharp',
    text: `/// <summary>
/// Gets the thing that
/// is wanted.
/// </summary>
/// <param name="x">The x value.</param>
/// <returns>The <c>y</c>.</returns>
`,
    prose: ['Gets the thing that is wanted.', '<param name="x">¦The x value.', '<returns>¦The <c>y</c>.'],
  },
  {
    name: 'shell comments',
    language: 'shellscript',
    text: '#!/bin/sh\n# Copyright 2020 Someone\n# Does it\n# well.\n# shellcheck disable=SC2034\necho "${#x}" $# "# no" # count things\n#==========#\n# ---- Section ----\n',
    prose: ['Does it well.', 'count things', '---- ¦Section'],
  },
  {
    name: 'SQL comments',
    language: 'sql',
    text: "-- Selects all the\n-- users.\nSELECT '--not', 'it''s' FROM x; -- trailing one\n/* block it */\n",
    prose: ['Selects all the users.', 'trailing one', 'block it'],
  },
  {
    name: 'Lua comments',
    language: 'lua',
    text: '--- Adds numbers.\n---@param x string the thing\n-- simple one\n--[[ long\ncomment here ]]\n',
    prose: ['Adds numbers.', 'simple one', 'long comment here'],
  },
  {
    name: 'other line comments',
    language: 'clojure',
    text: ';; Adds numbers\n;; well.\n(def x "; no") ; the x\n',
    prose: ['Adds numbers well.', 'the x'],
  },
  {
    name: 'TeX',
    language: 'latex',
    text: '\\section{Intro}\n% A remark\n% here.\nSome text is\nhere, 50\\% of it.\n\\begin{equation}\na = b\n\\end{equation}\n\\item One thing\n',
    prose: ['A remark here.', 'Some text is here, 50\\% of it.', '\\item ¦One thing'],
  },
  { name: 'an HTML comment', language: 'html', text: '<!-- Only a\n     comment. -->\n', prose: ['Only a comment.'] },
  {
    name: 'HTML',
    language: 'html',
    text: `<!-- A comment here -->
<div class="x">
  <p>Hello <b>world</b> and
  more text.</p>
  <ul>
    <li>First item</li>
  </ul>
  <input
    type="text"
  >
  <script>
    var x = 1;
  </script>
</div>
`,
    prose: ['<p>¦Hello <b>world</b> and more text.', '<li>¦First item'],
  },
  {
    name: 'Markdown',
    language: 'markdown',
    text: `---
title: Foo
---
# A heading

A paragraph that is
wrapped.
- item one
  continues
- [ ] item two
lazy too

1. Number one
   more

> quoted text
> goes on

\`\`\`js
code here

more code
\`\`\`

    indented code

| a | b |
|---|---|

Setext title
============

Hard break here  
next line.

[ref]: http://example.org
![img](x.png) text after.
<img src="x">
`,
    prose: [
      '# ¦A heading',
      'A paragraph that is wrapped.',
      '- ¦item one continues',
      '- [ ] ¦item two lazy too',
      '1. ¦Number one more',
      'quoted text goes on',
      'Setext title',
      'Hard break here',
      'next line.',
      '![img](x.png) text after.',
    ],
  },
  {
    name: 'directives, code and marks in comments',
    language: 'javascript',
    text: `// eslint-disable-next-line no-console
// Line one of the
// comment.
//
// const x = foo(1);
// TODO(me): Fix this soon.
// ----------------
// x = compute(y)
// @ts-expect-error wrong on purpose
/* istanbul ignore next */
/* global foo, bar */
/* one line */
/*
  Plain block with no
  stars; it goes on (see there);
  and on.
*/
foo(/* the x */ 1, "a // b", 'http://c.de'); // done it
// http://example.org/only
`,
    prose: [
      'Line one of the comment.',
      'TODO(me): ¦Fix this soon.',
      'one line',
      'Plain block with no stars; it goes on (see there); and on.',
      'the x',
      'done it',
    ],
  },
  {
    name: 'prose that begins like a directive',
    language: 'c',
    text: '// Type: the kind of it.\n\n// Global state is bad.\n\n// Exported functions come first.\n\n// Region of memory.\n\n// return the value if there is one\n',
    prose: [
      'Type: the kind of it.',
      'Global state is bad.',
      'Exported functions come first.',
      'Region of memory.',
      'return the value if there is one',
    ],
  },
  {
    name: 'right-to-left, emoji, combining marks, NUL',
    language: 'python',
    text: '# שלום עולם\n# טוב 👩‍💻 e\u0301\n\n# a\0b\n',
    prose: ['שלום עולם טוב 👩‍💻 e\u0301', 'a\0b'],
  },
  { name: 'tabs and CRLF', language: 'go', text: '\t// Adds\r\n\t// two.\r\n\tx := 1 // one\r\n', prose: ['Adds two.', 'one'] },
];

describe('source text', () => {
  for (const shape of shapes) {
    it(`is the prose of ${shape.name}`, () => assert.deepEqual(prose(shape.language, shape.text), shape.prose));

    it(`has spans that say where it stands: ${shape.name}`, () => {
      const { document, paragraphs } = source(shape.language, shape.text);
      for (const paragraph of paragraphs) {
        const parts = documentRanges(paragraph, 0, paragraph.text.length).map(({ start, end }) =>
          document.lines[start.line]!.slice(start.character, end.character),
        );
        assert.equal(parts.join(' '), paragraph.text);
      }
    });
  }

  it('is taken from the beginning of the comment that the selection is inside', () => {
    const text =
      'def f():\n    """Sum.\n\n    Args:\n⟦        a: The first\n            one.\n        b: The second.⟧\n        c: The third.\n    """\n';
    assert.deepEqual(prose('python', text), ['a: ¦The first one.', 'b: ¦The second.']);
    assert.deepEqual(prose('markdown', '```\n⟦code\nmore code⟧\n```\n'), []);
    assert.deepEqual(prose('javascript', '/*\n⟦ * Inside\n * here.⟧\n */'), ['Inside here.']);
  });

  it('is exactly the selected characters inside one line', () => {
    for (const [language, text, expected] of [
      ['plaintext', 'One ⟦two three⟧ four', 'two three'],
      ['python', '# One ⟦two three⟧ four', 'two three'],
      ['python', '"""Sum.\n\nArgs:\n    name: The ⟦name ⟧of it\n"""', 'name'],
      ['javascript', 'say("Hello ⟦good world⟧");', 'good world'],
      ['javascript', 'say(⟦"Hello, it is"⟧);', 'Hello, it is'],
      ['javascript', 'const ⟦name⟧ = 1;', 'name'],
      ['markdown', '```\ncode ⟦some words⟧\n```', 'some words'],
      ['markdown', '⟦x⟧', 'x'],
    ] as const) {
      assert.deepEqual(prose(language, text), [expected], text);
    }
  });

  it('leaves out markers that part of a line begins with', () => {
    assert.deepEqual(prose('python', '⟦  # One two⟧ three'), ['One two']);
    assert.deepEqual(prose('markdown', '⟦- One two⟧ three'), ['- ¦One two']);
    assert.deepEqual(prose('javascript', '⟦foo(); // One two⟧ three'), ['One two']);
  });

  it('is cut where the selection begins and ends', () => {
    const { paragraphs } = source('javascript', '// One ⟦two\n// three four\n// five⟧ six');
    assert.deepEqual(
      paragraphs.map(({ text, lead }) => ({ text, lead })),
      [{ text: 'two three four five', lead: '' }],
    );
    assert.deepEqual(prose('markdown', '- One ⟦two\n  three⟧ four'), ['two three']);
  });

  it('does not reach into the line that the selection only ends before', () => {
    assert.deepEqual(prose('python', '⟦# One\n⟧# Two'), ['One']);
  });

  it('says what to do where there is none', () => {
    for (const [language, text, message] of [
      ['javascript', '⟦const x = 1;\nfoo(x);⟧', /holds code but no comment\. Select/],
      ['javascript', '⟦const x = foo(1);⟧', /holds code but no comment\. Select/],
      ['javascript', '⟦// eslint-disable-line⟧', /only code, markup or directives/],
      ['markdown', '⟦```\ncode\n```⟧', /only code, markup or directives/],
      ['python', '⟦  \n\n⟧x', /only blank space/],
      ['plaintext', '⟦12 + 3⟧', /no words/],
      ['plaintext', '⟦\0\u0001⟧', /no words/],
    ] as const) {
      const result = read(language, text);
      assert.ok('nothingToDo' in result, text);
      assert.match(result.nothingToDo, message, text);
    }
  });

  it('takes an opener that nothing closes for code', () => {
    assert.deepEqual(prose('javascript', 'x = /* 1;\ny = 2; // two\n'), ['two']);
    assert.deepEqual(prose('python', "x = '''\n# one\n"), ['one']);
  });

  it('is not in strings that hold code or bytes', () => {
    assert.deepEqual(prose('python', 'x = f"""one {two}\n# three\n""" # four\ny = rb"""five\n"""\nr"""six"""'), ['four', 'six']);
  });

  it('takes little time for long lines and long documents', () => {
    const texts: readonly (readonly [string, string])[] = [
      ['plaintext', 'word '.repeat(40_000)],
      ['plaintext', 'a'.repeat(200_000)],
      ['plaintext', ' '.repeat(200_000) + 'a'],
      ['markdown', '- item\n'.repeat(30_000)],
      ['markdown', '<a '.repeat(70_000)],
      ['javascript', '/* '.repeat(70_000)],
      ['javascript', '"'.repeat(199_999)],
      ['javascript', `// ${'a.'.repeat(100_000)}`],
      ['python', '# a comment line\n'.repeat(60_000)],
      ['c', '/* a comment */ int x; // another\n'.repeat(10_000)],
    ];
    for (const [language, text] of texts) {
      const begin = performance.now();
      read(language, text);
      const took = performance.now() - begin;
      assert.ok(took < 3000, `${text.slice(0, 20)}: ${took} ms`);
    }
  });
});
