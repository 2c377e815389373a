/** Which target languages the chosen models lead to, and what is known of how well. */
import { LANGUAGES, type Language } from '../shared/task.ts';
import { t } from '../shared/words.ts';
import type { CatalogModel } from './catalog.ts';

export interface OfferedLanguage {
  readonly language: Language;
  /** The model, and each direction's score where it was measured. */
  readonly detail: string;
}

/** @param modelFor the one that translates into a language; undefined where none does */
export function offeredLanguages(modelFor: (language: Language) => CatalogModel | undefined): OfferedLanguage[] {
  return LANGUAGES.flatMap((language) => {
    const model = modelFor(language);
    const into = model?.directions.filter(({ to }) => to === language) ?? [];
    if (!model || into.length === 0) return [];
    const scores = into.flatMap(({ from, chrf2 }) =>
      // By code, which the menu shows beside each name: seven names are longer than a line of it.
      from === undefined || chrf2 === undefined ? [] : [`${from} ${chrf2.toFixed(0)}`],
    );
    return [{ language, detail: scores.length > 0 ? t('chrF2 from {0}', scores.join(', ')) : t('by {0}; not measured', model.name) }];
  });
}
