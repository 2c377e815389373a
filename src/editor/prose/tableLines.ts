/** Finds tables, lists of options and lines of usage among the lines of a passage: each line is one of its own. Does not know what else a line may be. */
import { alignedRows, LONGEST_ROW } from './alignedRows.ts';
import { depthOf, type ContentLine } from './contentLines.ts';

/** Before the last column of a line, which is prose; infinite where none is. By the document's line. */
export type ColumnLengths = ReadonlyMap<number, number>;

const LONGEST_TABLE = 200;

export function columnLengths(lines: readonly ContentLine[]): ColumnLengths {
  const found = new Map<number, number>(alignedRows(lines));
  // What reads the usage finds the options by their heading.
  const isDocopt = lines.some((_, index) => usage(lines, index) !== undefined);
  lines.forEach((line, index) => {
    const option = OPTION.exec(line.text.slice(0, LONGEST_ROW))?.[0].length;
    if (option !== undefined && !found.has(line.line)) found.set(line.line, option);
    if (/^options:$/i.test(line.text) && isDocopt) found.set(line.line, Infinity);
    const [from, to] = ruledTable(lines, index) ?? usage(lines, index) ?? (isOptionAlone(lines, index) ? [index, index + 1] : [0, 0]);
    for (const { line: verbatim } of lines.slice(from, to)) found.set(verbatim, Infinity);
  });
  return found;
}

/** `-h, --help   `, `-o FILE   `; what stands before two spaces behind a sentence is none. */
const OPTION = /^--?[\w?#]\S*(?: \S+){0,5}?(?<![.!?])(?: {2,}|\t+)(?=\S)/;
const ONE_OPTION = String.raw`--?[\w?#][\w-]*(?:\[?[ =](?:<[^<>]+>|[A-Z][A-Z_-]*)\]?)?`;
const OPTION_ALONE = new RegExp(`^${ONE_OPTION}(?:,\\s+${ONE_OPTION}){0,5}$`);

/** Of an option's default at the end of what it means: what reads the usage reads it too. */
export function defaultLength(text: string): number {
  return DEFAULT.exec(text.slice(-LONGEST_ROW))?.[0].length ?? 0;
}

const DEFAULT = /(?<!\s)\s*\[default: [^\]]*\]\.?$/i;

/** With what it means on the next line. */
function isOptionAlone(lines: readonly ContentLine[], index: number): boolean {
  const [line, next] = [lines[index]!, lines[index + 1]];
  return next !== undefined && next.text !== '' && OPTION_ALONE.test(line.text.slice(0, LONGEST_ROW)) && depthOf(next) > depthOf(line);
}

/** The table that the line at `index` is the first rule of, or the rule below the head of. */
function ruledTable(lines: readonly ContentLine[], index: number): readonly [from: number, to: number] | undefined {
  const { text } = lines[index]!;
  if (!isRule(text)) return undefined;
  const isRow = /[|+]/.test(text) ? (row: string): boolean => row.includes('|') : (row: string): boolean => row !== '';
  const most = Math.min(lines.length, index + LONGEST_TABLE);
  const isLastRule = (at: number): boolean => lines[at]!.text === text && (lines[at + 1]?.text ?? '') === '';
  let end = index + 1;
  while (end < most && !isLastRule(end)) end++;
  if (end < most && lines[index + 1]!.text !== '') return [index, end + 1];
  let [from, to] = [index, index + 1];
  if (from > 0 && isRow(lines[from - 1]!.text)) from--;
  while (to < most && isRow(lines[to]!.text)) to++;
  return [from, to];
}

/** Of two columns at least: `=== ===`, `--- | ---`, `---+---`. */
function isRule(text: string): boolean {
  return /^[-=:|+\s]+$/.test(text) && /[-=]{2}/.test(text) && (text.match(/[-=]+/g)?.length ?? 0) > 1;
}

const USAGE = /^(?:usage|synopsis):\s+(?=\S)/i;
const USAGE_ALONE = /^(?:usage|synopsis):?$/i;
const ARGUMENT = /(?:^|\s)(?:\[|<[\w-]+>|--?\w|\{[\w,|]+\}|\(-|[A-Z]{2,}\b)/;
const WORD = /^[a-z]{2,}[.,]?$/;

/** How a command is called: below `Usage:` or on its line, and on the deeper lines that go on with it. */
function usage(lines: readonly ContentLine[], index: number): readonly [from: number, to: number] | undefined {
  const line = lines[index]!;
  const text = line.text.slice(0, LONGEST_ROW);
  const call = USAGE_ALONE.test(text) ? lines[index + 1]?.text : USAGE.test(text) ? text.replace(USAGE, '') : undefined;
  if (call === undefined || !isCall(call)) return undefined;
  let to = index + 1;
  while (to < lines.length && lines[to]!.text !== '' && depthOf(lines[to]!) > depthOf(line)) to++;
  return [USAGE_ALONE.test(text) ? index + 1 : index, to];
}

function isCall(text: string): boolean {
  const words = text.split(/\s+/);
  return (
    ARGUMENT.test(text) &&
    !/^[A-Z][a-z]+$/.test(words[0]!) &&
    !/[^.]\.$/.test(text) &&
    words.slice(1).filter((word) => WORD.test(word)).length <= 3
  );
}
