/** Targets that are put beside their source, in the same comment. */
import assert from 'node:assert/strict';
import { above, below, upper } from './targetEdits.ts';

describe('a target below or above its source', () => {
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

  it('below has the tags that stand alone on their lines', () => {
    assert.equal(
      below('java', '/**\n * @param a\n *     one\n * @param b\n *     two\n */\n', upper),
      '/**\n * @param a\n *     one\n * @param b\n *     two\n *\n * @param a\n *     ONE\n * @param b\n *     TWO\n */\n',
    );
    assert.equal(below('java', '/** @param a\n *     one\n */\n', upper), '/** @param a\n *     one\n *\n *     ONE\n */\n');
    assert.equal(
      below('python', '\"\"\"\n:param a:\n    One.\n\"\"\"\n', upper),
      '\"\"\"\n:param a:\n    One.\n\n:param a:\n    ONE.\n\"\"\"\n',
    );
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
    assert.equal(
      below('javascript', '⟦say("one two", "three four");⟧\n', upper),
      'say("one two", "three four");\n// ONE TWO\n// THREE FOUR\n',
    );
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
