/** The glossary's file: what its lines mean, what is wrong with them, and what an added entry does to it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { GLOSSARY_HEADER, parseGlossary, termsFor, termsIn, withEntry, type GlossaryEntry } from '../../src/shared/glossary.ts';
import { LANGUAGES } from '../../src/shared/task.ts';

describe('glossary', () => {
  it('names languages as other tools do too', () => {
    const { entries } = parseGlossary('file\tDatei\tDE\nfolder\tpasta\tpt-BR\n');
    assert.deepEqual(
      entries.map(({ language }) => language),
      ['de', 'pt'],
    );
  });

  it('has a word, its translation and a language in each line', () => {
    const { entries, problems } = parseGlossary(
      '\uFEFF# mine\r\nSource\tTarget\tLanguage\r\nfile\tDatei\tde\r\n\r\nGitHub\t-\r\n macOS \t\t\r\nerror  message\tavis\tfr\r\n',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(entries, [
      { source: 'file', target: 'Datei', language: 'de' },
      { source: 'GitHub', target: 'GitHub', language: undefined },
      { source: 'macOS', target: 'macOS', language: undefined },
      { source: 'error message', target: 'avis', language: 'fr' },
    ]);
  });

  it('says of each line what is wrong with it, and reads the others', () => {
    const text = [
      'file Datei',
      'a\tb\tde\tx',
      '\tDatei',
      '…\tx',
      `${'w'.repeat(201)}\tx`,
      'a\tb\txx',
      'file\tDatei',
      'file\tAkte',
      'file\tAkte\tde',
    ];
    const { entries, problems } = parseGlossary(text.join('\n'));
    assert.deepEqual(
      entries.map(({ source, target }) => [source, target]),
      [
        ['file', 'Datei'],
        ['file', 'Akte'],
      ],
    );
    const messages = [/no tab/, /three columns/, /no letter/, /no letter/, /at most 200/, /“xx” is none of/, /line 7 already/];
    assert.deepEqual(
      problems.map(({ line }) => line),
      [0, 1, 2, 3, 4, 5, 7],
    );
    for (const [index, { message }] of problems.entries()) assert.match(message, messages[index]!);
  });

  it('is empty, or has as many entries as fit', () => {
    for (const text of ['', '\n\n', GLOSSARY_HEADER]) assert.deepEqual(parseGlossary(text), { entries: [], problems: [] });
    const { entries, problems } = parseGlossary(Array.from({ length: 50_003 }, (_, index) => `w${index}\tW${index}`).join('\n'));
    assert.equal(entries.length, 50_000);
    assert.deepEqual(
      problems.map(({ line }) => line),
      [50_000],
    );
  });

  it('gives a run the terms of its language that stand in its texts', () => {
    const { entries } = parseGlossary('file\tfile\nfile\tDatei\tde\nfolder\tOrdner\tde\nGitHub\t-');
    const terms = (language: 'de' | 'fr'): string[] =>
      termsIn(['A file at GitHub.'], termsFor(entries, language)).map(({ target }) => target);
    assert.deepEqual(terms('de').at(-1), 'Datei');
    assert.deepEqual(new Set(terms('fr')), new Set(['file', 'GitHub']));
  });

  it('takes an entry at its end, or in the place of the one before', () => {
    const file = { source: 'file', target: 'Datei', language: 'de' } as const;
    assert.equal(withEntry('', file), 'file\tDatei\tde\n');
    assert.equal(withEntry('# x', { ...file, target: 'file', language: undefined }), '# x\nfile\t-\n');
    assert.equal(withEntry('a\tb\r\nfile\tAkte\tde\r\nc\td\r\n', file), 'a\tb\r\nfile\tDatei\tde\r\nc\td\r\n');
  });

  it('has what was put into it', () => {
    const word = fc.stringMatching(/^[a-zA-ZäÉ.+*$()[\]\\-]{0,6}x[ a-z]{0,4}y$/);
    const entry: fc.Arbitrary<GlossaryEntry> = fc.record({
      source: word,
      target: word,
      language: fc.option(fc.constantFrom(...LANGUAGES), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        const tidy = entries.map(({ source, target, language }) => ({
          source: source.replace(/\s+/g, ' '),
          target: target.replace(/\s+/g, ' '),
          language,
        }));
        const text = tidy.reduce((file, each) => withEntry(file, each), GLOSSARY_HEADER);
        const expected = new Map(tidy.map((each) => [`${each.language ?? ''} ${each.source}`, each]));
        const read = parseGlossary(text);
        assert.deepEqual(read.problems, []);
        assert.deepEqual(new Set(read.entries), new Set(expected.values()));
      }),
    );
  });
});
