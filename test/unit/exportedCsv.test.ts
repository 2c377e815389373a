/** Comma-separated values hold every number that went in, and nothing that a spreadsheet would calculate. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { HEAD_MEASURES } from '../../src/shared/attention/headMeasures.ts';
import { everyMap } from '../../src/shared/export/exportedMap.ts';
import { mapCsv } from '../../src/shared/export/mapCsv.ts';
import { measuresCsv } from '../../src/shared/export/measuresCsv.ts';
import { NASTY, savedRun } from './madeInspection.ts';

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
