/** How much text there is, in a sentence. Knows no text. */
import { t } from './shared/words.ts';

export function sizeSentence(paragraphs: number, characters: number): string {
  return paragraphs === 1 ? t('One paragraph, {0} characters.', characters) : t('{0} paragraphs, {1} characters.', paragraphs, characters);
}
