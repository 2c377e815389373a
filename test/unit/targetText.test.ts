/** Targets that take the place of their source, marked like it. */
import assert from 'node:assert/strict';
import { editedText, replacement } from '../../src/editor/targetText.ts';
import { source } from './editorText.ts';
import { asIs, replaced, upper } from './targetEdits.ts';
import { samples, wrappedSamples } from './targetSamples.ts';

describe('target text', () => {
  for (const [language, text] of [...samples, ...wrappedSamples]) {
    it(`of an identity changes nothing: ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.equal(
        replaced(language, text, (words) => words),
        text,
      );
    });
  }

  for (const [language, text] of samples) {
    it(`keeps everything but the prose, line by line: ${JSON.stringify(text.slice(0, 40))}`, () => {
      const from = source(language, text);
      const after = replaced(language, text, (words) => words.replace(/\p{Ll}/gu, 'x'));
      assert.equal(after.replace(/\p{L}/gu, 'x'), text.replace(/\p{L}/gu, 'x'));
      assert.ok(from.paragraphs.length > 0);
    });
  }

  it('takes the place of every string of a selected line of code', () => {
    assert.equal(replaced('javascript', '⟦say("one two", "three four");⟧', upper), 'say("ONE TWO", "THREE FOUR");');
  });

  it('keeps the right side of a box where it was, as far as the text has room', () => {
    const longer = (text: string): string => `${text} and more`;
    for (const [language, before, after] of [
      [
        'c',
        '/********************\n *  one two three   *\n *  four            *\n ********************/\n',
        '/********************\n *  one two three   *\n *  four and more   *\n ********************/\n',
      ],
      [
        'python',
        '#  one two three     #\n######################\n',
        '#  one two three and #\n#  more              #\n######################\n',
      ],
      ['sql', '-- one                 --\n-- two                 --\n', '-- one two and more    --\n'],
      ['c', '// 一二三               //\n// 四五                 //\n', '// 一二三四五 and more  //\n'],
      ['python', '#### Settings ####\n', '#### Settings and more ####\n'],
      ['c', '/* one *two* */\n', '/* one *two* and more */\n'],
      ['javascript', '// one +\n// two\n', '// one + two and more\n'],
      ['c', '// One.\n//\n// | a | b |\n// | one | two |\n', '// One. and more\n//\n// | a | b |\n// | one | two |\n'],
    ] as const)
      assert.equal(replaced(language, before, longer), after);
  });

  it('keeps line endings', () => {
    const after = replaced('c', '// one two three four five six seven eight\r\n// nine\r\n', (text) => `${text} ${text}`);
    assert.ok(/^(?:\/\/ [^\r\n]*\r\n)+$/.test(after), JSON.stringify(after));
  });

  it('cannot end the comment or the string that it goes into', () => {
    assert.equal(
      replaced('c', '/* one */', () => 'one */ two'),
      '/* one * / two */',
    );
    assert.equal(
      replaced('html', '<!-- one -->', () => 'one --> two'),
      '<!-- one -- > two -->',
    );
    assert.equal(
      replaced('python', '"""One."""', () => 'One """two"'),
      '"""One "" "two" """',
    );
    assert.equal(
      replaced('javascript', "say('⟦the object⟧');", () => "l'objet"),
      "say('l’objet');",
    );
    assert.equal(
      replaced('javascript', 'say("⟦the object⟧");', () => 'das "Objekt" \\'),
      'say("das ”Objekt” \\\\");',
    );
    assert.equal(
      replaced('c', '// one', () => 'one\n\ntwo\r\nthree'),
      '// one two three',
    );
  });

  it('leaves the source where the target is empty', () => {
    assert.equal(
      replaced('c', '// one', () => ' \n'),
      '// one',
    );
  });

  it('makes the rule below a title as long as the title', () => {
    assert.equal(replaced('restructuredtext', 'Title\n=====\n\nText.\n', upper), 'TITLE\n=====\n\nTEXT.\n');
    assert.equal(
      replaced('restructuredtext', 'Title\n=====\n', () => 'Der Titel'),
      'Der Titel\n=========\n',
    );
  });

  it('replaces nothing but the selection', () => {
    assert.equal(replaced('javascript', '// One ⟦two\n// three⟧ four\nx = "y";', upper), '// One TWO THREE four\nx = "y";');
    const from = source('javascript', 'a;\n⟦// One\n⟧b;');
    assert.equal(editedText(from, replacement(from, ['Eins'], asIs)), '// Eins');
  });
});
