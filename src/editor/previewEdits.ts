/** Offers edits in VS Code's preview of refactorings, where each is shown as a difference and can be taken or left. Does not know what they say. */
import * as vscode from 'vscode';
import { takenEdits } from './takenEdits.ts';
import type { TextEdit } from './textEdit.ts';

/** `changed`: a document is newer than its edits. `left`: nothing was taken. What was taken is one step of undo. */
export type PreviewOutcome<Edit extends TextEdit> =
  | {
      readonly kind: 'applied';
      /** Of each document; none too where something else has changed it meanwhile. */
      readonly taken: readonly (readonly Edit[])[];
    }
  | { readonly kind: 'left' | 'changed' | 'closed' };

/** Edits of one document as it was at that version, in order and apart. */
export interface DocumentEdits<Edit extends TextEdit> {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly edits: readonly Edit[];
}

/** Ends when the user has decided. @param label of all edits, in the preview */
export async function previewEdits<Edit extends TextEdit>(
  files: readonly DocumentEdits<Edit>[],
  label: string,
): Promise<PreviewOutcome<Edit>> {
  const kind = state(files);
  if (kind !== 'same') return { kind };
  const before = files.map(({ document }) => linesOf(document));
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
  if (after === 'same') return { kind: 'left' };
  if (after === 'closed') return { kind: 'closed' };
  return { kind: 'applied', taken: files.map(({ document, edits }, index) => takenEdits(before[index]!, edits, document.getText()) ?? []) };
}

function linesOf(document: vscode.TextDocument): { readonly lines: readonly string[]; readonly eol: string } {
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  return { lines: document.getText().split(eol), eol };
}

function state(files: readonly DocumentEdits<TextEdit>[]): 'same' | 'changed' | 'closed' {
  if (files.some(({ document, version }) => !document.isClosed && document.version !== version)) return 'changed';
  return files.some(({ document }) => document.isClosed) ? 'closed' : 'same';
}
