/** Offers edits in VS Code's preview of refactorings, where each is shown as a difference and can be taken or left. Does not know what they say. */
import * as vscode from 'vscode';
import type { TextEdit } from './textEdit.ts';

/** `changed`: the document is newer than `version`. `left`: nothing was taken. What was taken is one step of undo. */
export type PreviewOutcome = 'applied' | 'left' | 'changed' | 'closed';

/** Ends when the user has decided. @param label of all edits, in the preview */
export async function previewEdits(
  document: vscode.TextDocument,
  version: number,
  edits: readonly TextEdit[],
  label: string,
): Promise<PreviewOutcome> {
  const before = state(document, version);
  if (before !== 'same') return before;
  const workspaceEdit = new vscode.WorkspaceEdit();
  // Whatever needs to be confirmed opens the preview, and is not ticked at first.
  for (const { start, end, text } of edits) {
    const range = new vscode.Range(start.line, start.character, end.line, end.character);
    workspaceEdit.replace(document.uri, range, text, { needsConfirmation: true, label });
  }
  await vscode.workspace.applyEdit(workspaceEdit);
  const after = state(document, version);
  return after === 'same' ? 'left' : after === 'changed' ? 'applied' : after;
}

function state({ isClosed, version }: vscode.TextDocument, wanted: number): 'same' | 'changed' | 'closed' {
  if (isClosed) return 'closed';
  return version === wanted ? 'same' : 'changed';
}
