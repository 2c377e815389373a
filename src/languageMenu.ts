/** The choice of the target language; each language says how well the model was measured to write it. */
import * as vscode from 'vscode';
import { parseCatalog } from './models/catalog.ts';
import { offeredLanguages } from './models/offeredLanguages.ts';
import { setTargetLanguage, targetLanguage } from './settings.ts';
import { languageName } from './shared/task.ts';
import { t } from './shared/words.ts';

export async function chooseTargetLanguage(extensionUri: vscode.Uri): Promise<void> {
  const catalog = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'models', 'catalog.json'));
  const { directions } = parseCatalog(new TextDecoder().decode(catalog))[0]!;
  const current = targetLanguage();
  const items = offeredLanguages(directions).map(({ language, measured }) => ({
    language,
    label: languageName(language),
    description: language === current ? t('{0} · current', language) : language,
    detail: measured,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Saccade: Target Language'),
    placeHolder: t('chrF2 is measured on documentation: 100 is what a person wrote.'),
  });
  if (chosen) await setTargetLanguage(chosen.language);
}
