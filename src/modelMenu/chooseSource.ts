/** Where the user wants a model from: one of the list, another of the Hub, or a folder. Asks nobody but him. */
import * as vscode from 'vscode';
import { isModelId } from '../models/catalog.ts';
import { CURATED_MODELS, type CuratedModel } from '../models/curatedModels.ts';
import { languageName } from '../shared/task.ts';
import { t } from '../shared/words.ts';
import { purposeName } from './purposeName.ts';

export type SourceChoice = { readonly kind: 'hub'; readonly id: string } | { readonly kind: 'folder'; readonly folder: vscode.Uri };

interface Item extends vscode.QuickPickItem {
  readonly choose?: () => Promise<SourceChoice | undefined>;
}

/** Undefined where he changed his mind. */
export async function chooseSource(): Promise<SourceChoice | undefined> {
  const items: Item[] = [
    { label: `$(search) ${t('Another model of the Hub, by its name…')}`, choose: askForId },
    { label: `$(folder) ${t('A folder of this machine…')}`, choose: askForFolder },
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...CURATED_MODELS.map((model) => ({
      label: model.id,
      description: does(model),
      detail: t('{0} million parameters, licence {1}', model.parameters, model.licence),
      choose: () => Promise.resolve({ kind: 'hub' as const, id: model.id }),
    })),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Saccade: Add Model'),
    placeHolder: t('Nothing is fetched before you have seen how much it is.'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.choose?.();
}

function does({ does }: CuratedModel): string {
  if (does.kind === 'translateAmong') return t('Translates among {0} and others', does.languages.map(languageName).join(', '));
  return does.kind === 'translate' ? purposeName(does) : `${purposeName(does)} (${languageName(does.language)})`;
}

async function askForId(): Promise<SourceChoice | undefined> {
  const id = await vscode.window.showInputBox({
    title: t('Saccade: Add Model'),
    prompt: t('An encoder-decoder with ONNX files: Marian, T5, BART, Pegasus, mBART, M2M100 or NLLB.'),
    placeHolder: t('owner/name'),
    ignoreFocusOut: true,
    validateInput: (value) => (isModelId(value.trim()) && value.includes('/') ? undefined : t('On the Hub a model is named owner/name.')),
  });
  return id === undefined ? undefined : { kind: 'hub', id: id.trim() };
}

async function askForFolder(): Promise<SourceChoice | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: t('Saccade: Add Model'),
      openLabel: t('Add'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return folder && { kind: 'folder', folder };
}
