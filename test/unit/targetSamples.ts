/** Comments and documents whose prose is replaced; some of them are wrapped. */

export const samples: readonly (readonly [language: string, text: string])[] = [
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

export const wrappedSamples: readonly (readonly [language: string, text: string])[] = [
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
