/**
 * Which target tokens a source may become, so that a step need not score the whole vocabulary. Knows no graphs and no text.
 *
 * A source with a token that no training pair could teach anything about (a letter of another script) has no shortlist, nor has a task that is
 * no translation: the words of a summary are the source's, but nothing measured says that a table of them would do.
 */
import { damagedFile } from './fileFailure.ts';
import type { OwnModelConfig } from './modelConfig.ts';

/** What the next tokens of some rows are looked for among. */
export interface Choice {
  /** For every row; all choices for a language have the same list. */
  readonly frequent: Uint16Array;
  readonly rows: readonly RowChoice[];
}

export interface RowChoice {
  /** Besides the frequent ones, in ascending order. Empty where every token is looked for in the whole vocabulary. */
  readonly candidates: Uint16Array;
  /** A token that is less likely than this among them is looked for in the whole vocabulary. */
  readonly leastProbability: number;
}

export interface RowToChoose {
  /** The first decoder token. */
  readonly startToken: number;
  readonly sourceIds: readonly number[];
  /** Whether each token is to be looked for in the whole vocabulary. */
  readonly isExact?: boolean;
}

const NONE: Uint16Array = new Uint16Array(0);

/** No token is as likely as this. */
const NEVER_CERTAIN: RowChoice = { candidates: NONE, leastProbability: 2 };

/** What is known of translating into one language. */
interface Table {
  /** Candidates for every source. */
  readonly always: Uint16Array;
  /** Source token s becomes `targets[offsets[s]]` up to, but not including, `targets[offsets[s + 1]]`, likeliest first. */
  readonly offsets: Uint32Array;
  readonly targets: Uint16Array;
}

export class Shortlist {
  private constructor(
    private readonly vocabularySize: number,
    private readonly endToken: number,
    /** By the first decoder token. */
    private readonly tables: ReadonlyMap<number, Table>,
    private readonly leastProbability: number,
  ) {}

  /**
   * Reads shortlist.bin as models/training/shortlist.py writes it; undefined where the model has none.
   * @throws SaccadeError of kind "badModel" where the file is not of this model
   */
  static read(
    { shortlist, languages, tasks: { translate }, vocabularySize, endToken }: OwnModelConfig,
    file: ArrayBuffer | undefined,
  ): Shortlist | undefined {
    if (!shortlist) return undefined;
    const damaged = (what: string): never => {
      throw damagedFile('shortlist.bin', what);
    };
    if (!file || file.byteLength % 2 !== 0) return damaged(file ? 'is cut off' : 'is missing');
    const numbers = new Uint16Array(file);
    let read = 0;
    const next = (count: number): Uint16Array => {
      if (read + count > numbers.length) damaged('is cut off');
      return numbers.subarray(read, (read += count));
    };
    const tokens = (count: number): Uint16Array => {
      const found = next(count);
      // A loop, because there are a million of them and somebody waits.
      for (let index = 0; index < count; index++) if (found[index]! >= vocabularySize) damaged('names tokens that the model does not have');
      return found;
    };
    const tables = new Map<number, Table>();
    for (const language of languages) {
      const always = tokens(shortlist.always);
      const offsets = new Uint32Array(vocabularySize + 1);
      const counts = next(vocabularySize);
      for (let token = 0; token < vocabularySize; token++) offsets[token + 1] = offsets[token]! + counts[token]!;
      tables.set(translate[language]!.startToken, { always, offsets, targets: tokens(offsets[vocabularySize]!) });
    }
    if (read !== numbers.length) damaged('has more than its tables');
    return new Shortlist(vocabularySize, endToken, tables, shortlist.leastProbability);
  }

  /** What the next tokens of rows are looked for among. Rows of another language than the first that has a table find all of theirs in the vocabulary. */
  choice(rows: readonly RowToChoose[]): Choice {
    const startToken = rows.find((row) => this.knows(row))?.startToken;
    const table = startToken === undefined ? undefined : this.tables.get(startToken);
    if (!table) return amongAll(rows.length);
    const isFrequent = new Uint8Array(this.vocabularySize);
    for (const token of table.always) isFrequent[token] = 1;
    return {
      frequent: table.always,
      rows: rows.map((row) =>
        row.startToken === startToken && this.knows(row)
          ? { candidates: this.candidates(table, row.sourceIds, isFrequent), leastProbability: this.leastProbability }
          : NEVER_CERTAIN,
      ),
    };
  }

  /** Whether the row may be certain: every token of its source is one that training pairs could teach something about. */
  private knows({ startToken, sourceIds, isExact }: RowToChoose): boolean {
    const table = this.tables.get(startToken);
    if (isExact || !table) return false;
    return sourceIds.every((token) => token === this.endToken || table.offsets[token + 1]! > table.offsets[token]!);
  }

  /** What the source tokens may become, and they themselves, since names and numbers are copied. */
  private candidates(table: Table, sourceIds: readonly number[], isFrequent: Uint8Array): Uint16Array {
    const found = new Set([this.endToken]);
    for (const source of sourceIds) {
      found.add(source);
      for (let place = table.offsets[source]!; place < table.offsets[source + 1]!; place++) found.add(table.targets[place]!);
    }
    return Uint16Array.from([...found].filter((token) => isFrequent[token] === 0)).sort();
  }
}

/** Every token is looked for in the whole vocabulary. */
export function amongAll(rows: number): Choice {
  return { frequent: NONE, rows: new Array<RowChoice>(rows).fill(NEVER_CERTAIN) };
}
