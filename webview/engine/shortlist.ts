/**
 * Which target tokens a source may become, so that a step need not score the whole vocabulary. Knows no graphs and no text.
 *
 * A source with a token that no training pair could teach anything about (a letter of another script) has no shortlist, nor has a task that is
 * no translation: the words of a summary are the source's, but nothing measured says that a table of them would do.
 */
import { damagedFile } from './fileFailure.ts';
import type { OwnModelConfig } from './modelConfig.ts';

/** What the next token of each row is looked for among. */
export interface Choice {
  /** In ascending order; the same for every row. */
  readonly candidates: Uint16Array;
  /** A row's token that is less likely than this among the candidates is looked for in the whole vocabulary. `[rows]` */
  readonly leastProbabilities: readonly number[];
}

export interface RowToChoose {
  /** The first decoder token. */
  readonly startToken: number;
  readonly sourceIds: readonly number[];
  /** Whether each token is to be looked for in the whole vocabulary. */
  readonly isExact?: boolean;
}

/** No token is as likely as this. */
const NEVER_CERTAIN = 2;

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
      if (found.some((token) => token >= vocabularySize)) damaged('names tokens that the model does not have');
      return found;
    };
    const tables = new Map<number, Table>();
    for (const language of languages) {
      const always = tokens(shortlist.always);
      const offsets = new Uint32Array(vocabularySize + 1);
      for (const [token, count] of next(vocabularySize).entries()) offsets[token + 1] = offsets[token]! + count;
      tables.set(translate[language]!.startToken, { always, offsets, targets: tokens(offsets[vocabularySize]!) });
    }
    if (read !== numbers.length) damaged('has more than its tables');
    return new Shortlist(vocabularySize, endToken, tables, shortlist.leastProbability);
  }

  /** What the next token of each row is looked for among. */
  choice(rows: readonly RowToChoose[]): Choice {
    const chosen = new Uint8Array(this.vocabularySize);
    chosen[this.endToken] = 1;
    const leastProbabilities = rows.map(({ startToken, sourceIds, isExact }) => {
      const table = this.tables.get(startToken);
      const isKnown = (token: number): boolean => token === this.endToken || table!.offsets[token + 1]! > table!.offsets[token]!;
      if (isExact || !table || !sourceIds.every(isKnown)) return NEVER_CERTAIN;
      for (const token of table.always) chosen[token] = 1;
      for (const source of sourceIds) {
        // Names and numbers are copied.
        chosen[source] = 1;
        for (let place = table.offsets[source]!; place < table.offsets[source + 1]!; place++) chosen[table.targets[place]!] = 1;
      }
      return this.leastProbability;
    });
    return { candidates: Uint16Array.from([...chosen.keys()].filter((token) => chosen[token] === 1)), leastProbabilities };
  }
}

/** Every token is looked for in the whole vocabulary. */
export function amongAll(rows: number, endToken: number): Choice {
  return { candidates: Uint16Array.of(endToken), leastProbabilities: new Array<number>(rows).fill(NEVER_CERTAIN) };
}
