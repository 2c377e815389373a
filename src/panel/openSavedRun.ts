/** Opens a run that was saved before, without the model: asks for the file, reads it and shows it in the panel. */
import * as vscode from 'vscode';
import { readSavedRun, SAVED_RUN_LONGEST_BYTES } from '../shared/export/savedRun.ts';
import { failureOf, SaccadeError } from '../shared/failure.ts';
import { t } from '../shared/words.ts';
import type { PanelView } from './panelView.ts';

/** @param chosen undefined where the user is to choose */
export async function openSavedRun(panel: PanelView, chosen: vscode.Uri | undefined): Promise<void> {
  if (panel.busy) {
    void vscode.window.showInformationMessage(t('Saccade is still working. Wait for it or stop it, then open the saved run.'));
    return;
  }
  const uri = chosen ?? (await askForFile());
  if (!uri) return;
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  try {
    await panel.showSavedRun(name, readSavedRun(await contentOf(uri)));
  } catch (error) {
    void vscode.window.showErrorMessage(t('{0} cannot be opened. {1}', name, failureOf(error).message));
  }
}

async function askForFile(): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const options = { title: t('Open Saved Run'), filters: { [t('Saved run')]: ['json'] } };
  return (await vscode.window.showOpenDialog(folder ? { ...options, defaultUri: folder } : options))?.[0];
}

async function contentOf(uri: vscode.Uri): Promise<string> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > SAVED_RUN_LONGEST_BYTES) throw new SaccadeError('badInput', t('It is too large for a run that Saccade has saved.'));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof TypeError) throw new SaccadeError('badInput', t('It is not UTF-8 text, so it is no run that Saccade has saved.'));
    throw error;
  }
}
