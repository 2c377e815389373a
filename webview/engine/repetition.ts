/**
 * Which tokens would repeat what a target has already said: a small model can fall into a loop. No sequence of `size` tokens is written twice,
 * as with `no_repeat_ngram_size` of Python's transformers, but where the source itself repeats one. Same as models/training/repetition.py.
 */
import type { TargetRule } from './tokenRule.ts';

/** Undefined where the source repeats itself: what it says twice may be said twice. */
export function repetitionRule(source: readonly number[], size: number): TargetRule | undefined {
  if (repeats(source, size)) return undefined;
  return (written) => {
    const barred = repeatingTokens(written, size);
    return (token) => !barred.includes(token);
  };
}

/** Whether a sequence of `size` tokens stands in the source twice. */
export function repeats(source: readonly number[], size: number): boolean {
  const seen = new Set<string>();
  for (let start = 0; start + size <= source.length; start++) {
    const sequence = source.slice(start, start + size).join();
    if (seen.has(sequence)) return true;
    seen.add(sequence);
  }
  return false;
}

/** The next tokens that would end a sequence which the target has already. */
export function repeatingTokens(written: readonly number[], size: number): number[] {
  const before = size - 1;
  const last = written.length - before;
  const barred: number[] = [];
  for (let start = 0; start < last; start++) {
    let same = 0;
    while (same < before && written[start + same] === written[last + same]) same++;
    if (same === before) barred.push(written[start + before]!);
  }
  return barred;
}
