/** Puts edits into a document as one step of undo, if it is still the one they were made from. Does not know what they say. */
import * as vscode from 'vscode';
import type { Range } from './comments.ts';
import { selectionsAfter } from './selectionsAfter.ts';
import type { TextEdit } from './textEdit.ts';

/** One selection with its edits, in order and apart. */
export interface SelectionEdits {
  readonly source: { readonly selection: Range };
  readonly edits: readonly TextEdit[];
}

/** `changed`: the document is newer than `version`. `rejected`: VS Code refused, as for a read-only document. Only `applied` has touched anything. */
export type Outcome = 'applied' | 'changed' | 'closed' | 'rejected';

/** `version` is the document's when the source was taken from it. Selections afterwards cover the new text. */
export async function applyEdit(document: vscode.TextDocument, version: number, selections: readonly SelectionEdits[]): Promise<Outcome> {
  if (document.isClosed || document.version !== version) return refusal(document, version);
  const edits = selections.flatMap((selection) => selection.edits);
  const covered = selectionsAfter(
    selections.map(({ source, edits: own }) => ({
      span: spanOf(document, source.selection),
      edits: own.map((edit) => ({ ...spanOf(document, edit), text: edit.text })),
    })),
  );
  const editor = vscode.window.visibleTextEditors.find((visible) => visible.document === document);
  const done = editor === undefined ? await editUnseen(document, edits) : await editVisible(editor, edits);
  if (!done) return refusal(document, version);
  if (editor !== undefined) {
    editor.selections = covered.map(({ start, end }) => new vscode.Selection(document.positionAt(start), document.positionAt(end)));
  }
  return 'applied';
}

function refusal(document: vscode.TextDocument, version: number): Outcome {
  if (document.isClosed) return 'closed';
  return document.version === version ? 'rejected' : 'changed';
}

async function editVisible(editor: vscode.TextEditor, edits: readonly TextEdit[]): Promise<boolean> {
  return editor.edit(
    (builder) => {
      for (const edit of edits) builder.replace(rangeOf(edit), edit.text);
    },
    { undoStopBefore: true, undoStopAfter: true },
  );
}

async function editUnseen(document: vscode.TextDocument, edits: readonly TextEdit[]): Promise<boolean> {
  const workspaceEdit = new vscode.WorkspaceEdit();
  for (const edit of edits) workspaceEdit.replace(document.uri, rangeOf(edit), edit.text);
  return vscode.workspace.applyEdit(workspaceEdit);
}

function spanOf(document: vscode.TextDocument, { start, end }: Range): { start: number; end: number } {
  const range = rangeOf({ start, end });
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

function rangeOf({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
