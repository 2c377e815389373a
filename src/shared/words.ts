/**
 * The words of the user interface in the language of the user: `t` takes the English text, which is also its key in `l10n/bundle.l10n.*.json`, VS
 * Code's own form. Knows no language; where no root has said otherwise, as on the command line, which scripts read, it is English.
 */

/** English texts as they stand in the sources, and what stands for them in another language. */
export type Words = Readonly<Record<string, string>>;

/** What a page is given along with what it shows. */
export interface Translation {
  /** As in `lang` of HTML. */
  readonly language: string;
  readonly words: Words;
}

/** Of the element of a page that holds it. */
export const TRANSLATION_ID = 'saccade-translation';

export const ENGLISH: Translation = { language: 'en', words: {} };

let words: Words = {};

/** For a root to call before anything is shown. */
export function setWords(spoken: Words): void {
  words = spoken;
}

/** For another thread, whose root is to say the same. */
export function spokenWords(): Words {
  return words;
}

/**
 * @param english a whole sentence or name, written out where it is shown, so that it is found in the sources (`test/unit/words.test.ts`); never called
 *   while a module is loaded, when the root has not spoken yet
 * @param values what stands for `{0}`, `{1}`, …
 */
export function t(english: string, ...values: readonly (string | number)[]): string {
  return (words[english] ?? english).replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}
