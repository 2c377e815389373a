/** mBART: the source's language stands around it, before it in mBART-50 and behind it in the first models; the target's is its first token. */
import type { Language } from '../../../../src/shared/task.ts';
import { languageTokenTasks, plainBeginning } from '../beginnings.ts';
import { BART_SIZES, type Family } from '../family.ts';

const CODES: Readonly<Record<Language, string>> = {
  en: 'en_XX',
  de: 'de_DE',
  fr: 'fr_XX',
  es: 'es_XX',
  pt: 'pt_XX',
  ru: 'ru_RU',
  zh: 'zh_CN',
  ja: 'ja_XX',
};

export const mbart: Family = {
  sizes: BART_SIZES,
  longest: 1024,
  tasks(settings) {
    const { endToken } = settings;
    // Urdu is a language of mBART-50 alone.
    const isFifty = settings.tokenId('ur_PK') !== undefined;
    const wrap = (id: number): { before: number[]; after: number[] } =>
      isFifty ? { before: [id], after: [endToken] } : { before: [], after: [endToken, id] };
    const { tasks, sourceWraps } = languageTokenTasks(settings, (language) => CODES[language], wrap);
    if (isFifty) return { tasks, sourceWraps };
    // The first models begin a target with its language, and nothing is forced behind it.
    const begun = Object.entries(tasks.translate).map(([to, { forcedTokens }]) => {
      return [to, plainBeginning(settings, { startToken: forcedTokens[0]!, forcedTokens: [] })] as const;
    });
    return { tasks: { translate: Object.fromEntries(begun) }, sourceWraps };
  },
};
