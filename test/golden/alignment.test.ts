/** The alignment error rate of the bundled model by this code, on a part of the hand-aligned test sets, against Python's. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { greatestAlignment, mutualAlignment, type AlignedText, type WordLink } from '../../src/shared/attention/wordAlignment.ts';
import type { Word } from '../../src/shared/attention/words.ts';
import { attentionMap, type AttentionMaps, type CrossAttentionChoice } from '../../src/shared/inspection.ts';
import { beginningOf } from '../../webview/engine/modelConfig.ts';
import { config, teacherForce, tokenizer } from './bundledModel.ts';
import { errorRate, joinWords, readGold, type Direction } from './goldAlignments.ts';

/** A token whose best two weights differ in the last digits may go either way: about a link in two thousand. */
const TOLERANCE = 2e-3;
const TEST_SETS = fileURLToPath(new URL('../../../shared/testsets/alignments', import.meta.url));
const GOLDEN = new URL('../fixtures/golden/alignment/errorRates.json', import.meta.url);

interface Rate extends CrossAttentionChoice {
  readonly errorRate: number;
}
interface DirectionRates {
  /** Every how many-th pair of the set. */
  readonly every: number;
  readonly pairs: number;
  readonly greatest: readonly Rate[];
  readonly mutual: readonly Rate[];
}

interface Side {
  readonly ids: readonly number[];
  /** Those of the test set that have tokens, and `</s>`. */
  readonly words: readonly Word[];
  /** The test set's position of each word. */
  readonly numbers: readonly number[];
}

/** A token belongs to the word whose span holds its last character. */
function sideOf(list: readonly string[]): Side {
  const { text, spans } = joinWords(list);
  const { ids, spans: tokens } = tokenizer.tokenize(text);
  const words: Word[] = [];
  const numbers: number[] = [];
  for (let start = 0; start < ids.length;) {
    const number = spans.findIndex(({ end }) => tokens[start]!.end <= end);
    let end = start + 1;
    while (end < ids.length - 1 && tokens[end]!.end <= spans[number]!.end) end++;
    const kind = start === ids.length - 1 ? 'control' : 'word';
    words.push({ label: list[number]!, span: spans[number]!, kind, tokens: { start, end } });
    numbers.push(number);
    start = end;
  }
  return { ids, words, numbers };
}

describe('alignment error rate against Python', () => {
  if (!existsSync(TEST_SETS)) {
    it('skipped: the test sets are not beside the repository');
    return;
  }
  const gold = readGold(TEST_SETS);
  const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as Readonly<Record<Direction, DirectionRates>>;

  for (const [direction, rates] of Object.entries(golden) as [Direction, DirectionRates][]) {
    it(direction, async function () {
      this.timeout(120_000);
      const pairs = gold[direction].filter((_, index) => index % rates.every === 0);
      assert.equal(pairs.length, rates.pairs);
      const task = beginningOf(config, { kind: 'translate', to: direction.slice(3) as 'en' | 'de' | 'fr' }).startToken;
      const seen: { readonly maps: AttentionMaps; readonly source: Side; readonly target: Side }[] = [];
      for (const pair of pairs) {
        const [source, target] = [sideOf(pair.source), sideOf(pair.target)];
        const { crossAttentions } = await teacherForce(source.ids, [task, ...target.ids.slice(0, -1)]);
        seen.push({ maps: crossAttentions, source, target });
      }
      const rateOf = ({ layer, head, step }: CrossAttentionChoice, align: (text: AlignedText) => WordLink[]): number => {
        const found = seen.map(({ maps, source, target }) => {
          const links = align({ weights: attentionMap(maps, layer, head), source: source.words, target: target.words, step });
          return new Set(links.map((link) => `${source.numbers[link.source]} ${target.numbers[link.target]}`));
        });
        return errorRate(found, pairs);
      };
      const assertRates = (expected: readonly Rate[], align: (text: AlignedText) => WordLink[], name: string): void => {
        for (const rate of expected) {
          const found = rateOf(rate, align);
          const what = `${name}, layer ${rate.layer}, head ${rate.head}, ${rate.step}: ${found} is not ${rate.errorRate}`;
          assert.ok(Math.abs(found - rate.errorRate) <= TOLERANCE, what);
        }
      };
      assert.equal(rates.greatest.length, 2 * seen[0]!.maps.layers * (seen[0]!.maps.heads + 1));
      assertRates(rates.greatest, greatestAlignment, 'greatest');
      assertRates(rates.mutual, mutualAlignment, 'mutual');
    });
  }

  it('is lowest where words must be each other’s greatest', () => {
    for (const { greatest, mutual } of Object.values(golden)) {
      const best = (list: readonly Rate[]): number => Math.min(...list.map(({ errorRate: rate }) => rate));
      assert.ok(best(mutual) < best(greatest));
    }
  });
});
