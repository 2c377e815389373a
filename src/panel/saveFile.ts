/** Writes what the panel exports where the user says. Knows no format. */
import * as vscode from 'vscode';
import { failureOf } from '../shared/failure.ts';
import type { PageToHost } from '../shared/messages.ts';
import { t } from '../shared/words.ts';

/** Ends when the file is written, the user has thought better of it, or has been told why it could not be written. */
export async function saveFile({ name, kind, extension, content }: PageToHost['saveFile']): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  // Dialogs take what stands behind the last dot for the extension, and would add one of two parts to a name that has it.
  const options = { title: t('Export'), filters: { [kind]: [extension.slice(extension.lastIndexOf('.') + 1)] } };
  const uri = await vscode.window.showSaveDialog(folder ? { ...options, defaultUri: vscode.Uri.joinPath(folder, name) } : options);
  if (!uri) return;
  try {
    await vscode.workspace.fs.writeFile(uri, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  } catch (error) {
    void vscode.window.showErrorMessage(t('The file could not be written: {0}', failureOf(error).message));
    return;
  }
  const open = t('Open');
  const answer = await vscode.window.showInformationMessage(t('Saved {0}.', uri.path.slice(uri.path.lastIndexOf('/') + 1)), open);
  if (answer !== open) return;
  if (extension === 'html') await vscode.env.openExternal(uri);
  else await vscode.commands.executeCommand('vscode.open', uri);
}
