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
  const items = offeredLanguages(modelFor).map(({ language, detail }): LanguageItem => ({
    language,
    label: languageName(language),
    description: language === current ? t('{0} · current', language) : language,
    detail,
  }));
  const chosen = await picked(
    items,
    items.find(({ language }) => language === current),
  );
  if (chosen) await setTargetLanguage(chosen.language);
}

interface LanguageItem extends vscode.QuickPickItem {
  readonly language: Language;
}

/** Undefined where the user chose none. @param first stands under the cursor when the menu opens */
function picked(items: readonly LanguageItem[], first: LanguageItem | undefined): Promise<LanguageItem | undefined> {
  const menu = vscode.window.createQuickPick<LanguageItem>();
  menu.title = t('Saccade: Target Language');
  menu.placeholder = t('chrF2 is measured on documentation: 100 is what a person wrote.');
  menu.items = items;
  if (first) menu.activeItems = [first];
  return new Promise((resolve) => {
    menu.onDidAccept(() => {
      resolve(menu.selectedItems[0]);
      menu.hide();
    });
    menu.onDidHide(() => {
      resolve(undefined);
      menu.dispose();
    });
    menu.show();
  });
}
