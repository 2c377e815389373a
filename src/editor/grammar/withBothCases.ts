/**
 * Expressions that heed no case, with it heeded in the classes that have every letter anyway. Oniguruma looks for the other case of each of a million
 * characters: that took half of the time in which a session's first PHP was read. Knows no grammar.
 */

/** At the beginning of an expression, for all of it. */
const NO_CASE = /^\(\?(?:i|xi|ix)\)/;
/** With a to z and all beyond ASCII; no other class in it. */
const WIDE_CLASS = /(?<!\\)\[((?:[^[\]\\]|\\.)*?a-z(?:[^[\]\\]|\\.)*?\\x\{(?:7f|80)\}-\\x\{10ffff\}(?:[^[\]\\]|\\.)*)\]/gi;

/**
 * The same expression, but for a wide class that stands alone: without case, one of them that has ß also takes "ss" for it. Behind it or before it there
 * are more of them wherever a name is meant, and two letters are as good.
 */
export function withBothCases(source: string): string {
  if (!NO_CASE.test(source) || source.includes('(?-')) return source;
  return source.replace(WIDE_CLASS, (_, characters: string) =>
    characters.startsWith('^') ? `[${characters}]` : `(?-i:[A-Z${characters}])`,
  );
}
