/** Sentences of the translation memory that are much like another one: used where only numbers or names differ, offered where words do. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { atOnce } from '../../src/editor/inSlices.ts';
import type { MemoryEntry } from '../../src/wording/memoryEntry.ts';
import { differentPart, nearMatches } from '../../src/wording/nearMatches.ts';
import { shapeOf, withPlaceablesOf } from '../../src/wording/placeables.ts';

function entry(source: string, target = 'Ziel'): MemoryEntry {
  return { source, target, from: 'en', to: 'de', time: 0 };
}

describe('equal sentences but for numbers and names', () => {
  for (const [what, source, target, wanted, expected] of [
    ['a number', 'Wait 30 seconds.', 'Warten Sie 30 Sekunden.', 'Wait 45 seconds.', 'Warten Sie 45 Sekunden.'],
    ['inline code', 'Call `open` first.', 'Rufen Sie zuerst `open` auf.', 'Call `read(a)` first.', 'Rufen Sie zuerst `read(a)` auf.'],
    ['names', 'Set max_size in app.config.', 'max_size in app.config setzen.', 'Set minSize in a.b.', 'minSize in a.b setzen.'],
    ['two that change places', 'From 2 to 30.', 'Von 2 bis 30.', 'From 30 to 2.', 'Von 30 bis 2.'],
    ['one that is there twice', '7 of 7 files.', '7 von 7 Dateien.', '9 of 9 files.', '9 von 9 Dateien.'],
    ['a number that the target has once more', 'Wait 30 s.', 'Warte 30 s, also 30.', 'Wait 45 s.', undefined],
    ['a number that the target writes as a word', 'Wait 2 seconds.', 'Warte zwei Sekunden.', 'Wait 3 seconds.', undefined],
    ['a plural that becomes a singular', 'Reads 2 files.', 'Liest 2 Dateien.', 'Reads 1 files.', undefined],
    ['equal ones that become different', '7 of 7 files.', '7 von 7 Dateien.', '7 of 9 files.', undefined],
  ] as const) {
    it(`are translated alike: ${what}`, () => {
      assert.equal(shapeOf(source), shapeOf(wanted));
      assert.equal(withPlaceablesOf(wanted, { source, target }), expected);
    });
  }

  it('are not those with other words', () => {
    assert.notEqual(shapeOf('Wait 30 seconds.'), shapeOf('Wait 30 minutes.'));
  });

  it('give the remembered target for the remembered sentence', () => {
    const sentence = fc
      .array(fc.constantFrom('file', '`a`', '12', '1', 'a_b', 'x.y', '{0}', ','), { minLength: 1 })
      .map((all) => all.join(' '));
    fc.assert(fc.property(sentence, sentence, (source, target) => withPlaceablesOf(source, { source, target }) === target));
  });
});

describe('near matches', () => {
  const find = (text: string, ...entries: MemoryEntry[]) => atOnce(nearMatches(text, 'de', entries));

  it('are the most alike first, with how much, and never an equal one', () => {
    const found = find(
      'Open the file before you read it.',
      entry('Open the file before you write it.'),
      entry('Open the file before you read it.'),
      entry('Open the old file before you write it.'),
      entry('Close the door.'),
      { ...entry('Open the file before you close it.'), to: 'fr' },
    );
    assert.deepEqual(
      found.map(({ entry: { source }, likeness }) => [source, Math.floor(likeness * 100)]),
      [
        ['Open the file before you write it.', 87],
        ['Open the old file before you write it.', 77],
      ],
    );
  });

  it('are found in scripts without spaces', () => {
    const [match] = find('ファイルを読む前に開いてください。', entry('ファイルを書く前に開いてください。'));
    assert.ok(match && match.likeness > 0.85);
  });

  it('are as much alike as by the whole table of distances', () => {
    const sentence = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sentence, sentence, (one, other) => {
        const table = one.map(() => new Array<number>(other.length).fill(0));
        const at = (row: number, column: number): number => (row < 0 || column < 0 ? row + column + 2 : table[row]![column]!);
        for (const [row, word] of one.entries())
          for (const [column, compared] of other.entries())
            table[row]![column] = Math.min(
              at(row - 1, column) + 1,
              at(row, column - 1) + 1,
              at(row - 1, column - 1) + (word === compared ? 0 : 1),
            );
        const likeness = 1 - at(one.length - 1, other.length - 1) / Math.max(one.length, other.length);
        const [match] = find(one.join(' '), entry(other.join(' ')));
        if (likeness >= 0.75 && likeness < 1) assert.equal(match?.likeness, likeness);
        else assert.equal(match, undefined);
      }),
    );
  });
});

describe('part of a near match that is different', () => {
  for (const [what, text, other, expected] of [
    ['at the end', 'Der Cache ist voll.', 'Der Cache ist leer.', '… voll.'],
    ['within a word', 'Die Datei ist zu.', 'Die Dateien sind zu.', '… Datei ist zu.'],
    ['from the start on', 'Offen ist sie.', 'Sie ist offen.', 'Offen ist sie.'],
    ['behind all of the other', 'Ja, gut.', 'Ja,', '… gut.'],
  ] as const) {
    it(`is what a title shows: ${what}`, () => {
      assert.equal(differentPart(text, other), expected);
    });
  }
});
