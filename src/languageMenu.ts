/** The choice of the target language; each language says how well the model that would be used was measured to write it. */
import * as vscode from 'vscode';
import type { InstalledModels } from './installedModels.ts';
import { chooseModel } from './models/chooseModel.ts';
import { offeredLanguages } from './models/offeredLanguages.ts';
import { modelDefaults, setTargetLanguage, sourceLanguage, targetLanguage } from './settings.ts';
import { languageName, type Language } from './shared/task.ts';
import { t } from './shared/words.ts';

export async function chooseTargetLanguage(models: InstalledModels): Promise<void> {
  const all = await models.all();
  const modelFor = (to: Language) => {
    try {
      return chooseModel(all, modelDefaults(), { kind: 'translate', to }, sourceLanguage()).model;
    } catch {
      return undefined;
    }
  };
  const current = targetLanguage();
  const items = offeredLanguages(modelFor).map(({ language, detail }) => ({
    language,
    label: languageName(language),
    description: language === current ? t('{0} · current', language) : language,
    detail,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Saccade: Target Language'),
    placeHolder: t('chrF2 is measured on documentation: 100 is what a person wrote.'),
  });
  if (chosen) await setTargetLanguage(chosen.language);
}
