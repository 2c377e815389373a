/** Which target languages a model's measured directions lead to. */
import { languageName, LANGUAGES, type Language } from '../shared/task.ts';
import { t } from '../shared/words.ts';
import type { CatalogDirection } from './catalog.ts';

export interface OfferedLanguage {
  readonly language: Language;
  /** Each direction's score, in words. */
  readonly measured: string;
}

/** The languages that some direction leads to. */
export function offeredLanguages(directions: readonly CatalogDirection[]): OfferedLanguage[] {
  return LANGUAGES.flatMap((language) => {
    const into = directions.filter(({ to }) => to === language);
    const scores = into.map(({ from, chrf2 }) => `${languageName(from)} ${chrf2.toFixed(0)}`);
    return into.length > 0 ? [{ language, measured: t('chrF2 from {0}', scores.join(', ')) }] : [];
  });
}
