/** Numbers, code, names and addresses in a sentence: what may be another in an otherwise equal one, whose translation then is the same but for them. */

/** `code`, an address, a placeholder, snake_case and dotted names, camelCase, a number. */
const PLACEABLE = /`[^`]+`|https?:\/\/\S*\w|\{[\w.]*\}|%[a-z]|\b\w+(?:[_.]\w+)+\b|\b[a-z]+[A-Z]\w*\b|\d+(?:[.,]\d+)*/g;
/** The words around it depend on it: "1 file" but "2 files", in French "0" and "1,5" like "1". */
const COUNTS_LIKE_ONE = /^[01](?:[.,]\d+)?$/;

export function placeablesOf(text: string): readonly string[] {
  return text.match(PLACEABLE) ?? [];
}

/** Sentences of the same shape differ in their placeables alone. */
export function shapeOf(text: string): string {
  return text.replaceAll(PLACEABLE, '\0');
}

/**
 * The target of a sentence with the placeables of another one of the same shape. Undefined where the target has not all of those that differ, or
 * has them more often, or where a number makes other words.
 */
export function withPlaceablesOf(wanted: string, known: { readonly source: string; readonly target: string }): string | undefined {
  const [before, after, inTarget] = [placeablesOf(known.source), placeablesOf(wanted), placeablesOf(known.target)];
  if (before.length !== after.length) return undefined;
  const exchanged = new Map<string, string>();
  for (const [index, old] of before.entries()) {
    const own = after[index]!;
    if ((exchanged.get(old) ?? own) !== own) return undefined;
    exchanged.set(old, own);
    if (old === own) continue;
    if (COUNTS_LIKE_ONE.test(old) || COUNTS_LIKE_ONE.test(own)) return undefined;
    if (countOf(old, before) !== countOf(old, inTarget)) return undefined;
  }
  return known.target.replaceAll(PLACEABLE, (old) => exchanged.get(old) ?? old);
}

function countOf(value: string, values: readonly string[]): number {
  return values.filter((each) => each === value).length;
}
