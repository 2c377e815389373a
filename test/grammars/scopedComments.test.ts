/** Comments, docstrings and strings that VS Code's own grammars find, where marks alone would mislead. */
import assert from 'node:assert/strict';
import { expandSelection } from '../../src/editor/expandSelection.ts';
import { sourceText } from '../../src/editor/sourceText.ts';
import { marked } from '../unit/editorText.ts';
import { SHAPES } from '../unit/shapes/shapes.ts';
import { installedGrammars, type InstalledGrammars } from './installedGrammars.ts';

let grammars: InstalledGrammars;

before(async () => {
  grammars = await installedGrammars();
});

/** Each as the document has it, with its marks. */
async function found(languageId: string, text: string): Promise<{ comments: string[]; strings: string[] }> {
  const { lines, comments, strings } = await grammars.read(languageId, text);
  const written = ({ start, end }: (typeof comments)[number]): string =>
    lines
      .slice(start.line, end.line + 1)
      .map((line, index, all) => line.slice(index === 0 ? start.character : 0, index === all.length - 1 ? end.character : undefined))
      .join('\n');
  return { comments: comments.map(written), strings: strings.map(written) };
}

interface Case {
  readonly name: string;
  readonly language: string;
  readonly text: string;
  readonly comments: readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: 'regular expressions and templates of JavaScript',
    language: 'javascript',
    text: 'const a = /[/*"]/; // one\nconst b = `x // no ${f(1 /* two */)} y\n// no`;\nconst c = a / 2; /* three */ /* four */',
    comments: ['// one', '/* two */', '/* three */', '/* four */'],
  },
  {
    name: 'text between the tags of JSX',
    language: 'javascriptreact',
    text: "const a = <p>don't // no\n /* no */ {/* yes */}</p>; // end",
    comments: ['/* yes */', '// end'],
  },
  {
    name: 'here-documents and parameters of the shell, but not the line for the kernel',
    language: 'shellscript',
    text: '#!/bin/sh\n# one\ncat <<EOF\n# no\nEOF\necho "${#x} $#" \'# no\' # two',
    comments: ['# one', '# two'],
  },
  {
    name: 'what the preprocessor switches off',
    language: 'c',
    text: "#include <stdio.h> // one\n#if 0\n/* no */ int don't;\n#endif\nchar q = '\"'; /* two\n three */ int x;",
    comments: ['// one', '/* two\n three */'],
  },
  {
    name: 'separators of digits in C++, and documentation',
    language: 'cpp',
    text: 'int a = 1\'000\'000; // one\nauto s = R"(// no)";\n/// two\n/** three */\nint b; ///< four',
    comments: ['// one', '/// two', '/** three */', '///< four'],
  },
  {
    name: 'lifetimes, raw strings and nested comments of Rust',
    language: 'rust',
    text: 'fn f<\'a>(x: &\'a str) {} // one\nlet s = r#"// no"#; /* two /* inner */ three */\n//! four',
    comments: ['// one', '/* two /* inner */ three */', '//! four'],
  },
  {
    name: 'the docstrings of Python, and no other string',
    language: 'python',
    text: 'def f():\n    r"""One.\n\n    Two."""\n    x = """# no"""\n    return f"{x!r} # no"  # three\n"four"',
    comments: ['"""One.\n\n    Two."""', '# three', '"four"'],
  },
  {
    name: 'documentation and here-documents of Perl',
    language: 'perl',
    text: 'my $x = $#a; # one\n$x =~ s{#}{/}g;\nprint <<"E";\n# no\nE\n\n=head1 NAME\n\nTwo.\n\n=cut\n\n1; # three',
    comments: ['# one', '=head1 NAME\n\nTwo.\n\n=cut', '# three'],
  },
  {
    name: 'blocks and interpolation of Ruby',
    language: 'ruby',
    text: 'a = "#{b} # no" # one\n=begin\ntwo\n=end\nc = %w(# no)',
    comments: ['# one', '=begin\ntwo\n=end'],
  },
  {
    name: 'both comments of Lua',
    language: 'lua',
    text: 'x = 1 -- one\n--[==[ two ]] \nthree ]==]\ny = [[-- no]]',
    comments: ['-- one', '--[==[ two ]] \nthree ]==]'],
  },
  { name: 'SQL', language: 'sql', text: "SELECT '-- no' -- one\n/* two */ FROM t;", comments: ['-- one', '/* two */'] },
  { name: 'YAML', language: 'yaml', text: 'a: "# no" # one\nb: |\n  # no\nc: x#no', comments: ['# one'] },
  { name: 'CSS', language: 'css', text: 'a { background: url(//no.example/*no*/); } /* one */', comments: ['/* one */'] },
  {
    name: 'Go',
    language: 'go',
    text: "var a = `// no` // one\n/* two */\nvar r = '\"' // three",
    comments: ['// one', '/* two */', '// three'],
  },
  {
    name: 'C#',
    language: 'csharp',
    text: 'var s = @"// no"; // one\n/// <summary>Two.</summary>',
    comments: ['// one', '/// <summary>Two.</summary>'],
  },
  {
    name: 'PHP in HTML',
    language: 'php',
    text: '<p># no</p>\n<?php\n# one\n// two\n$a = "# no"; /* three */\n?>\n<!-- four -->',
    comments: ['# one', '// two', '/* three */', '<!-- four -->'],
  },
  {
    name: 'the languages inside HTML',
    language: 'html',
    text: '<!-- one -->\n<script>\nlet a = "// no"; // two\n</script>\n<style>\n/* three */\n</style>\n<p>// no</p>',
    comments: ['<!-- one -->', '// two', '/* three */'],
  },
  {
    name: 'the fences of Markdown',
    language: 'markdown',
    text: '<!-- one -->\n```python\nx = 1  # two\n```\n# Heading',
    comments: ['<!-- one -->', '# two'],
  },
  { name: 'LaTeX', language: 'latex', text: '50\\% of it % one\n\\begin{verbatim}\n% no\n\\end{verbatim}', comments: ['% one'] },
  { name: 'PowerShell', language: 'powershell', text: '$a = "# no" # one\n<# two\n#>', comments: ['# one', '<# two\n#>'] },
  { name: 'batch files', language: 'bat', text: '@echo off\nREM one\n:: two\necho rem no', comments: ['REM one', ':: two'] },
  { name: 'a make file', language: 'makefile', text: 'a: b # one\n\techo "# no"\n', comments: ['# one'] },
  { name: 'Clojure', language: 'clojure', text: '(def a "; no") ; one', comments: ['; one'] },
  { name: 'Julia', language: 'julia', text: 'a = "# no" # one\n#= two =#', comments: ['# one', '#= two =#'] },
];

