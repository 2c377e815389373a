/** M2M100 and NLLB: the source's language is its first token, the target's the first that is written. */
import type { Language } from '../../../../src/shared/task.ts';
import { languageTokenTasks } from '../beginnings.ts';
import { BART_SIZES, type Family } from '../family.ts';

const NLLB_CODES: Readonly<Record<Language, string>> = {
  en: 'eng_Latn',
  de: 'deu_Latn',
  fr: 'fra_Latn',
  es: 'spa_Latn',
  pt: 'por_Latn',
  ru: 'rus_Cyrl',
  zh: 'zho_Hans',
  ja: 'jpn_Jpan',
};

export const m2m100: Family = {
  sizes: BART_SIZES,
  longest: 1024,
  tasks(settings) {
    const isNllb = settings.tokenId(NLLB_CODES.en) !== undefined;
    const nameOf = (language: Language): string => (isNllb ? NLLB_CODES[language] : `__${language}__`);
    return languageTokenTasks(settings, nameOf, (id) => ({ before: [id], after: [settings.endToken] }));
  },
};
