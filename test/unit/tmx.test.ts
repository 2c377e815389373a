/** TMX: what is written is read again, other tools' files are understood, and hostile ones are one error. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SaccadeError } from '../../src/shared/failure.ts';
import { LANGUAGES } from '../../src/shared/task.ts';
import { entriesOf, mergedEntries, tidy, type MemoryEntry } from '../../src/wording/memoryEntry.ts';
import { decodeXml, readTmx, type TmxContent } from '../../src/wording/tmxReader.ts';
import { writeTmx } from '../../src/wording/tmxWriter.ts';

const NOW = Date.UTC(2026, 10, 25, 14, 0, 0);
const read = (text: string): Promise<TmxContent> => readTmx(text, NOW, () => Promise.resolve());

function tmx(body: string, header = 'srclang="en"', before = ''): string {
  return `<?xml version="1.0"?>${before}<tmx version="1.4"><header ${header}/><body>${body}</body></tmx>`;
}

function unit(...variants: readonly (readonly [language: string, segment: string])[]): string {
  return `<tu>${variants.map(([language, segment]) => `<tuv xml:lang="${language}"><seg>${segment}</seg></tuv>`).join('')}</tu>`;
}

describe('TMX', () => {
  it('is read as it was written', async () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 30 })
      .map((made) => tidy(made.replace(/[\0-\x08\v\f\x0E-\x1F\uFFFE\uFFFF]/g, '&')))
      .filter((made) => made !== '');
    const entry: fc.Arbitrary<MemoryEntry> = fc.record(
      {
        source: text,
        target: text,
        from: fc.constantFrom('en', 'und', 'pt-br', 'ja'),
        to: fc.constantFrom(...LANGUAGES),
        time: fc.integer({ min: 0, max: NOW / 1000 }).map((seconds) => seconds * 1000),
      },
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 5 }), async (entries) => {
        const written = writeTmx(entries, '0.1.0');
        assert.deepEqual(await read(decodeXml(new TextEncoder().encode(written))), { entries, leftOut: 0 });
      }),
    );
  });

  it('of another tool has its languages, its codes left out, and its units that the model cannot use counted', async () => {
    const { entries, leftOut } = await read(
      tmx(
        unit(['DE-de', 'Datei'], ['en-US', 'Open  the <bpt i="1">&lt;b></bpt><hi>file</hi><ept i="1">&lt;/b></ept>.'], ['fr', 'Ouvrir']) +
          unit(['en', 'only one']) +
          unit(['en', 'a'], ['xx', 'b']) +
          unit(['en', 'x'.repeat(2001)], ['de', 'b']) +
          '<tu changedate="20200101T000000Z" srclang="*all*"><tuv lang="fr"><seg><![CDATA[a < b]]></seg></tuv><tuv lang="es"><seg>c</seg></tuv></tu>',
        'srclang="en-GB"',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
      ),
    );
    assert.deepEqual(
      entries.map(({ source, target, from, to }) => [source, target, from, to]),
      [
        ['Open the file.', 'Datei', 'en-us', 'de'],
        ['Open the file.', 'Ouvrir', 'en-us', 'fr'],
        ['a < b', 'c', 'fr', 'es'],
      ],
    );
    assert.deepEqual([entries[0]!.time, entries[2]!.time], [NOW, Date.UTC(2020, 0, 1)]);
    assert.equal(leftOut, 3);
  });

  it('keeps what stands in a text for a value, and leaves out a unit that does not tell what that is', async () => {
    const { entries, leftOut } = await read(
      tmx(
        unit(['en', 'Click <ph x="1">{0}</ph> to open.'], ['de', 'Zum Öffnen <ph x="1">{0}</ph> klicken.']) +
          unit(['en', 'Click <ph x="1"/> to open.'], ['de', 'Zum Öffnen <ph x="1"/> klicken.']),
      ),
    );
    assert.deepEqual(
      entries.map(({ source, target }) => [source, target]),
      [['Click {0} to open.', 'Zum Öffnen {0} klicken.']],
    );
    assert.equal(leftOut, 1);
  });

  it('takes the first of two kinds of one language', async () => {
    const { entries } = await read(tmx(unit(['en', 'file'], ['pt-BR', 'arquivo'], ['pt-PT', 'ficheiro'])));
    assert.deepEqual(
      entries.map(({ target, to }) => [target, to]),
      [['arquivo', 'pt']],
    );
  });

  it('may be UTF-16, or in the encoding that it names', async () => {
    const text = tmx(unit(['en', 'key'], ['de', 'Schlüssel']));
    const wide = new Uint8Array(new Uint16Array(Array.from(`\uFEFF${text}`, (character) => character.charCodeAt(0))).buffer);
    const latin = Uint8Array.from(text.replace('"1.0"', '"1.0" encoding="ISO-8859-1"'), (character) => character.charCodeAt(0));
    for (const bytes of [wide, latin]) assert.equal((await read(decodeXml(bytes))).entries[0]?.target, 'Schlüssel');
    assert.throws(() => decodeXml(Uint8Array.of(0x3c, 0xff, 0xfe)), SaccadeError);
  });

  for (const [what, text, message] of [
    ['an entity bomb', tmx(unit(['en', '&b;'], ['de', 'x']), '', '<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'), /a DTD/],
    ['an entity of its own', tmx(unit(['en', '&b;'], ['de', 'x'])), /no sound XML: line 1/],
    ['another kind of XML', '<xliff version="1.2"></xliff>', /begins with <xliff>/],
    ['no XML', 'file\tDatei', /no sound XML/],
    ['nothing', '', /no sound XML/],
    ['a file that was cut off', tmx(unit(['en', 'a'], ['de', 'b'])).slice(0, -30), /no sound XML/],
    ['elements without end', tmx('<tu>'.repeat(1000)), /nested too deeply/],
  ] as const) {
    it(`says in one sentence what is wrong with ${what}`, async () => {
      await assert.rejects(
        read(text),
        (error) => error instanceof SaccadeError && error.kind === 'badInput' && message.test(error.message),
      );
    });
  }

  it('is a memory or one error, whatever the text', async () => {
    const piece = fc.constantFrom(
      '<tmx>',
      '</tmx>',
      '<body>',
      '<tu>',
      '</tu>',
      '<tuv xml:lang="de">',
      '</tuv>',
      '<seg>',
      '</seg>',
      'a',
      '&amp;',
      '&',
      '<',
      '<!--',
      '-->',
      ']]>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        await read(pieces.join('')).catch((error: unknown) => assert.ok(error instanceof SaccadeError));
      }),
    );
  });
});

describe('translation memory', () => {
  const entry = (source: string, target: string, time: number, to: MemoryEntry['to'] = 'de'): MemoryEntry => ({
    source,
    target,
    from: 'en',
    to,
    time,
  });

  it('keeps the newer of two, and the newest where there are too many', () => {
    const merged = mergedEntries(
      [entry('a', 'x', 1), entry('b', 'x', 5)],
      [entry('a', 'y', 2), entry('a', 'z', 3, 'fr'), entry('b', 'old', 4)],
    );
    assert.deepEqual(
      merged.map(({ target }) => target),
      ['x', 'z', 'y'],
    );
    assert.deepEqual(
      mergedEntries(merged, [], 2).map(({ target }) => target),
      ['x', 'z'],
    );
  });

  it('takes nothing from a file that is none', () => {
    assert.deepEqual(entriesOf([entry('a', 'b', 1)]), [entry('a', 'b', 1)]);
    for (const value of [undefined, {}, 'x', [{}], [null], [{ ...entry('a', 'b', 1), time: 'x' }]])
      assert.equal(entriesOf(value), undefined);
  });
});
