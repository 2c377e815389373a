/** Terms in texts: word boundaries, case, longest match, code, and whether a translation has them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { lostSpans, protect, protectAs, restore, uncutTerms, type Protection } from '../../src/shared/protectedSpans.ts';
import { missingTargets, TermIndex, type PlacedTerm, type Term } from '../../src/shared/terms.ts';

const protection = JSON.parse(readFileSync(new URL('../fixtures/protect.json', import.meta.url), 'utf8')) as Protection;

function termsOf(words: Readonly<Record<string, string>>): Term[] {
  return Object.entries(words).map(([source, target]) => ({ source, target }));
}

/** The text with each found term in brackets as its translation. */
function marked(text: string, placed: readonly PlacedTerm[]): string {
  return placed.reduceRight((rest, { span, target }) => `${rest.slice(0, span.start)}[${target}]${rest.slice(span.end)}`, text);
}

function found(words: Readonly<Record<string, string>>, text: string): string {
  return marked(text, uncutTerms(text, protection, new TermIndex(termsOf(words)).find(text)));
}

describe('terms in a text', () => {
  it('are whole words', () => {
    const words = { file: 'Datei', option: 'Option' };
    assert.equal(
      found(words, 'A file, files, profile, file-based, non-file, file’s. (file)'),
      'A [Datei], files, profile, file-based, non-file, file’s. ([Datei])',
    );
    assert.equal(found(words, "l'option, file/option"), "l'[Option], [Datei]/[Option]");
    assert.equal(found({ bit: 'Bit' }, 'ein Bißchen bit̂ 8bit bit_x bit'), 'ein Bißchen bit̂ 8bit bit_x [Bit]');
  });

  it('begin with a capital where a sentence may, and else have their case', () => {
    const words = { file: 'Datei', Window: 'Fenster', macOS: 'macOS' };
    assert.equal(found(words, 'File FILE window Window WINDOW macOS MACOS'), '[Datei] FILE window [Fenster] WINDOW [macOS] MACOS');
    assert.equal(found({ file: 'Datei', File: 'Akte' }, 'file File'), '[Datei] [Akte]');
  });

  it('are the longest that begin at a place, and apart', () => {
    const words = { error: 'Fehler', 'error message': 'Fehlermeldung', 'message box': 'Kasten', 'error message box of': 'nie' };
    assert.equal(found(words, 'An error  message box, error, error message'), 'An [Fehlermeldung] box, [Fehler], [Fehlermeldung]');
  });

  it('may be made of any characters', () => {
    const words = { 'C++': 'C-plus-plus', C: 'Cé', '.*': 'alles', 'a(b': 'x', $1: 'y', '[': 'Klammer' };
    assert.equal(found(words, 'C C++ C# C. C++11 .* a(b) $1 ['), '[Cé] [C-plus-plus] C# [Cé]. C++11 [alles] [x]) [y] [Klammer]');
  });

  it('need no spaces where the script has none', () => {
    assert.equal(found({ 翻訳: 'translation' }, 'この翻訳は翻訳機'), 'この[translation]は[translation]機');
  });

  it('are none inside code, and the whole span where they cover it', () => {
    const words = { file: 'Datei', name: 'Name', 'open file_name': 'x', 'GitHub page': 'GitHub-Seite', fileName: 'Dateiname' };
    assert.equal(
      found(words, 'file `file` file_name {name} fileName, open file_name now, the GitHub page'),
      '[Datei] `file` file_name {name} [Dateiname], [x] now, the [GitHub-Seite]',
    );
    assert.equal(found(words, '`open file_name'), '`[x]');
    assert.equal(found({ 'name of': 'x' }, '`a name` of `name of`'), '`a name` of `name of`');
  });

  it('are found in one pass, however many there are', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ source: `word${index} of ${index}`, target: `Wort${index}` }));
    assert.deepEqual(new TermIndex([]).find('word1 of 1'), []);
    const text = 'word9999 of 9999 word1 of 2 word0 of 0';
    assert.equal(marked(text, new TermIndex(many).find(text)), '[Wort9999] word1 of 2 [Wort0]');
  });

  it('stand for what the text says, in order and apart', () => {
    const word = fc.constantFrom('a', 'b', 'A', 'a-b', 'ab', "l'a", '`a`', 'ä', '+', ' ', '  ', '.');
    const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(''));
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 5 }), (written, sources) => {
        const placed = uncutTerms(
          written,
          protection,
          new TermIndex(sources.map((source) => ({ source, target: `<${source}>` }))).find(written),
        );
        let done = 0;
        for (const { span, target } of placed) {
          assert.ok(span.start >= done && span.end > span.start);
          const plain = (of: string): string => of.replace(/\s/g, '').replace(/^a/, 'A');
          assert.equal(plain(written.slice(span.start, span.end)), plain(target.slice(1, -1)));
          done = span.end;
        }
        const source = protect(written, protection, placed);
        assert.deepEqual(
          lostSpans(source, restore(source.text, source, protection)),
          source.exposed.filter((each) => !written.includes(each)),
        );
      }),
    );
  });
});

