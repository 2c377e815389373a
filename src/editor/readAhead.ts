/** Reads the documents that the user sees while he does nothing, so that a command finds their comments at once. Knows no command. */
import * as vscode from 'vscode';
import type { SourceDocuments } from './sourceDocuments.ts';

/** VS Code shows and colours a document first; while somebody types, reading would be in vain. */
const [AFTER_OPENING_MILLISECONDS, AFTER_EDIT_MILLISECONDS] = [100, 1000];
/** Of a larger document, reading would cost more than the few commands that it would speed up. */
const MOST_LINES = 200_000;

export class ReadAhead implements vscode.Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Ends what is being read, since something else is to be read now. */
  private reading = new vscode.CancellationTokenSource();
  private readonly listeners = [
    vscode.window.onDidChangeVisibleTextEditors(() => this.readIn(AFTER_OPENING_MILLISECONDS)),
    vscode.window.onDidChangeActiveTextEditor(() => this.readIn(AFTER_OPENING_MILLISECONDS)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (seen().includes(document)) this.readIn(AFTER_EDIT_MILLISECONDS);
    }),
  ];

  constructor(private readonly documents: SourceDocuments) {
    this.readIn(AFTER_OPENING_MILLISECONDS);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.reading.cancel();
    for (const listener of this.listeners) listener.dispose();
  }

  private readIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.read(), milliseconds);
  }

  private async read(): Promise<void> {
    this.reading.cancel();
    const { token } = (this.reading = new vscode.CancellationTokenSource());
    for (const document of seen()) {
      if (token.isCancellationRequested || document.lineCount > MOST_LINES) continue;
      await this.documents
        .readAhead(document, () => token.isCancellationRequested || document.isClosed)
        .catch((error: unknown) => console.warn(`Saccade could not read ${document.languageId} ahead:`, error));
    }
  }
}

/** The one that has the focus first. What programs write into the output panel is nothing to translate. */
function seen(): readonly vscode.TextDocument[] {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  const documents = editors.flatMap((editor) => (editor === undefined || editor.document.uri.scheme === 'output' ? [] : [editor.document]));
  return [...new Set(documents)];
}
