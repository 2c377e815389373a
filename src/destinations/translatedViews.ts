/** Read-only copies of documents with the translation in them, beside the original or compared with it. Does not translate. */
import * as vscode from 'vscode';
import type { SelectionResult } from '../selectionResult.ts';
import { languageName } from '../shared/task.ts';

export const TRANSLATION_SCHEME = 'saccade-translation';

export class TranslatedViews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  /** By address. */
  private readonly results = new Map<string, SelectionResult>();
  private opened = 0;
  private readonly listeners = [
    vscode.workspace.registerTextDocumentContentProvider(TRANSLATION_SCHEME, this),
    // Not when the document closes: it seems to when it gets its language.
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const tab of closed) this.results.delete(addressOf(tab)?.toString() ?? '');
    }),
  ];

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.results.get(uri.toString())?.replacedDocument().text ?? '';
  }

  async open(result: SelectionResult, how: 'beside' | 'diff'): Promise<void> {
    const { document } = result;
    const language = languageOf(result);
    const uri = vscode.Uri.from({
      scheme: TRANSLATION_SCHEME,
      path: `/${named(document.uri.path, language)}`,
      query: String(++this.opened),
    });
    this.results.set(uri.toString(), result);
    const translated = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(translated, document.languageId);
    if (how === 'diff') {
      const title = `${lastPart(document.uri.path)} ↔ ${language}`;
      await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, { preview: true });
    } else {
      const { line } = result.run.works[0]!.source.selection.start;
      await vscode.window.showTextDocument(translated, {
        viewColumn: vscode.ViewColumn.Beside,
        preserveFocus: true,
        selection: new vscode.Range(line, 0, line, 0),
      });
    }
    const shown = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
    if (shown) result.run.link.showTarget(shown, result.replacedDocument().target);
  }

  /** What the editor in front shows, if it is one of these. */
  get inFront(): SelectionResult | undefined {
    const uri = addressOf(vscode.window.tabGroups.activeTabGroup.activeTab);
    return uri && this.results.get(uri.toString());
  }

  /** Closes every view of a result, which is in its document now. */
  async close(result: SelectionResult): Promise<void> {
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter((tab) => this.results.get(addressOf(tab)?.toString() ?? '') === result);
    await vscode.window.tabGroups.close(tabs);
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }
}

function languageOf({ run: { task } }: SelectionResult): string {
  return task.kind === 'translate' ? languageName(task.to) : 'Saccade';
}

/** Of the tab's text, or of the changed side of what it compares. */
function addressOf(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  if (tab?.input instanceof vscode.TabInputTextDiff) return tab.input.modified;
  return tab?.input instanceof vscode.TabInputText ? tab.input.uri : undefined;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** "log.py" in German is "log (German).py". */
function named(path: string, language: string): string {
  const name = lastPart(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? `${name} (${language})` : `${name.slice(0, dot)} (${language})${name.slice(dot)}`;
}
