/**
 * English sentences of documentation to translate, every one different, none with code in it: code is kept by rules of our own, which would
 * make the comparison one of other things.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { protect, type Protection } from '../../src/shared/protectedSpans.ts';
import { root } from './places.ts';

/** Documents that the model was not trained on, where the corpus lies beside the checkout; it is not part of the project. */
const HELD_OUT = path.join(root, '../shared/testsets/dev');
const HELD_OUT_LANGUAGES = ['de', 'fr', 'es'];
/** Of a row's third column: reference pages and manuals. The other sources are labels of interfaces and everyday sentences. */
const DOCUMENTATION = /^gh-(?!tatoeba)/;
const OWN = path.join(root, 'test/fixtures/bench/sentences.json');
const SHORTEST = 25;
const LONGEST = 250;

export interface Sentences {
  /** Where they come from, for the report. */
  readonly source: string;
  /** That many, from the first; no two calls with ranges apart have one in common. */
  take(count: number, first?: number): string[];
}

export async function readSentences(protection: Protection): Promise<Sentences> {
  const heldOut = existsSync(HELD_OUT) ? await heldOutSentences() : [];
  const usable = (heldOut.length > 0 ? heldOut : (JSON.parse(await readFile(OWN, 'utf8')) as string[])).filter(
    (text) => text.length >= SHORTEST && text.length <= LONGEST && protect(text, protection).sentinels.length === 0,
  );
  const origin = heldOut.length > 0 ? 'held-out documentation' : 'written for the bench: the held-out documentation is not there';
  return {
    source: `${usable.length} sentences, ${origin}`,
    take: (count, first = 0) => Array.from({ length: count }, (_, index) => distinct(usable, first + index)),
  };
}

/** Beyond the last sentence they come again with a number, so that none is a repetition that a cache could answer. */
function distinct(sentences: readonly string[], index: number): string {
  const round = Math.floor(index / sentences.length);
  const sentence = sentences[index % sentences.length]!;
  return round === 0 ? sentence : `${round}. ${sentence}`;
}

async function heldOutSentences(): Promise<string[]> {
  const rows = await Promise.all(
    HELD_OUT_LANGUAGES.map(async (language) => {
      const file = await readFile(path.join(HELD_OUT, `docs.en-${language}.tsv.gz`));
      return gunzipSync(file).toString('utf8').split('\n');
    }),
  );
  const english = rows
    .flat()
    .map((row) => row.split('\t'))
    .filter(([, , source = '']) => DOCUMENTATION.test(source))
    .map(([text = '']) => text.replaceAll('\\n', ' ').replace(/\s+/g, ' ').trim());
  return [...new Set(english)];
}
