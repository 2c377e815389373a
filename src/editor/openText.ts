/** Documents of files that no editor needs to show. Does not read them. */
import * as vscode from 'vscode';

/** Undefined for what is not text, or is gone. */
export async function openText(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
