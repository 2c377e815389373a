/** Finds rows whose columns are aligned by spaces. Two spaces behind a sentence, and text that is justified, are no columns. */
import type { ContentLine } from './contentLines.ts';
import { displayWidth } from '../displayWidth.ts';
import { leadOf } from './markup.ts';

/** Where a column begins: as an offset in a line's text and as a column of the document. */
interface Column {
  readonly offset: number;
  readonly column: number;
}

interface Row {
  readonly line: ContentLine;
  /** None of a line that goes on with the row above it. */
  readonly columns: readonly Column[];
}

/** No line of a table is longer. */
export const LONGEST_ROW = 300;
const MOST_WORDS_BEFORE = 4;

/** Length of what stands before the last column of each row, by the document's line; infinite where that column is no prose. */
export function alignedRows(lines: readonly ContentLine[]): ReadonlyMap<number, number> {
  // Who drew the table may have had either.
  const hasTabs = lines.some(({ text }) => text.includes('\t'));
  return new Map((hasTabs ? [8, 4] : [4]).flatMap((tabSize) => [...rowsAt(lines, tabSize)]));
}

function rowsAt(lines: readonly ContentLine[], tabSize: number): Map<number, number> {
  const found = new Map<number, number>();
  let index = 0;
  while (index < lines.length) {
    const { rows, common } = rowsFrom(lines, index, tabSize);
    const column = Math.max(...common);
    const isTable = isTableOf(rows, column, common.size);
    if (isTable) for (const [line, length] of lengthsOf(rows, column)) found.set(line, length);
    index += isTable ? rows.length : Math.max(1, rows.length - 1);
  }
  return found;
}

/** As many lines as have a column in common, the first and the last with a gap before it. */
function rowsFrom(lines: readonly ContentLine[], from: number, tabSize: number): { rows: Row[]; common: ReadonlySet<number> } {
  const first = lines[from]!;
  const rows: Row[] = [{ line: first, columns: columnsOf(first, tabSize) }];
  let common = new Set(rows[0]!.columns.map(({ column }) => column));
  let length = 1;
  for (let at = from + 1; at < lines.length && common.size > 0; at++) {
    const line = lines[at]!;
    if (line.text === '' || line.line !== rows.at(-1)!.line.line + 1) break;
    const columns = columnsOf(line, tabSize).filter(({ column }) => common.has(column));
    const depth = columnAt(line, 0, tabSize).column;
    if (common.has(depth)) {
      rows.push({ line, columns: [] });
      length = rows.length;
    } else if (depth !== columnAt(first, 0, tabSize).column) {
      break;
    } else if (columns.length > 0) {
      common = new Set(columns.map(({ column }) => column));
      rows.push({ line, columns });
      length = rows.length;
    } else {
      const tight = behindFirstWord(line, tabSize);
      if (tight === undefined || !common.has(tight.column)) break;
      rows.push({ line, columns: [tight] });
    }
  }
  return { rows: rows.slice(0, length), common };
}

/** A margin of another kind. */
const MARKS_ALONE = /^[-*#/;%=~.>|!]+$/;

function isTableOf(rows: readonly Row[], column: number, columns: number): boolean {
  const cells = rows.filter((row) => row.columns.length > 0).map((row) => cellsOf(row, column));
  if (cells.length < 2 || cells.some(({ before }) => MARKS_ALONE.test(before) || before.split(/\s+/).length > MOST_WORDS_BEFORE * columns))
    return false;
  return cells.length > 2 || columns > 1 || cells.every(({ last }) => !/\S(?:\s{2,}|\t)\S/.test(last.replace(/[.!?]["')\]]*\s+/g, '. ')));
}

function* lengthsOf(rows: readonly Row[], column: number): Generator<readonly [line: number, length: number]> {
  const written = rows.filter((row) => row.columns.length > 0);
  const hasProse = written.filter((row) => isProse(cellsOf(row, column))).length * 2 >= written.length;
  let isVerbatim = false;
  for (const row of rows) {
    const cells = row.columns.length > 0 ? cellsOf(row, column) : undefined;
    if (cells !== undefined) isVerbatim = !hasProse || !isProse(cells);
    if (isVerbatim) yield [row.line.line, Infinity];
    else if (cells !== undefined) yield [row.line.line, cells.offset];
  }
}

/** Two words, or as much of a script that has no spaces. */
function isProse({ last }: Cells): boolean {
  if (/\S(?:\s{3,}|\t)\S/.test(last)) return false;
  const words = last.split(/\s+/).filter((word) => /^["'(]*\p{L}[\p{L}'’-]*[.,;:!?)"']*$/u.test(word));
  return words.length > 1 || /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]{4}/u.test(last);
}

interface Cells {
  readonly before: string;
  readonly last: string;
  readonly offset: number;
}

function cellsOf({ line: { text }, columns }: Row, column: number): Cells {
  const begin = (columns.find((other) => other.column === column) ?? columns.at(-1)!).offset;
  const offset = begin + (/^(?:[:=|–—→]|--?>?|=>)\s+/.exec(text.slice(begin))?.[0].length ?? 0);
  return { before: text.slice(0, begin).trim(), last: text.slice(offset), offset };
}

/** Behind two spaces or a tab, and behind a lead. */
function columnsOf(line: ContentLine, tabSize: number): Column[] {
  const { text } = line;
  if (text.length > LONGEST_ROW || !/\s\s|\t/.test(text)) return [];
  const lead = leadOf(text)?.length ?? 0;
  return [...text.matchAll(/\s+/g)].flatMap(({ 0: gap, index }) => {
    const offset = index + gap.length;
    const isGap = gap.includes('\t') || gap.length > (/[.!?]["')\]]*$/.test(text.slice(0, index)) ? 3 : 1);
    return isGap && offset > lead ? [columnAt(line, offset, tabSize)] : [];
  });
}

/** Of a row whose first column is as wide as the column is. */
function behindFirstWord(line: ContentLine, tabSize: number): Column | undefined {
  const offset = /^\S+\s(?=\S)/.exec(line.text.slice(0, LONGEST_ROW))?.[0].length;
  return offset === undefined ? undefined : columnAt(line, offset, tabSize);
}

function columnAt(line: ContentLine, offset: number, tabSize: number): Column {
  const before = line.shared ? ' '.repeat(line.start) : line.prefix;
  return { offset, column: displayWidth(before + line.text.slice(0, offset), tabSize) };
}
