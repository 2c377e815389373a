/** Read-only pages that say more about a result than fits into its document, such as the parts of a summary. Does not write them. */
import * as vscode from 'vscode';

export const PAGE_SCHEME = 'saccade-page';

export class SummaryPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  /** By address. */
  private readonly pages = new Map<string, string>();
  private opened = 0;
  private readonly listeners = [
    vscode.workspace.registerTextDocumentContentProvider(PAGE_SCHEME, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.pages.delete(uri.toString())),
  ];

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.pages.get(uri.toString()) ?? '';
  }

  /** Beside the active editor, which keeps the focus. @param name of the tab, ending in ".md" */
  async open(name: string, markdown: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: PAGE_SCHEME, path: `/${name.replaceAll('/', '∕')}`, query: String(++this.opened) });
    this.pages.set(uri.toString(), markdown);
    const page = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(page, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }
}
