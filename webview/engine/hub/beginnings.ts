/** The beginnings of tasks that several families share. Knows no family. */
import { LANGUAGES, type Language } from '../../../src/shared/task.ts';
import type { SourceWrap, TaskBeginning } from '../modelConfig.ts';
import type { FamilyTasks, HubSettings } from './family.ts';

export function plainBeginning({ startToken, forcedTokens }: HubSettings, change: Partial<TaskBeginning> = {}): TaskBeginning {
  return { startToken, forcedTokens, sourcePrefix: '', sourceWrap: undefined, ...change };
}

/** Values for those languages that have one. */
export function byLanguage<Value>(valueOf: (language: Language) => Value | undefined): Partial<Record<Language, Value>> {
  const values = LANGUAGES.flatMap((language) => {
    const value = valueOf(language);
    return value === undefined ? [] : [[language, value] as const];
  });
  return Object.fromEntries(values);
}

/** Models that read the source's language as a token around it, and write the target's as the first. */
export function languageTokenTasks(
  settings: HubSettings,
  nameOf: (language: Language) => string,
  wrap: (language: number) => SourceWrap,
): FamilyTasks {
  const token = (language: Language): number | undefined => settings.tokenId(nameOf(language));
  const mapped = <Value>(make: (id: number) => Value): Partial<Record<Language, Value>> =>
    byLanguage((language) => {
      const id = token(language);
      return id === undefined ? undefined : make(id);
    });
  return {
    tasks: { translate: mapped((id) => plainBeginning(settings, { forcedTokens: [id] })) },
    sourceWraps: mapped(wrap),
  };
}
