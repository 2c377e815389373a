/** Comment syntax from language configurations as VS Code's own extensions write them. */
import assert from 'node:assert/strict';
import { configuredComments, syntaxOf } from '../../src/editor/languageConfiguration.ts';

describe('comment syntax', () => {
  it('is read from JSON with comments and trailing commas', () => {
    const json = '{ // c\n "comments": { "lineComment": "//", /* b */ "blockComment": ["/*", "*/"], }, }';
    assert.deepEqual(configuredComments(json), { lineComments: ['//'], blockComments: [['/*', '*/']] });
  });

  it('knows both forms of a line comment', () => {
    assert.deepEqual(configuredComments('{"comments":{"lineComment":{"comment":"#","noIndent":true}}}'), {
      lineComments: ['#'],
      blockComments: [],
    });
  });

  it('is nothing where there is none', () => {
    for (const json of [
      '',
      '[]',
      'null',
      '{"comments":{}}',
      '{"comments":{"blockComment":["x"]}}',
      '\0\u0001',
      '{"comments":{"lineComment":7}}',
    ]) {
      assert.equal(configuredComments(json), undefined, json);
    }
  });

  it('takes the docstring quotes of Python for what they are', () => {
    const python = syntaxOf('python', [{ lineComments: ['#'], blockComments: [['"""', '"""']] }]);
    assert.deepEqual(python, { lineComments: ['#'], blockComments: [], docstringQuotes: ['"""', "'''"], prose: undefined });
  });

  it('of several extensions is taken together', () => {
    const syntax = syntaxOf('x', [
      { lineComments: ['//'], blockComments: [] },
      { lineComments: ['//'], blockComments: [['/*', '*/']] },
    ]);
    assert.deepEqual(syntax, { lineComments: ['//'], blockComments: [['/*', '*/']], docstringQuotes: [], prose: undefined });
  });

  it('of prose has no marks that Markdown reads otherwise', () => {
    const syntax = syntaxOf('markdown', [{ lineComments: ['#'], blockComments: [['<!--', '-->']] }]);
    assert.deepEqual(syntax, { lineComments: [], blockComments: [['<!--', '-->']], docstringQuotes: [], prose: 'text' });
    assert.equal(syntaxOf('html', []).prose, 'html');
    assert.equal(syntaxOf('plaintext', []).prose, 'text');
  });

  it('of a language that nobody knows is empty', () => {
    assert.deepEqual(syntaxOf('unheard-of', []), { lineComments: [], blockComments: [], docstringQuotes: [], prose: undefined });
  });
});
