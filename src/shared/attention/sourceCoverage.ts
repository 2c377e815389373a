/** How much of the source the target made use of, so that what was left out can be found. Knows no heads. */
import type { Span } from '../span.ts';
import { rowsOfTarget, type AlignedText } from './wordAlignment.ts';
import type { Word } from './words.ts';

/**
 * Of each source word the greatest share of its attention that any target token gave it, from 0 to 1. Rows of control tokens do not count:
 * what `</s>` attends to was not written. `[source words]`
 */
export function sourceCoverage({ weights, source, target, step }: AlignedText): Float32Array {
  const keys = source.at(-1)?.tokens.end ?? 0;
  const rows = rowsOfTarget(weights, keys, step);
  const coverage = new Float32Array(source.length);
  for (const { kind, tokens } of target) {
    if (kind === 'control') continue;
    for (let row = tokens.start * keys; row < tokens.end * keys; row += keys) {
      for (const [index, word] of source.entries()) {
        let sum = 0;
        for (let key = word.tokens.start; key < word.tokens.end; key++) sum += rows[row + key]!;
        if (sum > coverage[index]!) coverage[index] = sum;
      }
    }
  }
  return coverage;
}

/**
 * Coverage below which a word counts as unused, and how many such words in a row are told. Chosen on hand-aligned sentences (de-en, en-fr,
 * both directions): of sentences whose translation was taken away 60 to 70 % are found, and 1 to 7 % of the complete ones are told wrongly.
 */
const UNUSED_BELOW = 0.15;
const FEWEST_WORDS = 3;

/**
 * Characters of the source that the target may have left out: runs of words that no target token used, in order. Punctuation between them
 * neither counts nor ends a run.
 */
export function possibleOmissions(coverage: Float32Array, source: readonly Word[]): Span[] {
  const omissions: Span[] = [];
  let run: Word[] = [];
  const close = (): void => {
    if (run.length >= FEWEST_WORDS) omissions.push({ start: run[0]!.span.end - run[0]!.label.length, end: run.at(-1)!.span.end });
    run = [];
  };
  for (const [index, word] of source.entries()) {
    if (word.kind !== 'word') continue;
    if (coverage[index]! < UNUSED_BELOW) run.push(word);
    else close();
  }
  close();
  return omissions;
}
