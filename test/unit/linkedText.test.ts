/** Maps between a run's texts and the document: every character of a paragraph or target, in every shape of comment, through every kind of edit. */
import { original } from '../../src/editor/mappedText.ts';
import assert from 'node:assert/strict';
import { offsetsOf, paragraphMap } from '../../src/editor/documentOffsets.ts';
import { documentSpans, linkedText, segmentPlaces } from '../../src/editor/linkedText.ts';
import { keptMap, writtenMaps, type SourceEdits } from '../../src/editor/mapsAfterEdits.ts';
import { movedMap, type Change } from '../../src/editor/movedMap.ts';
import { sourceText, type SourceText } from '../../src/editor/sourceText.ts';
import type { SpanMap } from '../../src/editor/spanMap.ts';
import { insertionAbove, insertionBelow, replacement, unchangedMap } from '../../src/editor/targetText.ts';
import { joinSegments, segment } from '../../src/shared/segments.ts';
import { documentAfter, plainDocument, source } from './editorText.ts';
import { SHAPES } from './shapes/shapes.ts';

/** Numbers that look random and are the same in every run: a linear congruential generator (Numerical Recipes). */
function random(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** What each character of a text is in the document; undefined where it is not there. */
function read(map: SpanMap, length: number, document: string): (string | undefined)[] {
  const characters = new Array<string | undefined>(length).fill(undefined);
  for (const { from, to, length: count } of map) {
    for (let at = 0; at < count; at++) {
      assert.equal(characters[from + at], undefined, 'pieces are apart');
      characters[from + at] = document.charAt(to + at);
    }
  }
  return characters;
}

/** All but white space is in the document, and as it is in the text. */
function assertWritten(map: SpanMap, text: string, document: string, hint: string): void {
  read(map, text.length, document).forEach((character, offset) => {
    const expected = text.charAt(offset);
    if (/\s/.test(expected)) assert.ok(character === undefined || /\s/.test(character), hint);
    else assert.equal(character, expected, `${hint}: ${JSON.stringify(text.slice(Math.max(0, offset - 9), offset + 9))}`);
  });
}

const documentText = ({ document: { lines, eol } }: SourceText): string => lines.join(eol);

const targets: Readonly<Record<string, (text: string) => string>> = {
  'in capitals': (text) => text.toUpperCase(),
  'three times as long': (text) => `${text} ${text} ${text}`,
  shorter: (text) => text.split(' ').slice(0, 2).join(' '),
  'on several lines': (text) => `  ${text}\n\n${text} \r\n end`,
  'with closers': (text) => `${text} */ --> """ ''' ]] */*/ end`,
  'without spaces': (text) => `日本語の文章、${text}、日本語の文章、日本語の文章、日本語の文章。`.repeat(3),
};

const edits = {
  replacement,
  below: insertionBelow,
  above: (from: SourceText, texts: readonly string[], options: { wrapColumn: number }) =>
    insertionAbove(from, original(texts[0]!), options),
};

describe('linked text', () => {
  for (const shape of SHAPES) {
    it(`leads back to every character of every paragraph: ${shape.name}`, () => {
      const from = source(shape.language, shape.text);
      const document = documentText(from);
      for (const paragraph of from.paragraphs)
        assertWritten(paragraphMap(paragraph, offsetsOf(from.document)), paragraph.text, document, shape.name);
    });

    for (const [kind, editsOf] of Object.entries(edits)) {
      it(`knows every character that is written, ${kind}: ${shape.name}`, () => {
        for (const [name, target] of Object.entries(targets)) {
          for (const wrapColumn of [0, 50]) {
            const from = source(shape.language, shape.text);
            const texts = from.paragraphs.map(({ text }) => target(text)).slice(0, kind === 'above' ? 1 : undefined);
            const unchanged = kind === 'replacement' ? unchangedMap(from, texts) : [];
            const all = [{ source: from, edits: editsOf(from, texts, { wrapColumn }), unchanged }];
            if (all[0]!.edits.length === 0) continue;
            const after = documentAfter(from, all[0]!.edits);
            assertWritten(writtenMaps(all)[0]!, texts.join(''), after, `${kind}, ${name}, ${wrapColumn}`);
            if (kind === 'replacement') continue;
            const offsetOf = offsetsOf(from.document);
            for (const paragraph of from.paragraphs)
              assertWritten(keptMap(paragraphMap(paragraph, offsetOf), all), paragraph.text, after, `${kind}, ${name}: source`);
          }
        }
      });
    }
  }

  it('knows the paragraphs whose targets are the same, and those of other selections', () => {
    const text = '// One two\n// three.\n//\n// Four five.\n//\n// Six seven.\nx = 1;\n// Eight\n// nine.\n';
    const document = plainDocument('javascript', text);
    const at = (startLine: number, endLine: number): SourceText => {
      const from = sourceText(document, {
        start: { line: startLine, character: 0 },
        end: { line: endLine, character: document.lines[endLine]!.length },
      });
      assert.ok(!('nothingToDo' in from));
      return from;
    };
    const sources = [at(0, 5), at(7, 8)];
    const translated = [['A much longer text than it was.', 'Four five.', 'Short.'], ['Nine eight ten eleven.']];
    const all: SourceEdits[] = sources.map((from, index) => ({
      source: from,
      edits: replacement(from, translated[index]!, { wrapColumn: 0 }),
      unchanged: unchangedMap(from, translated[index]!),
    }));
    const after = documentAfter(
      sources[0]!,
      all.flatMap((one) => one.edits),
    );
    writtenMaps(all).forEach((map, index) => assertWritten(map, translated[index]!.join(''), after, String(index)));
  });

  it('is found again by segment, word and selection', () => {
    const from = source('python', 'def f():\n    """Opens the\n    file. Reads it.\n\n    Closes it.\n    """\n');
    const document = documentText(from);
    const segmentations = from.paragraphs.map(({ text }) => segment(text));
    const texts = ['Opens the file.', 'Reads it.', 'Closes it.'];
    const linked = linkedText(
      texts,
      from.paragraphs.map((paragraph, index) => ({
        segmentation: segmentations[index]!,
        map: paragraphMap(paragraph, offsetsOf(from.document)),
      })),
    );
    const shown = (segmentIndex: number, start: number, end: number): string[] =>
      documentSpans(linked, { segment: segmentIndex, span: { start, end } }).map((span) => document.slice(span.start, span.end));
    assert.deepEqual(shown(0, 6, 15), ['the', 'file.']);
    assert.deepEqual(shown(1, 5, 8), ['it']);
    const cursor = (word: string, into: number): string | undefined => {
      const offset = document.indexOf(word) + into;
      const [place] = segmentPlaces(linked, { start: offset, end: offset });
      return place && texts[place.segment]!.slice(place.span.start, place.span.end);
    };
    for (const word of ['Opens', 'the', 'file', 'Reads', 'Closes']) {
      for (let into = 0; into <= word.length; into++) assert.equal(cursor(word, into), word, `${word} at ${into}`);
    }
    assert.equal(cursor('def', 1), undefined);
    const range = (text: string): unknown =>
      segmentPlaces(linked, { start: document.indexOf(text), end: document.indexOf(text) + text.length });
    assert.deepEqual(range('pens the\n    fi'), [{ segment: 0, span: { start: 1, end: 12 } }]);
    assert.deepEqual(range('def'), []);
    const of = (...words: readonly string[]): unknown =>
      words.map((word, segment) => {
        const start = texts[segment]!.indexOf(word);
        return { segment, span: { start, end: start + word.length } };
      });
    assert.deepEqual(range('file. Reads'), of('file.', 'Reads'));
    assert.deepEqual(range('file. Reads it.\n\n    Closes'), of('file.', 'Reads it.', 'Closes'), 'the whole one in the middle too');
    assert.deepEqual(range('Reads it.'), [{ segment: 1, span: { start: 0, end: 0 } }], 'of nothing but a whole one, nothing');
    assert.deepEqual(range('Reads it.\n\n    Closes it.'), [
      { segment: 1, span: { start: 0, end: 0 } },
      { segment: 2, span: { start: 0, end: 0 } },
    ]);
  });

  it('leaves out segments that do not stand in the document', () => {
    const placed = [{ segmentation: segment('One. Two.'), map: [{ from: 0, to: 10, length: 9 }] }];
    const linked = linkedText(['One.', 'Zwei.'], placed, (index) => index === 0);
    assert.deepEqual(linked.map, [{ from: 0, to: 10, length: 4 }]);
    assert.deepEqual(linked.starts, [0, 5]);
  });

  it('has the spans of targets in a paragraph', () => {
    const joined = joinSegments(segment('One. Two!  3 Four.'), ['Eins, zwei.', 'Ja!', '']);
    assert.deepEqual(
      joined.segments.map(({ start, end }) => joined.text.slice(start, end)),
      ['Eins, zwei.', 'Ja!', ''],
    );
  });
});

describe('moved map', () => {
  const text = 'One two_three four, five. Six 日本語 seven eight';
  const margin = '// ';

  /** The text on lines of some words each, with a margin. */
  function laidOut(): { readonly document: string; readonly map: SpanMap } {
    const map: { from: number; to: number; length: number }[] = [];
    let document = '';
    for (const match of text.matchAll(/\S+(?: \S+)?/g)) {
      document += margin;
      map.push({ from: match.index, to: document.length, length: match[0].length });
      document += `${match[0]}\n`;
    }
    return { document, map };
  }

  function changed(document: string, map: SpanMap, { start, end, inserted }: Change): { document: string; map: SpanMap } {
    return {
      document: document.slice(0, start) + '~'.repeat(inserted) + document.slice(end),
      map: movedMap(map, { start, end, inserted }, text),
    };
  }

  it('keeps every character that an edit leaves, and drops words that are edited', () => {
    const next = random(7);
    for (let round = 0; round < 2000; round++) {
      let { document, map } = laidOut();
      for (let edit = 0; edit < 4; edit++) {
        const start = next(document.length + 1);
        const end = Math.min(document.length, start + next(3) * next(9));
        ({ document, map } = changed(document, map, { start, end, inserted: next(3) * next(4) }));
        assert.ok(map.every((piece, index) => index === 0 || map[index - 1]!.to + map[index - 1]!.length <= piece.to));
        read(map, text.length, document).forEach((character, offset) => {
          if (character !== undefined) assert.equal(character, text.charAt(offset));
        });
      }
      // What is left of a word is all of it.
      const characters = read(map, text.length, document);
      for (const { 0: word, index } of text.matchAll(/[A-Za-z_]+/g)) {
        const left = characters.slice(index, index + word.length).filter((character) => character !== undefined);
        assert.ok(left.length === 0 || left.length === word.length, `${word}: ${left.join('')}`);
      }
    }
  });

  it('drops only the word that is edited', () => {
    const { document, map } = laidOut();
    const left = (change: Change): string =>
      read(changed(document, map, change).map, text.length, changed(document, map, change).document)
        .map((character) => character ?? '·')
        .join('');
    const at = document.indexOf('two_three') + 3;
    assert.equal(
      left({ start: at, end: at, inserted: 2 }),
      'One ········· four, five. Six 日本語 seven eight'.replaceAll(/ (?=four|Six|seven)/g, '·'),
    );
    const behind = document.indexOf('five.') + 4;
    assert.equal(left({ start: behind, end: behind, inserted: 1 }), text.replaceAll(/ (?=four|Six|seven)/g, '·'));
    const kanji = document.indexOf('本');
    assert.equal(left({ start: kanji, end: kanji + 1, inserted: 0 }), text.replace('本', '·').replaceAll(/ (?=four|Six|seven)/g, '·'));
  });

  it('is dropped where everything is replaced, and stays behind and before an edit', () => {
    const { document, map } = laidOut();
    assert.deepEqual(movedMap(map, { start: 0, end: document.length, inserted: 5 }, text), []);
    assert.deepEqual(movedMap(map, { start: document.length, end: document.length, inserted: 5 }, text), map);
    assert.deepEqual(
      movedMap(map, { start: 0, end: 0, inserted: 5 }, text),
      map.map((piece) => ({ ...piece, to: piece.to + 5 })),
    );
  });
});
