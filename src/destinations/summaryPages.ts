/** Read-only pages that say more about a result than fits into its document, such as the parts of a summary. Does not write them. */
import * as vscode from 'vscode';

export const PAGE_SCHEME = 'saccade-page';
/** VS Code's own, of its Markdown extension. */
export const PREVIEW = 'vscode.markdown.preview.editor';

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

  /** Rendered, beside the active editor, which keeps the focus. @param name of the tab, ending in ".md" */
  async open(name: string, markdown: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: PAGE_SCHEME, path: `/${name.replaceAll('/', '∕')}`, query: String(++this.opened) });
    this.pages.set(uri.toString(), markdown);
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    try {
      await vscode.commands.executeCommand('vscode.openWith', uri, PREVIEW, where);
    } catch {
      // Whoever has switched that extension off reads the source.
      await vscode.window.showTextDocument(uri, where);
    }
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }
}
