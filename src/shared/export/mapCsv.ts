/** Attention maps as a table for a spreadsheet or a data frame: comma-separated values (RFC 4180), a line for each cell. Knows no files. */
import { shortest } from './codec.ts';
import type { ExportedMap } from './exportedMap.ts';

const HEADER = ['attention', 'layer', 'head', 'query_position', 'query', 'key_position', 'key', 'weight'];

/** Positions count from 0; texts are as they were written, with their spaces, and behind an apostrophe where a spreadsheet would calculate them. */
export function mapCsv(maps: readonly ExportedMap[]): string {
  const lines = [HEADER.join(',')];
  for (const { attention, layer, head, rows, columns, values } of maps) {
    const keys = columns.map((key, position) => `${position},${field(key)}`);
    for (const [row, query] of rows.entries()) {
      const before = `${attention},${layer},${head},${row},${field(query)}`;
      for (const [column, key] of keys.entries()) lines.push(`${before},${key},${shortest(values[row * columns.length + column]!)}`);
    }
  }
  return lines.map((line) => `${line}\r\n`).join('');
}

/**
 * A spreadsheet takes what begins like this for a formula, which could do anything (CWE-1236): an apostrophe before it makes it text. So that a reader
 * can take one apostrophe away wherever a token begins with one, those that begin with one themselves get another.
 */
const FORMULA = /^['=+\-@\t\r\n＝＋－＠]/;

function field(token: string): string {
  const value = FORMULA.test(token) ? `'${token}` : token;
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
