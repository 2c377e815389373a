/** What an empty selection stands for. */
import assert from 'node:assert/strict';
import { expandSelection } from '../../src/editor/expandSelection.ts';
import { sourceText } from '../../src/editor/sourceText.ts';
import { marked, plainDocument } from './editorText.ts';

/** Prose at the cursor, which is where ⟦ stands. */
function atCursor(language: string, text: string): string[] | string {
  const { text: plain, selection } = marked(text);
  const document = plainDocument(language, plain);
  const range = expandSelection(document, selection.start);
  if ('nothingToDo' in range) return range.nothingToDo;
  const source = sourceText(document, range);
  return 'nothingToDo' in source ? source.nothingToDo : source.paragraphs.map((paragraph) => paragraph.text);
}

describe('the cursor stands for', () => {
  it('neighbouring line comments with the same marks', () => {
    assert.deepEqual(atCursor('c', '// zero\n\n// one\n// t⟦wo\n//\n// three\nx; // four'), ['one two', 'three']);
    assert.deepEqual(atCursor('rust', '//! a\n/// b⟦\n// c'), ['b']);
  });

  it('the comment behind code, wherever on the line it stands', () => {
    assert.deepEqual(atCursor('c', '// zero\nx; // f⟦our\n// five'), ['four']);
    assert.deepEqual(atCursor('c', '⟦x; // four\n// five'), ['four']);
    assert.deepEqual(atCursor('c', 'f(/* one */ 1, /* t⟦wo */ 2);'), ['two']);
    assert.deepEqual(atCursor('c', 'f(/* one */ 1, /* two */ 2⟦);'), ['two']);
  });

  it('the block comment or the docstring', () => {
    assert.deepEqual(atCursor('java', '/**\n * One⟦.\n *\n * @param a Two.\n */\nint x;'), ['One.', 'Two.']);
    assert.deepEqual(atCursor('java', '/** One. *⟦/\nint x;'), ['One.']);
    assert.deepEqual(atCursor('python', 'def f():\n    """On⟦e.\n\n    Two.\n    """\n    # three'), ['One.', 'Two.']);
    assert.deepEqual(atCursor('python', 'def f():\n    """⟦One."""'), ['One.']);
    assert.deepEqual(atCursor('python', 'def f():\n    """\n    One.\n    ⟦"""'), ['One.']);
  });

  it('the paragraph, list item or heading in prose', () => {
    assert.deepEqual(atCursor('markdown', 'zero\n\none\nt⟦wo\n\nthree'), ['one two']);
    assert.deepEqual(atCursor('markdown', '- one\n- t⟦wo\n  three\n- four'), ['two three']);
    assert.deepEqual(atCursor('markdown', '# O⟦ne\ntwo'), ['One']);
    assert.deepEqual(atCursor('html', '<p>x</p>\n<!-- o⟦ne -->'), ['one']);
  });

  it('nothing elsewhere, and says so', () => {
    const message = /no comment or paragraph at the cursor\. Select/;
    assert.match(String(atCursor('c', 'x = 1⟦;\n// two')), message);
    assert.match(String(atCursor('markdown', 'one\n⟦\ntwo')), message);
    assert.match(String(atCursor('markdown', '```\nco⟦de\n```')), message);
    assert.match(String(atCursor('plaintext', '⟦')), message);
  });
});
