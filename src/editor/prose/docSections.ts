/** Headings below which documentation lists parameters, results and the like, and the items of Swift's lists. Does not know what is below one. */
import { SECTION } from './markup.ts';

/** `google`: what belongs to it is deeper. `numpy`: underlined, and what belongs to it is not deeper. `swift`: the parameters are a list inside a list. */
export type SectionStyle = 'google' | 'numpy' | 'swift';

/** @param below the text of the next line */
export function sectionStyleOf(text: string, below: string | undefined): SectionStyle | undefined {
  if (/^[-*+]\s+Parameters:$/i.test(text)) return 'swift';
  if (!SECTION.test(text)) return undefined;
  if (text.endsWith(':')) return 'google';
  return below !== undefined && /^-{3,}$/.test(below) ? 'numpy' : undefined;
}

const ITEM = /^[-*+]\s+\w+:\s+/;
const FIELD = /^[-*+]\s+(?:Parameter\s+\w+|Returns|Throws):\s+/i;
/** Swift's tools show these apart; elsewhere they are words of a list. */
const CALLOUT =
  /^[-*+]\s+(?:Attention|Authors?|Bug|Complexity|Copyright|Date|Experiment|Important|Invariant|Note|Postcondition|Precondition|Remark|Requires|SeeAlso|Since|ToDo|Version|Warning):\s+/i;

/** Length of the list mark with the word that says what the item is. */
export function swiftLeadLength(text: string, prefix: string, isParameter: boolean): number | undefined {
  const start = text.slice(0, 300);
  const match = (isParameter ? ITEM : FIELD).exec(start) ?? (prefix.trim() === '///' ? CALLOUT.exec(start) : null);
  return match?.[0].length;
}

/** Prose below a NumPy heading where others have an item ("Returns\n-------\nThe sum of both."). */
export function isSentence(text: string): boolean {
  return /\s\S+\s.*[.!?]$/.test(text) && !/\s:\s/.test(text);
}
