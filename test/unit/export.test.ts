/** What a run is exported as, read again: every format holds what went in, and no file that is not a run is taken for one. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { HEAD_MEASURES } from '../../src/shared/attention/headMeasures.ts';
import { everyMap, exportedMap } from '../../src/shared/export/exportedMap.ts';
import { mapCsv } from '../../src/shared/export/mapCsv.ts';
import { measuresCsv } from '../../src/shared/export/measuresCsv.ts';
import { mapSvg } from '../../src/shared/export/mapSvg.ts';
import { creditOf, runMarkdown } from '../../src/shared/export/runMarkdown.ts';
import { readSavedRun, writeSavedRun } from '../../src/shared/export/savedRun.ts';
import { SaccadeError } from '../../src/shared/failure.ts';
import { savedRun } from './madeInspection.ts';

/** Lines of fields (RFC 4180). */
function parseCsv(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    lines.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') lines.push([]);
  }
  assert.deepEqual(lines.pop(), []);
  return lines;
}

/** A token as it was before an apostrophe was put before what a spreadsheet would calculate. */
function readBack(field: string): string {
  return field.startsWith("'") ? field.slice(1) : field;
}

/** Throws where tags do not close one another or a character stands that must be escaped. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  const rest = xml
    .replace(/^<\?xml [^?]*\?>\n/, '')
    .replaceAll(
      /<(\/?)([a-z]+)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
      (_, closing: string, name: string, _attributes: string, empty: string) => {
        if (closing) assert.equal(open.pop(), name);
        else if (!empty) open.push(name);
        return '';
      },
    );
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest.replaceAll(/&(?:amp|lt|gt|quot);/g, ''), /[<>&\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
}

const NASTY = [
  '<script>alert(1)</script>',
  '</script>',
  'a"b',
  "it's",
  ' x,y',
  'two\nlines\r',
  '=1+1',
  '\u0000\u001b',
  '\ud800',
  'ä🙂',
  '|`*_',
  '',
];

describe('saved run', () => {
  const run = savedRun(['The', ' file', '</s>'], ['Die', ' Datei', '</s>']);

  it('is read as it was written, to the last bit', () => {
    assert.deepEqual(readSavedRun(writeSavedRun(run)), run);
    const nasty = savedRun(NASTY, NASTY);
    assert.deepEqual(readSavedRun(writeSavedRun(nasty)), nasty);
  });

  const refuse = (content: string, message: RegExp): void => {
    assert.throws(
      () => readSavedRun(content),
      (error) => error instanceof SaccadeError && error.kind === 'badInput' && message.test(error.message) && !error.message.includes('\n'),
    );
  };
  const changed = (change: (json: Record<string, unknown>) => void): string => {
    const json = JSON.parse(writeSavedRun(run)) as Record<string, unknown>;
    change(json);
    return JSON.stringify(json);
  };

  it('refuses what is no run', () => {
    for (const content of [
      '',
      'null',
      '[]',
      '42',
      '"text"',
      '{}',
      '{"format":"other"}',
      'PK\u0003\u0004',
      writeSavedRun(run).slice(0, -20),
    ]) {
      refuse(content, /^The file is no run that Saccade has saved, or it is damaged: /);
    }
    refuse(
      changed((json) => (json['version'] = 2)),
      /newer Saccade/,
    );
  });

  it('refuses a run that lacks any of its parts, or has another in its place, and names it', () => {
    const names = Object.keys(JSON.parse(writeSavedRun(run)) as object);
    for (const name of names) {
      refuse(
        changed((json) => void Reflect.deleteProperty(json, name)),
        new RegExp(name),
      );
      const mayBeEmpty = /^(overruled|mismatches|.*ValueProducts)$/.test(name);
      for (const value of [null, 'x', -1, 1.5, {}, [[]], [null], { start: 1 }, ...(mayBeEmpty ? [] : [[]])]) {
        refuse(
          changed((json) => (json[name] = value)),
          /no run that Saccade has saved|newer/,
        );
      }
    }
  });

  it('refuses parts that do not fit together', () => {
    const maps = (json: Record<string, unknown>): number[][][][] => json['crossAttentions'] as number[][][][];
    refuse(
      changed((json) => maps(json)[0]![0]!.pop()),
      /crossAttentions/,
    );
    refuse(
      changed((json) => maps(json)[0]![0]![0]!.push(0)),
      /crossAttentions/,
    );
    refuse(
      changed((json) => (maps(json)[0]![0]![0]![0] = '1' as unknown as number)),
      /crossAttentions is not of numbers/,
    );
    refuse(
      changed((json) => (json['sourceText'] = 'The')),
      /source and sourceText/,
    );
    refuse(
      changed((json) => (json['source'] as unknown[]).pop()),
      /source/,
    );
    refuse(
      changed((json) => (json['mismatches'] = [99])),
      /mismatches/,
    );
    refuse(
      changed((json) => ((json['defaultCrossAttention'] as { layer: number }).layer = 9)),
      /defaultCrossAttention/,
    );
    refuse(
      changed((json) => ((json['model'] as { sha256: string }).sha256 = 'f00')),
      /model\.sha256/,
    );
    refuse(
      changed((json) => (json['task'] = { kind: 'translate', to: 'xx' })),
      /task\.to/,
    );
  });

  it('reserves no memory for numbers that a file only promises', () => {
    const long = (first: unknown, length: number): unknown[] => [first, ...Array.from({ length: length - 1 }, () => [])];
    const promise = long(long(long(new Array(4096).fill(0), 4096), 64), 64);
    refuse(
      changed((json) => (json['crossAttentions'] = promise)),
      /crossAttentions is not lists of equal lengths, 64 x 64 x 4096 x 4096/,
    );
  });

  it('reads any damaged file as a run or refuses it, with nothing in between', () => {
    const content = writeSavedRun(run);
    let state = 1;
    const random = (below: number): number => (state = (state * 48271) % 2147483647) % below;
    let refused = 0;
    for (let round = 0; round < 400; round++) {
      const at = random(content.length);
      const written = ['', '[', '}', '"', '-', '9e99', ',', 'null', '\u0000'][random(9)]!;
      try {
        readSavedRun(content.slice(0, at) + written + content.slice(at + random(4)));
      } catch (error) {
        assert.ok(error instanceof SaccadeError && error.kind === 'badInput', String(error));
        refused++;
      }
    }
    assert.ok(refused > 200);
  });

  it('takes no part of a prototype for its own', () => {
    const bare = changed((json) => delete json['format']);
    refuse(bare.replace('{', '{"__proto__":{"format":"saccade-run"},'), /format is not there/);
  });
});

describe('comma-separated values', () => {
  it('have a line for each cell of each head, with the texts and weights that went in', () => {
    const { inspection } = savedRun(NASTY, ['Die', ' "Datei"', '</s>']);
    const maps = everyMap(inspection);
    const [header, ...lines] = parseCsv(mapCsv(maps));
    assert.deepEqual(header, ['attention', 'layer', 'head', 'query_position', 'query', 'key_position', 'key', 'weight']);
    assert.equal(
      lines.length,
      maps.reduce((sum, { values }) => sum + values.length, 0),
    );
    let line = 0;
    for (const { attention, layer, head, rows, columns, values } of maps) {
      for (const [row, query] of rows.entries()) {
        for (const [column, key] of columns.entries()) {
          const cells = lines[line++]!;
          assert.deepEqual(cells.slice(0, 4), [attention, layer, head, String(row)]);
          assert.deepEqual([readBack(cells[4]!), cells[5], readBack(cells[6]!)], [query, String(column), key]);
          assert.equal(Math.fround(Number(cells[7])), values[row * columns.length + column]);
        }
      }
    }
  });
});

describe('comma-separated values in a spreadsheet', () => {
  it('have nothing that it would calculate, and read back unchanged', () => {
    const tokens = ['=1+1', '+49', '-', '@SUM(A1)', '\t=x', '\r-1', '＝1', "'=1", "'", "it's", ' =1', 'a-b', ''];
    const { inspection } = savedRun(tokens, ['Die']);
    const [, ...lines] = parseCsv(mapCsv(everyMap(inspection)));
    const written = lines.filter(([attention, , , query]) => attention === 'cross' && query === '0').map((cells) => cells[6]!);
    for (const cell of written) assert.doesNotMatch(cell, /^[=+\-@\t\r＝＋－＠]/);
    assert.deepEqual(written.slice(0, tokens.length).map(readBack), tokens);
    assert.deepEqual(written.slice(9, 12), ["it's", ' =1', 'a-b'], 'other tokens are as they were');
  });
});

describe('measures of every head', () => {
  it('have a line for each head, empty where there is no such measure', () => {
    const { inspection } = savedRun(['The', ' file', '</s>'], ['Die', ' Datei', '</s>']);
    const [header, ...lines] = parseCsv(measuresCsv(inspection));
    assert.deepEqual(header, ['attention', 'layer', 'head', ...HEAD_MEASURES]);
    assert.deepEqual(
      lines.map((line) => line.slice(0, 3).join(' ')),
      ['cross 0 0', 'cross 0 1', 'encoder 0 0', 'encoder 0 1', 'encoder 1 0', 'encoder 1 1', 'decoder 0 0', 'decoder 0 1'],
    );
    for (const line of lines) {
      const confidence = Number(line[header.indexOf('confidence')]);
      assert.ok(confidence > 0.5 && confidence < 1);
      assert.equal(line[header.indexOf('stepAgreement')] === '', line[0] !== 'cross');
    }
  });
});

describe('SVG', () => {
  it('is well formed whatever the tokens are, with a cell and a tooltip for each weight', () => {
    const { inspection, model } = savedRun(NASTY, NASTY);
    const svg = mapSvg(exportedMap(inspection, 'cross', inspection.defaultCrossAttention), creditOf(model));
    assertWellFormed(svg);
    assert.equal(svg.match(/<rect [^>]*><title>/g)?.length, NASTY.length ** 2);
    assert.doesNotMatch(svg, /<script/);
  });
});

describe('Markdown', () => {
  it('holds both texts, the words that align and the model, and lets no markup through', () => {
    const run = savedRun(['The', ' file', ' <b>', '</s>'], ['Die', ' Da|tei', ' `x`', '</s>']);
    const markdown = runMarkdown(run);
    assert.match(markdown, /^\*\*Translation into German\*\*\n\n> The file \\<b\\>\n\n> Die Da\\\|tei \\`x\\`\n/);
    assert.match(markdown, /\| Die \| The \| \d\.\d\d \|\n/);
    assert.ok(markdown.includes(run.model.id) && markdown.includes(run.model.sha256.slice(0, 12)));
    for (const row of markdown.split('\n').filter((line) => line.startsWith('|'))) assert.equal(row.match(/(?<!\\)\|/g)?.length, 4);
  });

  it('keeps a line of the text from becoming a heading or a list', () => {
    const markdown = runMarkdown(savedRun(['# a\n- b\n1. c'], ['x']));
    assert.match(markdown, /> \\# a\n> \\- b\n> 1\\\. c\n/);
  });
});
