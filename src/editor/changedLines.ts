/** Where two versions of a text differ: one run of lines, for edits that are far apart all between them. */

export interface ChangedLines {
  /** Lines above that are the same. */
  readonly first: number;
  readonly removed: number;
  readonly added: number;
}

/** Lines that nothing has changed are mostly the same strings, so that comparing them takes next to nothing. */
export function changedLines(before: readonly string[], after: readonly string[]): ChangedLines {
  const shorter = Math.min(before.length, after.length);
  let first = 0;
  while (first < shorter && before[first] === after[first]) first++;
  let below = 0;
  while (below < shorter - first && before[before.length - 1 - below] === after[after.length - 1 - below]) below++;
  return { first, removed: before.length - below - first, added: after.length - below - first };
}
