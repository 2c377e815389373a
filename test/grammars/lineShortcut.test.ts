/** Lines that the grammar does not see: what is found is what it would have found. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { shortcutOf } from '../../src/editor/grammar/lineShortcut.ts';
import { corpusFiles } from './corpus/corpusFiles.ts';
import { installedGrammars } from './installedGrammars.ts';
import { longText, type LongLanguage } from './longTexts.ts';

/** Of code that is well-formed, whatever stands between its lines. */
const STATEMENTS: Readonly<Record<string, readonly string[]>> = {
  typescript: [
    ...[
      'let a = 1; // b',
      'f("a", \'b\');',
      'f("// no", 1); // yes',
      'const r = /[\'"`]/; // b',
      'x = a / b; /* c */ y = b / a;',
      '',
      '  ',
    ],
    ...[
      '/** a */ export /* b */ let c: /* d "*/ string; // e /* f',
      'let a /* b',
      'c */ = 1; /* d */',
      '/*/ a */ f(); // b',
      'f("http://a", "`"); // c',
    ],
    '/**\n * Text `a\n * @param {string} b "\n */',
    '/* a\n// b\n*/',
    '`a ${b} // no\n${f({\n  a: 1,\n})} // no\n`; // yes',
    'if (a < b && c > d) { // a',
    '}',
    'class A {\n  b = 1; // c\n  d() { // e\n    return `f`;\n  }\n}',
    'type B = {\n  c: "d"; // e\n};',
    '// a\n// b',
    "let s = 'a\\\n// no';",
    ...[
      'x = `a ${`b ${c /* d */}`} // no`; // e',
      "f(`${{ a: '}', b: [1, 2] }} /*`) /* c */;",
      '`\n// no',
      'g`a // no`; // b',
      'h(`a\\`` + 1); // b',
    ],
    ...[
      'y = a / b / c; // d',
      'z = /[/\'"]/g.test(a) ? b / 2 : /* c */ d;',
      "if (a) /'/.test(b);",
      'return /`/.exec(a); // b',
      'a = b++ / 2; // `',
    ],
    'x = `a\n// no ${b} ${`c`} no */\n${d /* e */} // no` + 1; // f',
  ],
  python: [
    ...['a = 1  # b', 'f("a", \'b\')', 'f("# no", 1)  # yes', "r = r'[\"]'  # b", '# a', '', '    ', "    '''a'''", 'if a: # b'],
    'def f(a, b="c"): # d\n    """E\n\n    >>> f(1) # no\n    "g" \'\'\n    """',
    ...[
      "class A(B):\n    '''C # no'''  # yes",
      'a = """b\n# no\n"""',
      'return (',
      ')',
      ']',
      "'a' # b",
      '@a(b)\n@c  # d',
      'a = lambda b: (b)',
    ],
    'f(\n    a,  # b\n    "c",\n    """d\n# no\n""",\n    # e\n)',
    'a = [\n  ("b", {\n# c\n    "d": e, }),\n  """\nno docstring\n"""\n]',
    ...[
      'a = ["# no", \'#\']  # b',
      'b = re.compile(r"(a)#(b)")  # c',
      '# type: int',
      'f("a", \\\n  "b")  # c',
      'x = \\\n"a"  # b',
      "if a and \\\n    b:  # c\n  '''d'''",
      'return f(a) + \\\n  g([\n"b"]) # c',
      ...["  'a # no'  ", 'u"b \\" # no"', '"c" "d" # e', '"" # f', 'r"# no"', 'b"# no"', '"# \\\n# no"', 'u"""a\n# no""" # b'],
      'f(r"""a\n# no \\"""\nb""", c)  # d',
      "x = b'''a''' + '''b\n''' # c",
      'x = f"""a {b}\n# no\n""" # c',
      "'''a\n# no\n\\'''b''' # no",
      "r'''a \\'''b\n c\n'''",
    ],
    ...['a = b + \\\n  c  # d', 'x = f"{a["b"]} # no"  # yes', 'a = "b\\\n# no"'],
  ],
  cpp: [
    ...['int a = 1; // b', 'f("a", \'b\');', 'f("// no", 1); // yes', "int n = 1'000'000; // b", 'x = a / b; /* c */ y = b / a;', '', '  '],
    ...[
      'const char *r = R"(a" // no\n"b)"; // yes',
      '#define A(b) \\\n  f(b); /* c */ \\\n  g(b) // d',
      '#include <a> // b',
      '#include "a//b" /* c */',
    ],
    ...['#define A \\\n  "// no" \\\n  f({ \\\n  b', "#error a \\\n don't // b", '#if A(1) // b\n#elif 0\n// c\n#endif'],
    ...[
      '#if A \\\n  && B(1) /* c */ \\\n  && C // d\n#endif',
      '#warning \\\n  a b \\\n  c // d',
      '#error A \\\n b/c /* d */',
      '# pragma a(b) \\\n  c("d") // e',
    ],
    ...['#if 0\n/* d */ x // e\n#else\n// f\n#endif // g', '#ifdef A // b\n#endif', '// a \\\nb', '/** @param a "\n * b\n */'],
    ...['void f(int a) { // b\n}', 'int a /* b', 'c */ = 1; /* d */', "char c = '\"'; // b"],
    'template <class A /* b */>\nstruct C : D<A> { // e\n  A f() { return "//"; } // g\n};',
  ],
  java: [
    ...[
      'int a = 1; // b',
      'f("// no", \'"\'); // yes',
      'String a = """\n  // no "\n  """; // yes',
      '@A(b = "//") // c',
      '',
      'x = a / b; /* c */ y();',
    ],
    ...[
      '/** {@link A#b} "\n * @param c */\nvoid d(int c) { // e\n}',
      'class A {\n  int b; // c\n  /* d */\n}',
      'int a /* b',
      'c */ = 1; /* d */',
    ],
    ...['import a.b; // c', 'package d; /* e */', "char c = '\\''; // f"],
  ],
  go: [
    ...[
      'a := 1 // b',
      'f(`a`, "/*", \'"\') /* c */',
      'var a = `// no` // yes',
      'b := `\n// no "\n` + "c" // yes',
      "r := '`' // c",
      '',
      '//go:build a',
    ],
    ...[
      'import (\n\t"a//b" // c\n)',
      'type A struct {\n\tb string `json:"c // no"` // d\n}',
      'func f(a int) { // b\n\treturn a / 2 /* c */\n}',
    ],
    ...['int a /* b', 'c */ = 1 /* d */'],
  ],
  rust: [
    ...["let a = 'b'; // c", "fn f<'a>(b: &'a str) -> &'a str { b } // c", `f("// no", b"/*", '"'); // yes`, 'let a = r"\\"; // b', ''],
    ...['let a = r#"b "c" // no"#; // yes', 'let a = r##"b"# // no\n"##; // yes', 'let bar = for"a"; // b', String.raw`let q = '\''; // a`],
    ...['let a = "b\n// no"; // yes', 'let a = "b \\\n  // no\n"; /* c */', '#[doc = "// no"] // yes', '#![a(b = "c")] /* d */'],
    ...[
      '/* a /* b */ c */ let d; // e',
      '/* a\n/* b\n*/\nc */ let d; // e',
      '/*/ a */ f(); // b',
      '/**/ g(); // h',
      '/* a',
      'b */ let c; // d',
    ],
    '/// A `b`\n/// "c\nfn f() { // d\n    /*! e */\n}',
    "'outer: loop { // a\n  break 'outer; // b\n}",
    'macro_rules! a { ($b:expr) => { // c\n  $b /* d */ } }',
  ],
  csharp: [
    ...[
      'int a = 1; // b',
      `F("// no", '"'); // yes`,
      'var a = @"b\\"; // c',
      'var a = @"b""// no"; // yes',
      'var a = @"b',
      '// no"; // yes',
      '',
    ],
    ...[
      'var a = $"b {c} // no"; // yes',
      'var a = $"b {c["d"]} // no"; // yes',
      `var a = $"{{b}} {(c ? "d" : 'e')}"; // f`,
      'var a = $@"b',
    ],
    ...['// {no} ""', '"; // yes', 'var a = """', '  // no "', '  """; // yes', 'var a = """b"""; // c', String.raw`char q = '\''; // a`],
    ...[
      '#region a // b',
      '#endregion',
      '#if A // b\nint c; // d\n#endif',
      '#pragma warning disable // a',
      `#error it's "a /* b`,
      '# if A && !B',
      'x = a / b; /* c */',
    ],
    '/// <summary>\n/// A "b <see cref="C"/>\n/// </summary>\nvoid D() { // e\n}',
    'class A {\n  /* b */\n  int C => 1; // d\n}',
    ...['/* a', 'b */ int c; // d', '/** @a "\n * b\n */'],
  ],
  php: [
    ...['?>\n<p>// no</p>\n<!-- a -->\n<?php', '?>\n<style>\n/* a */\n</style>\n<?php // b', '// a ?> b <?php f();'],
    ...['?><?= $a // b ?>\n<?php f() ?> b <?php // c', 'f("<?xml a"); // b'],
    ...['$a = 1; // b', '$a = "b"; # c', `f('// no', "# no"); // yes`, '#[A("b")] // c', '$a = "b {$c["d"]} // no"; // yes', ''],
    ...['$a = "b ${c} $d[0] $e->f"; # g', '$a = "SELECT b -- c\nfrom d"; // e', "$a = 'SELECT b # no'; // yes", '$a = `b # no`; // yes'],
    ...['$a = <<<B\n// no $c\nB; // yes', "$a = <<<'B'\n# no\nB;\n", "$a = '/b#c/i'; // d", "$a = 'b\n// no'; // yes"],
    '/** @param string $a "\n * b\n */\nfunction f($a) { // c\n  return $a; # d\n}',
    "class A {\n  /* b */\n  const C = 'd'; // e\n}",
    ...['/* a\nb */ $c = 1; // d', '$a = b / c; // d'],
  ],
  shellscript: [
    ...['#!/bin/sh', 'a=1 # b', `echo "# no" '# no' # yes`, 'echo ${a#b} $# ${#c} # d', 'echo a#b', '', '  # a', 'echo "a $b" # c'],
    ...['if [ -f "$a" ]; then # b', 'fi', 'f() { # a', '}', 'for a in b c; do', 'done # a', 'a=$(b "c" # d\n) # e', 'a=$(b "$c") # d'],
    ...[
      'a="b\nc # no" # yes',
      "a='b\n# no' # yes",
      'a=`b c` # d',
      `a="$(b "c" 'd') # no" # yes`,
      String.raw`echo "\"" # a`,
      'a=$((1 + 2)) # b',
    ],
    ...[
      'cat <<A\n# no $b\nA',
      "cat <<'A' | b\n# no\nA\n# yes",
      'cat <<-A\n\tb # no\n\tA',
      'cat <<A\n$(b # c\n)\nA\n# yes',
      'a <<< "b" # c',
    ],
    ...[
      'a b \\\n  c # d',
      'case $a in\n  b) c ;; # d\n  *) e # f\n    ;;\nesac # g',
      'a=(b\n  c # d\n)',
      '[[ $a =~ b ]] # c',
      'a && b || c # d',
    ],
  ],
};
const BEGINNINGS: Readonly<Record<string, readonly string[]>> = { php: ['<?php'] };
/** Of what the machine has; the grammar of C++ needs ten times as long as the others. */
const LONG: readonly (readonly [LongLanguage, length: number])[] = [
  ['javascript', 1_000_000],
  ['python', 1_000_000],
  ['c', 1_000_000],
  ['cpp', 300_000],
];

