/** Manage Models: what is there, what it takes, what each is used for, and its removal. Adds none. */
import * as vscode from 'vscode';
import type { InstalledModel, InstalledModels } from '../installedModels.ts';
import { modelBytes, type CatalogModel } from '../models/catalog.ts';
import { purposesOf } from '../models/chooseModel.ts';
import type { ModelStore, Remains } from '../models/store/modelStore.ts';
import { failureOf } from '../shared/failure.ts';
import { t } from '../shared/words.ts';
import { chooseFor, forgetChoices, isChosenFor, unchoose } from './modelPurposes.ts';
import { sizeOf } from './modelSizes.ts';
import { purposeName } from './purposeName.ts';

interface Item extends vscode.QuickPickItem {
  readonly act?: () => Thenable<unknown>;
}

/** @param store undefined where there is no disk for models */
export async function manageModels(models: InstalledModels, store: ModelStore | undefined): Promise<void> {
  try {
    const all = await models.all();
    const remains = (await store?.remains()) ?? [];
    const items: Item[] = [
      ...all.map((each) => ({ ...modelItem(each), act: () => manageModel(each) })),
      ...remains.map((each) => ({ ...remainsItem(each), act: () => removeRemains(each) })),
      ...(vscode.workspace.isTrusted
        ? [{ label: `$(add) ${t('Add Model…')}`, act: () => vscode.commands.executeCommand('saccade.addModel') }]
        : []),
    ];
    const title = t('Saccade: Models, {0} added', sizeOf((await store?.bytes()) ?? 0));
    await (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.act?.();
  } catch (error) {
    void vscode.window.showErrorMessage(failureOf(error).message);
  }

  async function manageModel({ model, isBundled }: InstalledModel): Promise<void> {
    const purposes: Item[] = purposesOf(model).map((purpose) => {
      const isChosen = isChosenFor(model, purpose);
      return {
        label: `$(${isChosen ? 'check' : 'circle-outline'}) ${purposeName(purpose)}`,
        description: isChosen ? t('is used for this') : '',
        act: () => (isChosen ? unchoose(purpose) : chooseFor(model, [purpose])),
      };
    });
    const items: Item[] = isBundled
      ? [{ label: t('It is used for all that no other model is chosen for.') }]
      : [...purposes, { label: `$(trash) ${t('Remove ({0})', sizeOf(modelBytes(model)))}`, act: () => removeModel(model) }];
    await (await vscode.window.showQuickPick(items, { title: model.name }))?.act?.();
  }

  async function removeModel(model: CatalogModel): Promise<void> {
    if (!(await agreed(t('Remove {0}?', model.id)))) return;
    const stored = (await store?.models())?.find((each) => each.model.id === model.id);
    if (stored) await store?.remove(stored);
    await forgetChoices(model);
  }

  async function removeRemains(each: Remains): Promise<void> {
    if (await agreed(t('Remove what has come of {0}?', nameOf(each)))) await store?.remove(each);
  }
}

async function agreed(question: string): Promise<boolean> {
  const yes = t('Remove');
  return (await vscode.window.showWarningMessage(question, { modal: true }, yes)) === yes;
}

function modelItem({ model, isBundled }: InstalledModel): Item {
  const chosen = purposesOf(model).filter((purpose) => isChosenFor(model, purpose));
  return {
    label: model.name,
    description: [sizeOf(modelBytes(model)), isBundled ? t('comes with Saccade') : (model.licence ?? t('licence not named'))].join(' · '),
    detail: chosen.length > 0 ? t('Used for: {0}', chosen.map(purposeName).join(', ')) : '',
  };
}

function remainsItem(each: Remains): Item {
  return { label: `$(warning) ${t('Unfinished: {0}', nameOf(each))}`, description: sizeOf(each.bytes) };
}

function nameOf({ folder }: Remains): string {
  return folder
    .slice(Math.max(folder.lastIndexOf('/'), folder.lastIndexOf('\\')) + 1)
    .replace(/@.*$/, '')
    .replace('--', '/');
}
