/** Documentation of functions: where its first line goes, in the style of each language. */
import assert from 'node:assert/strict';
import type { Range } from '../../src/editor/comments.ts';
import { definitionByLooks } from '../../src/editor/definitionByLooks.ts';
import { docHome, docLine } from '../../src/editor/docComment.ts';
import { docStyleOf } from '../../src/editor/docStyle.ts';
import { textAfter } from '../../src/editor/textEdit.ts';
import { wholeLines } from '../../src/editor/wholeLines.ts';
import { plainDocument } from './editorText.ts';

describe('documentation', () => {
  /** ⟦ is the cursor. */
  const documented = (language: string, text: string, sentence = 'Reads it.'): string => {
    const line = text.slice(0, text.indexOf('⟦')).split('\n').length - 1;
    const document = plainDocument(language, text.replace('⟦', ''));
    const definition: Range | undefined = definitionByLooks(document, line);
    assert.ok(definition, 'a definition');
    const home = docHome(document, docStyleOf(language)!, definition.start.line);
    if (home === undefined) return 'nowhere';
    const edits = docLine(document, home, sentence, { wrapColumn: 0 });
    return textAfter(document.lines, document.eol, wholeLines(document, 0, document.lines.length - 1), edits);
  };

  for (const [what, language, before, after] of [
    [
      'a new docstring',
      'python',
      'class A:\n    def f(a,\n          b={}):\n        ⟦return 1\n',
      'class A:\n    def f(a,\n          b={}):\n        """Reads it."""\n        return 1\n',
    ],
    [
      'a docstring that is there',
      'python',
      'def f():\n    """Old text."""\n    return ⟦1\n',
      'def f():\n    """Reads it.\n\n    Old text."""\n    return 1\n',
    ],
    ['a body on one line', 'python', 'def f(): return ⟦1\n', 'nowhere'],
    ['an end without a body', 'python', 'def f():⟦', 'def f():\n    """Reads it."""'],
    [
      'a new JSDoc',
      'typescript',
      '@a()\nexport function f(): void {\n  ⟦g();\n}\n',
      '/** Reads it. */\n@a()\nexport function f(): void {\n  g();\n}\n',
    ],
    [
      'a method',
      'java',
      'class A {\n  void f() {\n    if (a) {\n      ⟦g();\n    }\n  }\n}\n',
      'class A {\n  /** Reads it. */\n  void f() {\n    if (a) {\n      g();\n    }\n  }\n}\n',
    ],
    [
      'a JSDoc that is there',
      'javascript',
      '/**\n * Old text.\n */\nfunction f() {\n  ⟦g();\n}\n',
      '/**\n * Reads it.\n *\n * Old text.\n */\nfunction f() {\n  g();\n}\n',
    ],
    [
      'the cursor in the comment',
      'javascript',
      '/**\n * Old ⟦text.\n */\nfunction f() {\n}\n',
      '/**\n * Reads it.\n *\n * Old text.\n */\nfunction f() {\n}\n',
    ],
    [
      'a note that is no documentation',
      'javascript',
      '// Note.\nfunction f() {\n  ⟦g();\n}\n',
      '// Note.\n/** Reads it. */\nfunction f() {\n  g();\n}\n',
    ],
    ['Rust', 'rust', '    fn f() {\n        ⟦g();\n    }\n', '    /// Reads it.\n    fn f() {\n        g();\n    }\n'],
    ['Go', 'go', 'func f() {\n\t⟦g()\n}\n', '// Reads it.\nfunc f() {\n\tg()\n}\n'],
    [
      'C#',
      'csharp',
      'class A\n{\n    void F()\n    {\n        ⟦g();\n    }\n}\n',
      'class A\n{\n    /// <summary>Reads it.</summary>\n    void F()\n    {\n        g();\n    }\n}\n',
    ],
    ['Ruby', 'ruby', 'def f\n  ⟦g\nend\n', '# Reads it.\ndef f\n  g\nend\n'],
  ] as const)
    it(`goes into its place: ${what}`, () => {
      assert.equal(documented(language, before), after);
    });

  for (const [what, language, before, sentence, after] of [
    ['a backslash', 'python', 'def f():\n    ⟦g()\n', 'At C:\\users.', 'def f():\n    """At C:\\\\users."""\n    g()\n'],
    ['a quote at the end', 'python', 'def f():\n    ⟦g()\n', 'Prints "it"', 'def f():\n    """Prints "it" """\n    g()\n'],
    [
      'a backslash above other text',
      'python',
      'def f():\n    """Old."""\n    ⟦g()\n',
      'At C:\\users.',
      'def f():\n    """At C:\\\\users.\n\n    Old."""\n    g()\n',
    ],
    [
      'a backslash in a raw docstring',
      'python',
      'def f():\n    r"""Old."""\n    ⟦g()\n',
      'At C:\\users.',
      'def f():\n    r"""At C:\\users.\n\n    Old."""\n    g()\n',
    ],
    [
      'marks of XML',
      'csharp',
      'void F()\n{\n    ⟦g();\n}\n',
      'A List<T> & more.',
      '/// <summary>A List&lt;T&gt; &amp; more.</summary>\nvoid F()\n{\n    g();\n}\n',
    ],
    ['a backslash at the end', 'python', 'def f():\n    ⟦pass\n', 'Ends in \\', 'def f():\n    """Ends in \\\\"""\n    pass\n'],
    ['three quotes', 'python', 'def f():\n    ⟦pass\n', 'Finds """""" here.', 'def f():\n    """Finds "" "" "" here."""\n    pass\n'],
    [
      'escapes of the docstring that is there',
      'python',
      'def f():\n    """Old text."""\n    ⟦pass\n',
      'Reads C:\\\\users and D:\\users.',
      'def f():\n    """Reads C:\\\\users and D:\\\\users.\n\n    Old text."""\n    pass\n',
    ],
    [
      'elements and entities of the comment that is there',
      'csharp',
      '/// <summary>\n/// Old text.\n/// </summary>\nvoid F()\n{\n    ⟦g();\n}\n',
      'Sees <see cref="G"/> and List&lt;T&gt; in a <b.',
      '/// <summary>\n/// Sees <see cref="G"/> and List&lt;T&gt; in a &lt;b.\n///\n/// Old text.\n/// </summary>\nvoid F()\n{\n    g();\n}\n',
    ],
    ['Unicode escapes', 'java', 'void f() {\n  ⟦g();\n}\n', 'Reads C:\\users.', '/** Reads C:&#92;users. */\nvoid f() {\n  g();\n}\n'],
    [
      'a nested comment',
      'kotlin',
      'fun f() {\n  ⟦g()\n}\n',
      'Reads src/*.kt files.',
      '/** Reads src/ *.kt files. */\nfun f() {\n  g()\n}\n',
    ],
    ['R’s help', 'r', 'f <- function(a) {\n  ⟦g()\n}\n', 'Reads C:\\users.', "#' Reads C:\\\\users.\nf <- function(a) {\n  g()\n}\n"],
  ] as const)
    it(`says what it says, with ${what}`, () => {
      assert.equal(documented(language, before, sentence), after);
    });

  it('is wrapped, and cannot end its own comment', () => {
    const document = plainDocument('javascript', 'function f() {}\n');
    const home = docHome(document, docStyleOf('javascript')!, 0)!;
    const [edit] = docLine(document, home, `Reads ${'the file '.repeat(12)}and */ ends.`, { wrapColumn: 0 });
    const lines = edit!.text.split('\n');
    assert.equal(lines[0], '/**');
    assert.ok(lines.every((line) => line.length <= 80) && lines.length > 3);
    assert.equal(edit!.text.indexOf('*/'), edit!.text.lastIndexOf('*/'));
  });
});
