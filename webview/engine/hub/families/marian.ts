/** Marian (opus-mt): one direction in most models; in some the target's language is the source's first token. */
import { isLanguage } from '../../../../src/shared/task.ts';
import { byLanguage, plainBeginning } from '../beginnings.ts';
import { BART_SIZES, type Family } from '../family.ts';

/** The token `>>deu<<` is named by the language in ISO 639-3, in older models in ISO 639-1; Chinese by its script too. */
const TOKENS = {
  en: ['eng', 'en'],
  de: ['deu', 'de'],
  fr: ['fra', 'fr'],
  es: ['spa', 'es'],
  pt: ['por', 'pt'],
  ru: ['rus', 'ru'],
  zh: ['cmn_Hans', 'zho', 'zh'],
  ja: ['jpn', 'ja'],
} as const;

export const marian: Family = {
  sizes: BART_SIZES,
  longest: 512,
  tasks(settings) {
    const translate = byLanguage((language) => {
      const ids = TOKENS[language].flatMap((code) => settings.tokenId(`>>${code}<<`) ?? []);
      const sourceWrap = { before: ids.slice(0, 1), after: [settings.endToken] };
      return ids.length > 0 ? plainBeginning(settings, { sourceWrap }) : undefined;
    });
    if (Object.keys(translate).length > 0) return { tasks: { translate } };
    const only = plainBeginning(settings);
    const target = /opus-mt-(?:tc-\w+-)?[a-z]{2,3}-([a-z]{2})$/.exec(settings.modelId)?.[1];
    return { tasks: { translate: isLanguage(target) ? { [target]: only } : {}, text2text: only } };
  },
};
