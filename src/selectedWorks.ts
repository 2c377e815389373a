/** What the commands on the selection work on: the prose of the active editor's selections. Asks and tells the user what is in the way. */
import * as vscode from 'vscode';
import type { LineFocus } from './editor/grammar/tokenizedLines.ts';
import type { SourceDocuments, VersionedDocument } from './editor/sourceDocuments.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { worksOf, type Work } from './selectionWork.ts';
import type { Task } from './shared/task.ts';
import { t } from './shared/words.ts';

export interface SelectedWorks {
  readonly document: vscode.TextDocument;
  readonly read: VersionedDocument;
  readonly works: readonly Work[];
}

/** An editor whose document has been read as far as its selections go, and nothing runs. Undefined where the user has been told why not. */
export async function readEditor(
  documents: SourceDocuments,
  inProgress: RunInProgress,
): Promise<{ readonly editor: vscode.TextEditor; readonly read: VersionedDocument } | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage(t('Open a file and select the text to work on, then run the command again.'));
    return undefined;
  }
  if (!(await inProgress.makeRoom())) return undefined;
  // Selections may move while the document is read.
  const focus = (): LineFocus => ({
    first: Math.min(...editor.selections.map(({ start }) => start.line)),
    last: Math.max(...editor.selections.map(({ end }) => end.line)),
  });
  return { editor, read: await documents.read(editor.document, focus) };
}

/** As `readEditor`; undefined also where the selections hold no prose. */
export async function selectedWorks(
  documents: SourceDocuments,
  inProgress: RunInProgress,
  kind: Task['kind'],
): Promise<SelectedWorks | undefined> {
  const open = await readEditor(documents, inProgress);
  if (open === undefined) return undefined;
  const { editor, read } = open;
  const selections = [...editor.selections].sort((a, b) => a.start.compareTo(b.start));
  const works = worksOf(read, selections, kind);
  if (!('nothingToDo' in works)) return { document: editor.document, read, works };
  void vscode.window.showInformationMessage(works.nothingToDo);
  return undefined;
}
