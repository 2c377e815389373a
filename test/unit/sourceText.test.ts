/** What is found to be prose in real shapes of comments, docstrings and documents, and what is left alone. */
import assert from 'node:assert/strict';
import { documentRanges, prose, read, source } from './editorText.ts';
import { SHAPES } from './shapes/shapes.ts';

describe('source text', () => {
  for (const shape of SHAPES) {
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

  it('is the strings of a selected line of code, not the code around them', () => {
    for (const [language, text, expected] of [
      ['javascript', '⟦    throw new Error("The file was not found: " + name)⟧', ['The file was not found:']],
      ['javascript', '⟦say("Close the file.", `It is ${open}`, "key");⟧', ['Close the file.', 'It is ${open}']],
      ['javascript', 'x = `Hello ⟦${name}, it is late`;⟧', ['${name}, it is late']],
      ['python', '⟦    raise ValueError("The name is wrong") from error⟧', ['The name is wrong']],
      ['python', "⟦log(f'The {name} is wrong', level)⟧", ['The {name} is wrong']],
      ['json', '⟦  "title": "The name of it",⟧', ['The name of it']],
      ['javascriptreact', "⟦    Don't close the user's file.⟧", ["Don't close the user's file."]],
      ['javascriptreact', "⟦    <p>Don't close the user's file</p>⟧", []],
      ['javascript', '⟦    for user in users:⟧', []],
      ['javascript', '⟦raise KeyError("name")⟧', []],
      ['sql', '⟦SELECT name FROM users⟧', []],
    ] as const) {
      assert.deepEqual(prose(language, text), expected, text);
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

  it('takes time in proportion to the length of long lines and long documents', () => {
    const texts: readonly (readonly [string, (count: number) => string])[] = [
      ['plaintext', (count) => 'word '.repeat(count / 5)],
      ['plaintext', (count) => 'a'.repeat(count)],
      ['plaintext', (count) => ' '.repeat(count) + 'a'],
      ['markdown', (count) => '- item\n'.repeat(count / 7)],
      ['markdown', (count) => '<a '.repeat(count / 3)],
      ['html', (count) => 'a <svg> '.repeat(count / 8) + '</svg>'],
      ['latex', (count) => 'a \\verb| '.repeat(count / 9)],
      ['javascript', (count) => '/* '.repeat(count / 3)],
      ['javascript', (count) => '"'.repeat(count - 1)],
      ['javascript', (count) => `// ${'a.'.repeat(count / 2)}`],
      ['python', (count) => '# a comment line\n'.repeat(count / 5)],
      ['c', (count) => '/* a comment */ int x; // another\n'.repeat(count / 20)],
    ];
    /** Of the processor: what else the machine does is no fault of the text. */
    const microseconds = (language: string, text: string): number => {
      const begun = process.cpuUsage();
      read(language, text);
      return process.cpuUsage(begun).user;
    };
    for (const [language, textOf] of texts) {
      const [short, long] = [100_000, 200_000].map((count) => microseconds(language, textOf(count))) as [number, number];
      // Twice the text takes about twice as long, and four times as long where something is quadratic; what is short is mostly noise.
      assert.ok(long < 3.2 * Math.max(short, 150_000), `${language} ${textOf(20)}: ${short} and ${long} µs`);
    }
  });
});
