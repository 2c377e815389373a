/** The shortlist is read from an untrusted file, and gives each source what its tokens may become. */
import assert from 'node:assert/strict';
import type { OwnModelConfig, TaskBeginning } from '../../webview/engine/modelConfig.ts';
import { Shortlist } from '../../webview/engine/shortlist.ts';

const beginning = (startToken: number): TaskBeginning => ({ startToken, forcedTokens: [], sourcePrefix: '', sourceWrap: undefined });

const CONFIG = {
  vocabularySize: 8,
  endToken: 2,
  languages: ['en', 'de'],
  tasks: { translate: { en: beginning(0), de: beginning(1) } },
  shortlist: { always: 1, leastProbability: 0.25 },
} as const satisfies Partial<OwnModelConfig>;

/** Of each language: the tokens for every source, how many entries each token has, the entries. */
const ENGLISH = [3, ...[0, 0, 0, 0, 0, 0, 1, 0], 4];
const GERMAN = [7, ...[0, 0, 0, 0, 2, 1, 0, 0], 6, 5, 6];

function read(numbers: readonly number[], config: Partial<OwnModelConfig> = CONFIG): Shortlist | undefined {
  return Shortlist.read(config as OwnModelConfig, Uint16Array.from(numbers).buffer);
}

describe('shortlist', () => {
  it('has what the source tokens may become, the tokens themselves, those for every source and the end', () => {
    const shortlist = read([...ENGLISH, ...GERMAN])!;
    const german = shortlist.choice([{ startToken: 1, sourceIds: [4, 2] }]);
    assert.deepEqual(german, { frequent: Uint16Array.of(7), rows: [{ candidates: Uint16Array.of(2, 4, 5, 6), leastProbability: 0.25 }] });
    const english = shortlist.choice([{ startToken: 0, sourceIds: [6, 2] }]);
    assert.deepEqual(english, { frequent: Uint16Array.of(3), rows: [{ candidates: Uint16Array.of(2, 4, 6), leastProbability: 0.25 }] });
  });

  it('has the frequent tokens of a language in the same list each time, and a row of another language looks among all', () => {
    const shortlist = read([...ENGLISH, ...GERMAN])!;
    const german = { startToken: 1, sourceIds: [5, 2] };
    const both = shortlist.choice([{ startToken: 0, sourceIds: [6, 2] }, german]);
    assert.equal(both.frequent, shortlist.choice([{ startToken: 0, sourceIds: [6, 2] }]).frequent);
    assert.ok(both.rows[1]!.leastProbability > 1);
    assert.equal(shortlist.choice([{ ...german, isExact: true }]).frequent.length, 0);
  });

  it('is never certain of a task without a table, nor of a source with a token that it knows nothing of', () => {
    const shortlist = read([...ENGLISH, ...GERMAN])!;
    const rows = [
      { startToken: 5, sourceIds: [4, 2] },
      { startToken: 1, sourceIds: [4, 3, 2] },
      { startToken: 1, sourceIds: [5, 2] },
    ];
    const { frequent, rows: choices } = shortlist.choice(rows);
    assert.deepEqual([...frequent], [7]);
    assert.ok(choices[0]!.leastProbability > 1 && choices[1]!.leastProbability > 1);
    assert.deepEqual(choices[2], { candidates: Uint16Array.of(2, 5, 6), leastProbability: 0.25 });
  });

  it('is none where the model has none', () => {
    assert.equal(read([], { ...CONFIG, shortlist: undefined }), undefined);
  });

  for (const [what, numbers, message] of [
    ['that is cut off', [...ENGLISH, ...GERMAN.slice(0, -1)], /shortlist\.bin is damaged \(is cut off\)/],
    ['with more than its tables', [...ENGLISH, ...GERMAN, 1], /more than its tables/],
    ['that names a token outside the vocabulary', [8, ...ENGLISH.slice(1), ...GERMAN], /does not have/],
  ] as const) {
    it(`refuses a file ${what}`, () => {
      assert.throws(() => read(numbers), message);
    });
  }

  it('refuses a missing file', () => {
    assert.throws(() => Shortlist.read(CONFIG as unknown as OwnModelConfig, undefined), /is missing/);
  });
});
