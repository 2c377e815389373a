/** Reads the document that the user looks at while he does nothing, so that a command finds its comments at once. Knows no command. */
import * as vscode from 'vscode';
import type { SourceDocuments } from './sourceDocuments.ts';

/** Without an edit or another document. */
const QUIET_MILLISECONDS = 1000;
/** Of a larger document, reading would cost more than the few commands that it would speed up. */
const MOST_LINES = 200_000;

export class ReadAhead implements vscode.Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = [
    vscode.window.onDidChangeActiveTextEditor(() => this.wait()),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === lookedAt()) this.wait();
    }),
  ];

  constructor(private readonly documents: SourceDocuments) {
    this.wait();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const listener of this.listeners) listener.dispose();
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.read(), QUIET_MILLISECONDS);
  }

  private async read(): Promise<void> {
    const document = lookedAt();
    if (document === undefined || document.lineCount > MOST_LINES) return;
    await this.documents
      .readAhead(document, () => document.isClosed || document !== lookedAt())
      .catch((error: unknown) => console.warn(`Saccade could not read ${document.languageId} ahead:`, error));
  }
}

function lookedAt(): vscode.TextDocument | undefined {
  return vscode.window.activeTextEditor?.document;
}
