/** Equal texts of a selection, which are worked on once. */

export interface DistinctTexts {
  /** In the order of their first appearance. */
  readonly texts: readonly string[];
  /** Of each distinct text: its indices among all texts, ascending. */
  readonly places: readonly (readonly number[])[];
}

/** Linear in the number of texts. */
export function distinctTexts(all: readonly string[]): DistinctTexts {
  const placesOf = new Map<string, number[]>();
  for (const [index, text] of all.entries()) {
    const places = placesOf.get(text);
    if (places) places.push(index);
    else placesOf.set(text, [index]);
  }
  return { texts: [...placesOf.keys()], places: [...placesOf.values()] };
}
