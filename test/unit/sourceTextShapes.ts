/** Real shapes of comments, docstrings and documents, and the prose that they hold. */

export interface Shape {
  readonly name: string;
  readonly language: string;
  readonly text: string;
  /** Lead, "¦", text. */
  readonly prose: readonly string[];
}

export const SHAPES: readonly Shape[] = [
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
    text: '<?php\n/**\n * Finds it.\n *\n * @param string|null $name The name.\n * @return array|null What was found.\n */\n# Old style.\n',
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
