/** Where Translate Selection can put the translation; package.json has the same list (tested). */

export const DESTINATIONS = ['replace', 'below', 'beside', 'diff', 'clipboard', 'hover'] as const;
export type Destination = (typeof DESTINATIONS)[number];