describe('grammars find the comments of', () => {
  for (const { name, language, text, comments } of CASES)
    it(name, async () => assert.deepEqual((await found(language, text)).comments, comments));

  it('a document with lines that are too long to be anything but data', async () => {
    const text = `a; // one\nx = "${'/* no */'.repeat(5000)}";\nb; // two`;
    assert.deepEqual((await found('javascript', text)).comments, ['// one', '// two']);
  });
});

describe('with grammars', () => {
  for (const { name, language, text, prose } of SHAPES) {
    it(`the prose is that of ${name}`, async () => {
      const { text: plain, selection } = marked(text);
      const source = sourceText(await grammars.read(language, plain), selection);
      const paragraphs = 'nothingToDo' in source ? [] : source.paragraphs;
      assert.deepEqual(
        paragraphs.map(({ lead, text: words }) => (lead === '' ? words : `${lead}¦${words}`)),
        prose,
      );
    });
  }

  it('the cursor in a string stands for the string', async () => {
    for (const [language, text, expected] of [
      ['javascript', "say('Hello ⟦there', 'no');", ['Hello there']],
      ['python', 'x = """One\n⟦two.\n\nThree."""', ['One two.', 'Three.']],
      ['csharp', 'var s = @"Hello ⟦you";', ['Hello you']],
    ] as const) {
      const { text: plain, selection } = marked(text);
      const document = await grammars.read(language, plain);
      const range = expandSelection(document, selection.start);
      assert.ok(!('nothingToDo' in range), text);
      const source = sourceText(document, range);
      assert.ok(!('nothingToDo' in source), text);
      assert.deepEqual(
        source.paragraphs.map((paragraph) => paragraph.text),
        expected,
      );
    }
  });
});
