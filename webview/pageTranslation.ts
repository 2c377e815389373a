/** The language that a page was made in, and its words, which the page holds itself. Knows no view. */
import { TRANSLATION_ID } from '../src/shared/words.ts';
import type { Translation } from '../src/shared/words.ts';

export function pageTranslation(): Translation {
  const held = document.getElementById(TRANSLATION_ID)?.textContent;
  if (!held) throw new Error('The page holds no translation.');
  return JSON.parse(held) as Translation;
}
