/** What the model can be asked for. The model's config.json maps each task to its first decoder token. */
import { t } from './words.ts';

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'ru', 'zh', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** As models and exported runs are told of them. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  pt: 'Portuguese',
  ru: 'Russian',
  zh: 'Chinese',
  ja: 'Japanese',
};

/** In the language of the user. */
export function languageName(language: Language): string {
  return {
    en: t('English'),
    de: t('German'),
    fr: t('French'),
    es: t('Spanish'),
    pt: t('Portuguese'),
    ru: t('Russian'),
    zh: t('Chinese'),
    ja: t('Japanese'),
  }[language];
}

export type Task =
  | { readonly kind: 'translate'; readonly to: Language }
  | { readonly kind: 'summarise' }
  | { readonly kind: 'headline' }
  | { readonly kind: 'reconstruct' }
  /** What a model does that does one thing only. */
  | { readonly kind: 'text2text' };

/** What somebody says of a model that does one thing only, and whose files do not tell which. */
export type OnlyTask = Extract<Task, { readonly kind: 'translate' | 'summarise' }>;

export function isOnlyTask(value: unknown): value is OnlyTask {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return value.kind === 'summarise' || (value.kind === 'translate' && 'to' in value && isLanguage(value.to));
}

export const TASK_KINDS = ['translate', 'summarise', 'headline', 'reconstruct', 'text2text'] as const satisfies readonly Task['kind'][];
export type TaskKind = Task['kind'];

/** Whether the target may lack protected spans of its source. */
export function mayLeaveOut({ kind }: Task): boolean {
  return kind === 'summarise' || kind === 'headline';
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** Of a language tag in any case, such as "de-DE" or "pt_BR"; undefined where the model has no such language. */
export function languageOfTag(tag: string): Language | undefined {
  const primary = tag.toLowerCase().split(/[-_]/)[0];
  return isLanguage(primary) ? primary : undefined;
}
