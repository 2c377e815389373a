/** Attention maps as a table for a spreadsheet or a data frame: comma-separated values (RFC 4180), a line for each cell. Knows no files. */
import { shortest } from './codec.ts';
import type { ExportedMap } from './exportedMap.ts';

const HEADER = ['attention', 'layer', 'head', 'query_position', 'query', 'key_position', 'key', 'weight'];

/** Positions count from 0; texts are as they were written, with their spaces. */
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

function field(value: string): string {
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