describe('terms as protected spans', () => {
  const text = 'Files: copy `a` to the file or the folder, then `a` to the file.';
  const words = { files: 'fichiers', file: 'fichier', folder: 'dossier' };
  const source = protect(text, protection, uncutTerms(text, protection, new TermIndex(termsOf(words)).find(text)));

  it('share sentinels where their translations are the same', () => {
    assert.equal(source.text, '\uE000: copy \uE001 to the \uE002 or the \uE003, then \uE001 to the \uE002.');
    assert.deepEqual(source.spans, ['fichiers', '`a`', 'fichier', 'dossier']);
    const first = source.sentinels[0]!;
    assert.equal(text.slice(first.span.start, first.span.end), 'Files');
  });

  it('become their translations, with a capital where both texts begin with one', () => {
    assert.equal(restore('\uE000 : \uE002, \uE000', source, protection).written, 'Fichiers : fichier, fichiers');
    assert.equal(restore('\uE002 : \uE003', { ...source, spansAtStart: source.spans }, protection).written, 'fichier : dossier');
    const small = protect('the file', protection, [{ span: { start: 4, end: 8 }, target: 'fichier' }]);
    assert.equal(restore('\uE000', small, protection).written, 'fichier');
  });

  it('are missed where the target lacks their translations', () => {
    assert.deepEqual(lostSpans(source, restore('\uE000 \uE001 \uE001 \uE002 \uE003', source, protection)), ['fichier']);
    const many = Array.from({ length: protection.sentinels + 1 }, (_, at) => ({
      span: { start: 3 * at, end: 3 * at + 2 },
      target: `wort${at}`,
    }));
    const crowded = protect('ab '.repeat(many.length), protection, many);
    assert.deepEqual(crowded.exposed, ['wort16']);
    assert.deepEqual(lostSpans(crowded, restore(crowded.text, crowded, protection)), ['wort16']);
  });

  it('are sentinels in a forced beginning too', () => {
    const prefix = 'Le fichier `a` et `b`';
    assert.equal(protectAs(prefix, source, protection, [{ span: { start: 3, end: 10 }, target: 'fichier' }]), 'Le \uE002 \uE001 et `b`');
  });
});

describe('terms in a translation', () => {
  const wanted = (...targets: string[]): PlacedTerm[] => targets.map((target) => ({ span: { start: 0, end: 1 }, target }));
  const missing = (target: string, ...targets: string[]): string[] => [...missingTargets(wanted(...targets), target)];

  it('are missing where they stand less often than in the source', () => {
    assert.deepEqual(missing('Die Datei.', 'Datei'), []);
    assert.deepEqual(missing('Die Datei.', 'Datei', 'Datei'), ['Datei']);
    assert.deepEqual(missing('', 'Datei'), ['Datei']);
    assert.deepEqual(missing('Die Konfigurationsdatei', 'Datei'), ['Datei']);
  });

  it('may begin with a capital and have an ending', () => {
    assert.deepEqual(missing('Répertoires, Dateien', 'répertoire', 'Datei'), []);
    assert.deepEqual(missing('Transport Portal Hüten', 'Port', 'Hut', 'port'), ['Port', 'Hut', 'port']);
    assert.deepEqual(missing('der Fehlermeldungen', 'Fehler'), ['Fehler']);
    assert.deepEqual(missing('mots de passe', 'mot de passe'), ['mot de passe']);
  });
});
