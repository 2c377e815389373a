/** Offers edits in VS Code's preview of refactorings, where each is shown as a difference and can be taken or left. Does not know what they say. */
import * as vscode from 'vscode';
import type { TextEdit } from './textEdit.ts';

/** `changed`: a document is newer than its edits. `left`: nothing was taken. What was taken is one step of undo. */
export type PreviewOutcome = 'applied' | 'left' | 'changed' | 'closed';

/** Edits of one document as it was at that version. */
export interface DocumentEdits {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly edits: readonly TextEdit[];
}

/** Ends when the user has decided. @param label of all edits, in the preview */
export async function previewEdits(files: readonly DocumentEdits[], label: string): Promise<PreviewOutcome> {
  const before = state(files);
  if (before !== 'same') return before;
  const workspaceEdit = new vscode.WorkspaceEdit();
  // Whatever needs to be confirmed opens the preview, and is not ticked at first.
  for (const { document, edits } of files) {
    for (const { start, end, text } of edits) {
      const range = new vscode.Range(start.line, start.character, end.line, end.character);
      workspaceEdit.replace(document.uri, range, text, { needsConfirmation: true, label });
    }
  }
  await vscode.workspace.applyEdit(workspaceEdit);
  const after = state(files);
  return after === 'same' ? 'left' : after === 'changed' ? 'applied' : after;
}

function state(files: readonly DocumentEdits[]): 'same' | 'changed' | 'closed' {
  if (files.some(({ document, version }) => !document.isClosed && document.version !== version)) return 'changed';
  return files.some(({ document }) => document.isClosed) ? 'closed' : 'same';
}
