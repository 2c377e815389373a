/** Hand-aligned sentence pairs as text and words, and the alignment error rate. Reads the same files as models/training/gold_alignments.py. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Span } from '../../src/shared/span.ts';

export interface GoldPair {
  readonly source: readonly string[];
  readonly target: readonly string[];
  /** Links as `source target`, positions of words. */
  readonly sure: ReadonlySet<string>;
  /** Every link that is no error, the sure ones included. */
  readonly possible: ReadonlySet<string>;
}

export type Direction = 'de-en' | 'en-de' | 'en-fr' | 'fr-en';

export function readGold(folder: string): Readonly<Record<Direction, readonly GoldPair[]>> {
  const lines = (name: string): string[] =>
    readFileSync(path.join(folder, name), 'utf8')
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split(/\r?\n/);
  const [german, english] = ['deen/test.de', 'deen/test.en'].map((name) => lines(name).map(words)) as [string[][], string[][]];
  const germanLinks = german.map(() => new Set<string>());
  for (const line of lines('deen/de-en.ref.wa')) {
    const [sentence = 0, source = 0, target = 0] = words(line).map(Number);
    const inside = source < german[sentence - 1]!.length && target < english[sentence - 1]!.length;
    if (inside) germanLinks[sentence - 1]!.add(`${source} ${target}`);
  }
  const deEn = german.map((source, index) => {
    const links = germanLinks[index]!;
    return { source, target: english[index]!, sure: links, possible: links };
  });
  const french = lines('enfr.gold');
  const enFr = lines('enfr.src-tgt').map((line, index) => {
    const [source = [], target = []] = line.split('|||').map(words);
    const links = words(french[index]!).map((item) => {
      const [, from, mark, to] = /^(\d+)([-p])(\d+)$/.exec(item)!;
      return { isSure: mark === '-', link: `${Number(from) - 1} ${Number(to) - 1}` };
    });
    const sure = new Set(links.filter(({ isSure }) => isSure).map(({ link }) => link));
    return { source, target, sure, possible: new Set(links.map(({ link }) => link)) };
  });
  return { 'de-en': deEn, 'en-de': deEn.map(flipped), 'en-fr': enFr, 'fr-en': enFr.map(flipped) };
}

const NO_SPACE_BEFORE = new Set([',', '.', ';', ':', '!', '?', ')', ']', '%', '-', "'s", '...']);
const NO_SPACE_AFTER = new Set(['(', '[', '$', '-']);

/** The text as people write it, and the characters of each word in it with the space before it. */
export function joinWords(list: readonly string[]): { readonly text: string; readonly spans: readonly Span[] } {
  let text = '';
  const spans = list.map((word, index) => {
    const before = list[index - 1];
    const joined = before === undefined || NO_SPACE_BEFORE.has(word) || NO_SPACE_AFTER.has(before) || before.endsWith("'");
    const start = text.length;
    text += joined ? word : ` ${word}`;
    return { start, end: text.length };
  });
  return { text, spans };
}

/** AER = 1 - (|A and S| + |A and P|) / (|A| + |S|) over all pairs (Och & Ney 2003); 0 is best. */
export function errorRate(found: readonly ReadonlySet<string>[], pairs: readonly GoldPair[]): number {
  let hits = 0;
  let total = 0;
  for (const [index, { sure, possible }] of pairs.entries()) {
    for (const link of found[index]!) hits += Number(sure.has(link)) + Number(possible.has(link));
    total += found[index]!.size + sure.size;
  }
  return 1 - hits / total;
}

function words(line: string): string[] {
  return line.trim().split(/\s+/);
}

function flipped({ source, target, sure, possible }: GoldPair): GoldPair {
  const turned = (links: ReadonlySet<string>): Set<string> => new Set([...links].map((link) => link.split(' ').reverse().join(' ')));
  return { source: target, target: source, sure: turned(sure), possible: turned(possible) };
}
