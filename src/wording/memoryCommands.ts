/** The commands on the translation memory: shown and thinned out, exported and imported as TMX. Does not use it. */
import * as vscode from 'vscode';
import { failureOf, SaccadeError } from '../shared/failure.ts';
import { languageName } from '../shared/task.ts';
import { t } from '../shared/words.ts';
import type { MemoryEntry } from './memoryEntry.ts';
import { decodeXml, readTmx } from './tmxReader.ts';
import { writeTmx } from './tmxWriter.ts';
import type { TranslationMemory } from './translationMemory.ts';

const MOST_BYTES = 100_000_000;
const FILTERS = { TMX: ['tmx'] };

interface MemoryItem extends vscode.QuickPickItem {
  readonly entry: MemoryEntry;
}

/** Ends when the list is shown; its buttons remove one entry, or all of them. */
export async function showTranslationMemory(memory: TranslationMemory): Promise<void> {
  const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: t('Forget This Translation') };
  const removeAll = { iconPath: new vscode.ThemeIcon('clear-all'), tooltip: t('Forget All Translations') };
  const list = vscode.window.createQuickPick<MemoryItem>();
  list.title = t('Saccade: Translation Memory');
  list.matchOnDetail = true;
  const refresh = async (): Promise<void> => {
    const entries = await memory.entries();
    list.placeholder =
      entries.length === 0
        ? t('Nothing is remembered yet. Correct a translation and save its document first.')
        : t('Used when the same sentence is translated again');
    list.items = entries.map((entry) => ({
      entry,
      label: entry.source,
      detail: entry.target,
      description: `${languageName(entry.to)}, ${new Date(entry.time).toLocaleDateString(vscode.env.language)}`,
      buttons: [remove],
    }));
    list.buttons = entries.length === 0 ? [] : [removeAll];
  };
  list.onDidTriggerItemButton(({ item }) => void memory.forget(item.entry).then(refresh));
  list.onDidTriggerButton(() => void forgetAll(memory));
  list.onDidAccept(() => list.hide());
  list.onDidHide(() => list.dispose());
  await refresh();
  list.show();
}

async function forgetAll(memory: TranslationMemory): Promise<void> {
  const forget = t('Forget All');
  const question = t('Forget every translation that you corrected or imported? Export them first if you may want them again.');
  if ((await vscode.window.showWarningMessage(question, { modal: true }, forget)) === forget) await memory.forgetAll();
}

/** @param chosen undefined where the user is to say where */
export async function exportTranslationMemory(memory: TranslationMemory, version: string, chosen?: vscode.Uri): Promise<void> {
  const entries = await memory.entries();
  if (entries.length === 0) {
    void vscode.window.showInformationMessage(t('Nothing is remembered yet. Correct a translation and save its document first.'));
    return;
  }
  const uri =
    chosen ??
    (await vscode.window.showSaveDialog({ title: t('Export Translation Memory'), filters: FILTERS, ...startingAt('memory.tmx') }));
  if (!uri) return;
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(writeTmx(entries, version)));
    void vscode.window.showInformationMessage(t('Translations written to {0}: {1}.', nameOf(uri), entries.length));
  } catch (error) {
    void vscode.window.showErrorMessage(t('{0} could not be written: {1}', nameOf(uri), failureOf(error).message));
  }
}

/** @param chosen undefined where the user is to say which */
export async function importTranslationMemory(memory: TranslationMemory, chosen?: vscode.Uri): Promise<void> {
  const uri =
    chosen ?? (await vscode.window.showOpenDialog({ title: t('Import Translation Memory'), filters: FILTERS, ...startingAt() }))?.[0];
  if (!uri) return;
  try {
    const { entries, leftOut } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Reading {0}', nameOf(uri)) },
      () => contentOf(uri),
    );
    if (entries.length === 0) throw new SaccadeError('badInput', t('It has no translations into a language of the model.'));
    const count = await memory.remember(entries);
    const told = t('Translations read from {0}: {1}. Remembered now: {2}.', nameOf(uri), entries.length, count);
    const rest = leftOut === 0 ? '' : ` ${t('Left out, since they are too long or in no language of the model: {0}.', leftOut)}`;
    void vscode.window.showInformationMessage(`${told}${rest}`);
  } catch (error) {
    void vscode.window.showErrorMessage(t('{0} cannot be imported. {1}', nameOf(uri), failureOf(error).message));
  }
}

async function contentOf(uri: vscode.Uri): ReturnType<typeof readTmx> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MOST_BYTES) throw new SaccadeError('badInput', t('It is larger than 100 MB. Split it, and import the parts that you need.'));
  const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  return readTmx(decodeXml(await vscode.workspace.fs.readFile(uri)), Date.now(), rest);
}

function startingAt(name = ''): { defaultUri?: vscode.Uri } {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {};
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
