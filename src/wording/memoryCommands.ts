/** The commands on the translation memory: shown and thinned out, exported and imported as TMX. Does not use it. */
import * as vscode from 'vscode';
import { failureOf, SaccadeError } from '../shared/failure.ts';
import { LANGUAGE_NAMES } from '../shared/task.ts';
import type { MemoryEntry } from './memoryEntry.ts';
import { decodeXml, readTmx } from './tmxReader.ts';
import { writeTmx } from './tmxWriter.ts';
import type { TranslationMemory } from './translationMemory.ts';

const MOST_BYTES = 100_000_000;
const FILTERS = { 'Translation Memory eXchange': ['tmx'] };

interface MemoryItem extends vscode.QuickPickItem {
  readonly entry: MemoryEntry;
}

/** Ends when the list is shown; its buttons remove one entry, or all of them. */
export async function showTranslationMemory(memory: TranslationMemory): Promise<void> {
  const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Forget This Translation' };
  const removeAll = { iconPath: new vscode.ThemeIcon('clear-all'), tooltip: 'Forget All Translations' };
  const list = vscode.window.createQuickPick<MemoryItem>();
  list.title = 'Saccade: Translation Memory';
  list.matchOnDetail = true;
  const refresh = async (): Promise<void> => {
    const entries = await memory.entries();
    list.placeholder =
      entries.length === 0
        ? 'Nothing is remembered yet: correct a translation and save its document, and it is used the next time.'
        : `${entries.length === 1 ? 'One translation that is' : `${entries.length} translations that are`} used when the same text is translated again`;
    list.items = entries.map((entry) => ({
      entry,
      label: entry.source,
      detail: entry.target,
      description: `${LANGUAGE_NAMES[entry.to]}, ${new Date(entry.time).toLocaleDateString(vscode.env.language)}`,
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
  const forget = 'Forget All';
  const question = 'Forget every translation that you corrected or imported? Export them first if you may want them again.';
  if ((await vscode.window.showWarningMessage(question, { modal: true }, forget)) === forget) await memory.forgetAll();
}

/** @param chosen undefined where the user is to say where */
export async function exportTranslationMemory(memory: TranslationMemory, version: string, chosen?: vscode.Uri): Promise<void> {
  const entries = await memory.entries();
  if (entries.length === 0) {
    void vscode.window.showInformationMessage('Nothing is remembered yet. Correct a translation and save its document first.');
    return;
  }
  const uri =
    chosen ?? (await vscode.window.showSaveDialog({ title: 'Export Translation Memory', filters: FILTERS, ...startingAt('memory.tmx') }));
  if (!uri) return;
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(writeTmx(entries, version)));
    void vscode.window.showInformationMessage(`${entries.length} translations were written to ${nameOf(uri)}.`);
  } catch (error) {
    void vscode.window.showErrorMessage(`${nameOf(uri)} could not be written: ${failureOf(error).message}`);
  }
}

/** @param chosen undefined where the user is to say which */
export async function importTranslationMemory(memory: TranslationMemory, chosen?: vscode.Uri): Promise<void> {
  const uri =
    chosen ?? (await vscode.window.showOpenDialog({ title: 'Import Translation Memory', filters: FILTERS, ...startingAt() }))?.[0];
  if (!uri) return;
  try {
    const { entries, leftOut } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: `Reading ${nameOf(uri)}` },
      () => contentOf(uri),
    );
    if (entries.length === 0) throw new SaccadeError('badInput', 'It has no translations into English, German, French or Spanish.');
    const count = await memory.remember(entries);
    const rest =
      leftOut === 0
        ? ''
        : ` ${leftOut} ${leftOut === 1 ? 'unit was' : 'units were'} left out: too long, or not in a language of the model.`;
    void vscode.window.showInformationMessage(
      `${entries.length} translations were read from ${nameOf(uri)}; ${count} are remembered now.${rest}`,
    );
  } catch (error) {
    void vscode.window.showErrorMessage(`${nameOf(uri)} cannot be imported. ${failureOf(error).message}`);
  }
}

async function contentOf(uri: vscode.Uri): ReturnType<typeof readTmx> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MOST_BYTES) throw new SaccadeError('badInput', 'It is larger than 100 MB. Split it, and import the parts that you need.');
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
