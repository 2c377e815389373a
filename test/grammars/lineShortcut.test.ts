/** Lines that the grammar does not see: what is found is what it would have found. */
import assert from 'node:assert/strict';
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
};
/** Of what the machine has; the grammar of C++ needs ten times as long as the others. */
const LONG: readonly (readonly [LongLanguage, length: number])[] = [
  ['javascript', 1_000_000],
  ['python', 1_000_000],
  ['c', 1_000_000],
  ['cpp', 300_000],
];

describe('lines that the grammar need not see', () => {
  it('hide no comment of any file of the corpus, and make none', async () => {
    const grammars = await installedGrammars();
    let files = 0;
    for (const { path, language, text } of corpusFiles()) {
      if (shortcutOf(language) === undefined) continue;
      files++;
      const whole = await grammars.read(language, text, false);
      const short = await grammars.read(language, text, true, false);
      assert.deepEqual(short.comments, whole.comments, path);
      assert.deepEqual((await grammars.read(language, text, true)).comments, whole.comments, path);
    }
    assert.ok(files > 30, String(files));
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
          const text = chosen.join('\n');
          const [short, whole] = [await grammars.read(language, text, true, false), await grammars.read(language, text, false, false)];
          assert.deepEqual(short.comments, whole.comments, text);
        }),
        { numRuns: 200 },
      );
    });
  }
});