/** A comment behind a pattern of a case makes the rest of the case a pattern to its grammar. */
const LOSES_COMMENTS: ReadonlySet<string> = new Set(['shellscript']);

describe('lines that the grammar need not see', () => {
  it('hide no comment of any file of the corpus, and make none', async () => {
    const grammars = await installedGrammars();
    let files = 0;
    for (const { path, language, text } of corpusFiles()) {
      if (shortcutOf(language) === undefined) continue;
      files++;
      const whole = await grammars.read(language, text, false);
      const short = await grammars.read(language, text, true, false);
      for (const { comments } of [short, await grammars.read(language, text, true)]) {
        const seen = LOSES_COMMENTS.has(language)
          ? comments.filter((comment) => whole.comments.some((each) => isDeepStrictEqual(each, comment)))
          : comments;
        assert.deepEqual(seen, whole.comments, path);
      }
    }
    assert.ok(files > 30, String(files));
  });

  it('are found in shell scripts where the grammar loses them', async () => {
    const grammars = await installedGrammars();
    const text = 'case $a in\n  / | /[!/]*) # a\n    if b; then\n      # c\n      d\n    fi;;\nesac # e';
    const lines = async (isShort: boolean): Promise<number[]> =>
      (await grammars.read('shellscript', text, isShort, false)).comments.map(({ start }) => start.line);
    assert.deepEqual(
      [await lines(true), await lines(false)],
      [
        [1, 3, 6],
        [1, 6],
      ],
    );
  });

  for (const [language, length] of LONG) {
    it(`hide none of a long text of ${language}`, async function () {
      const text = longText(language, length, language === 'javascript' ? 2_000_000 : 0);
      if (text === undefined) return this.skip();
      const grammars = await installedGrammars();
      const whole = await grammars.read(language, text, false);
      const short = await grammars.read(language, text, true, false);
      assert.ok(whole.comments.length > 500);
      assert.deepEqual(short.comments, whole.comments);
    });
  }

  for (const [language, statements] of Object.entries(STATEMENTS)) {
    it(`hide none of made-up programs in ${language}`, async () => {
      const grammars = await installedGrammars();
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(...statements), { maxLength: 20 }), async (chosen) => {
          const text = [...(BEGINNINGS[language] ?? []), ...chosen].join('\n');
          const [short, whole] = [await grammars.read(language, text, true, false), await grammars.read(language, text, false, false)];
          assert.deepEqual(short.comments, whole.comments, text);
        }),
        { numRuns: 200 },
      );
    });
  }
});
