/** Read-only views of whole files in another language, beside the originals: kept in step with edits, and scrolled with them. */
import * as vscode from 'vscode';
import { everyComment } from '../editor/everyComment.ts';
import { inSlices } from '../editor/inSlices.ts';
import { lineAfter, lineBefore } from '../editor/linesAfter.ts';
import type { SourceDocuments } from '../editor/sourceDocuments.ts';
import { textAfter, type TextEdit } from '../editor/textEdit.ts';
import { wholeLines } from '../editor/wholeLines.ts';
import type { QuietTranslations } from '../quietTranslations.ts';
import type { RunInProgress, RunManner } from '../runWithProgress.ts';
import { editsOf, segmentsOf, targetsOf, workOf } from '../selectionWork.ts';
import { targetLanguage, wrapColumn } from '../settings.ts';
import { languageName, type Language, type Task } from '../shared/task.ts';
import { t } from '../shared/words.ts';

export const FILE_VIEW_SCHEME = 'saccade-file';

interface FileView {
  readonly uri: vscode.Uri;
  readonly original: vscode.TextDocument;
  readonly to: Language;
  text: string;
  /** From the original to the text. */
  edits: readonly TextEdit[];
  /** Ends what is being read or translated for it. */
  refreshing: vscode.CancellationTokenSource | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Longer than between two keys. */
const PAUSE_MILLISECONDS = 600;

export class FileViews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  /** By address. */
  private readonly views = new Map<string, FileView>();
  private readonly changeEmitter = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changeEmitter.event;
  private readonly listeners = [
    vscode.workspace.registerTextDocumentContentProvider(FILE_VIEW_SCHEME, this),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) this.refreshSoon(({ original }) => original === document);
    }),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const { input } of closed) if (input instanceof vscode.TabInputText) this.forget(input.uri.toString());
    }),
    vscode.window.onDidChangeTextEditorVisibleRanges((event) => this.scrolled(event)),
  ];

  constructor(
    private readonly documents: SourceDocuments,
    private readonly translations: QuietTranslations,
    private readonly inProgress: RunInProgress,
  ) {
    // What a command was in the way of can go on.
    this.listeners.push(
      inProgress.onChange(() => this.refreshSoon((view) => !inProgress.running && view.refreshing === undefined && view.text === '')),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.views.get(uri.toString())?.text ?? '';
  }

  async open(): Promise<void> {
    const original = vscode.window.activeTextEditor?.document;
    if (original === undefined) {
      void vscode.window.showInformationMessage(t('Open the file that you want to read in another language, then run the command again.'));
      return;
    }
    if (!(await this.inProgress.makeRoom())) return;
    const to = targetLanguage(original);
    const uri = viewUri(original.uri, to);
    const view = this.views.get(uri.toString()) ?? {
      uri,
      original,
      to,
      text: original.getText(),
      edits: [],
      refreshing: undefined,
      timer: undefined,
    };
    this.views.set(uri.toString(), view);
    const shown = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(shown, original.languageId);
    const line = vscode.window.activeTextEditor?.visibleRanges[0]?.start.line ?? 0;
    await vscode.window.showTextDocument(shown, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: false,
      selection: new vscode.Range(line, 0, line, 0),
    });
    await this.refresh(view, 'shown');
  }

  dispose(): void {
    for (const address of [...this.views.keys()]) this.forget(address);
    for (const listener of this.listeners) listener.dispose();
    this.changeEmitter.dispose();
  }

  private refreshSoon(isMeant: (view: FileView) => boolean): void {
    for (const view of this.views.values()) {
      if (!isMeant(view)) continue;
      clearTimeout(view.timer);
      view.timer = setTimeout(() => void this.refresh(view, 'quiet'), PAUSE_MILLISECONDS);
    }
  }

  /** At first with what is known, then with the rest. */
  private async refresh(view: FileView, manner: RunManner): Promise<void> {
    view.refreshing?.cancel();
    const refreshing = new vscode.CancellationTokenSource();
    view.refreshing = refreshing;
    const { original, to } = view;
    const { token } = refreshing;
    const read = await this.documents.read(original);
    const isOver = (): boolean => token.isCancellationRequested;
    const source = await inSlices(everyComment(read), isOver);
    if (source === undefined || isOver()) return;
    if ('nothingToDo' in source) {
      this.show(view, read.lines.join(read.eol), []);
      return;
    }
    const task: Task = { kind: 'translate', to };
    const wanted = { to, scope: original.uri };
    const works = [workOf(source, 'translate')];
    const texts = segmentsOf(works);
    const showKnown = (): void => {
      const { results } = this.translations.known(wanted, texts);
      const { edits } = editsOf('replace', works[0]!, targetsOf(works, task, results)[0]!, { wrapColumn: wrapColumn(original) });
      this.show(view, textAfter(read.lines, read.eol, wholeLines(read, 0, read.lines.length - 1), edits), edits);
    };
    showKnown();
    const title = t('Translating a view into {0}', languageName(to));
    const isLearnt = await this.translations.learn(wanted, texts, title, manner, token);
    if (isOver()) return;
    if (isLearnt) showKnown();
    view.refreshing = undefined;
  }

  private show(view: FileView, text: string, edits: readonly TextEdit[]): void {
    view.edits = edits;
    if (view.text === text) return;
    view.text = text;
    this.changeEmitter.fire(view.uri);
  }

  private forget(address: string): void {
    const view = this.views.get(address);
    if (view === undefined) return;
    clearTimeout(view.timer);
    view.refreshing?.cancel();
    this.views.delete(address);
  }

  /** The one that the user scrolls takes the other one with it. */
  private scrolled({ textEditor, visibleRanges }: vscode.TextEditorVisibleRangesChangeEvent): void {
    const top = visibleRanges[0]?.start.line;
    if (textEditor !== vscode.window.activeTextEditor || top === undefined) return;
    for (const { uri, original, edits } of this.views.values()) {
      const isView = textEditor.document.uri.toString() === uri.toString();
      if (!isView && textEditor.document !== original) continue;
      const wanted = isView ? original.uri : uri;
      const line = isView ? lineBefore(top, edits) : lineAfter(top, edits);
      for (const other of vscode.window.visibleTextEditors) {
        if (other.document.uri.toString() === wanted.toString())
          other.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.AtTop);
      }
    }
  }
}

/** "log.py" in German is "log (German).py". */
function viewUri(original: vscode.Uri, to: Language): vscode.Uri {
  const name = original.path.slice(original.path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot <= 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
  return vscode.Uri.from({ scheme: FILE_VIEW_SCHEME, path: `/${stem} (${languageName(to)})${extension}`, query: original.toString() });
}
