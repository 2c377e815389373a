/** The command on the Markdown cells of a notebook: all of them through the engine in one run, and back as one edit of the notebook. */
import * as vscode from 'vscode';
import { everyComment } from './editor/everyComment.ts';
import { inSlices } from './editor/inSlices.ts';
import type { SourceDocuments } from './editor/sourceDocuments.ts';
import { textAfter } from './editor/textEdit.ts';
import { wholeLines } from './editor/wholeLines.ts';
import { offerAgain } from './offerElsewhere.ts';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { targetLanguage } from './settings.ts';
import { languageName } from './shared/task.ts';
import { t } from './shared/words.ts';
import { translateSources, withKept } from './sourceRuns.ts';
import type { Corrections } from './wording/corrections.ts';

export class NotebookCommands {
  constructor(
    private readonly panel: PanelView,
    private readonly documents: SourceDocuments,
    private readonly inProgress: RunInProgress,
    private readonly corrections: Corrections,
  ) {}

  async translateMarkdown(): Promise<void> {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    if (notebook === undefined) {
      void vscode.window.showInformationMessage(
        t('Open the notebook whose Markdown cells you want to have translated, then run the command again.'),
      );
      return;
    }
    if (!(await this.inProgress.makeRoom())) return;
    const { version } = notebook;
    const cells = [];
    for (const cell of notebook.getCells()) {
      if (cell.kind !== vscode.NotebookCellKind.Markup) continue;
      const source = await inSlices(everyComment(await this.documents.read(cell.document)));
      if (source !== undefined && !('nothingToDo' in source)) cells.push({ cell, at: cell.index, source, options: { wrapColumn: 0 } });
    }
    if (cells.length === 0) {
      void vscode.window.showInformationMessage(t('There is no Markdown cell with prose in this notebook.'));
      return;
    }
    const to = targetLanguage(cells[0]!.cell.document);
    const title =
      cells.length === 1
        ? t('Translating one Markdown cell into {0}', languageName(to))
        : t('Translating {0} Markdown cells into {1}', cells.length, languageName(to));
    const translated = await translateSources(this.panel, this.inProgress, title, { kind: 'translate', to }, cells, notebook.uri);
    if ('failure' in translated) {
      if (translated.failure !== undefined) void offerAgain(translated.failure, () => this.translateMarkdown());
      return;
    }
    if (notebook.isClosed || notebook.version !== version) {
      void offerAgain(t('The notebook changed meanwhile, so nothing was replaced.'), () => this.translateMarkdown());
      return;
    }
    const edits = cells.flatMap(({ cell, at, source }, index) => {
      const own = translated.translations[index]!.edits;
      if (own.length === 0) return [];
      const { lines, eol } = source.document;
      const data = new vscode.NotebookCellData(
        cell.kind,
        textAfter(lines, eol, wholeLines(source.document, 0, lines.length - 1), own),
        cell.document.languageId,
      );
      data.metadata = cell.metadata;
      return [vscode.NotebookEdit.replaceCells(new vscode.NotebookRange(at, at + 1), [data])];
    });
    if (edits.length === 0) {
      void vscode.window.showInformationMessage(
        withKept(t('There is nothing to change: what could be translated is in {0} already.', languageName(to)), translated.left),
      );
      return;
    }
    // One edit of the notebook is one step of its undo.
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, edits);
    if (await vscode.workspace.applyEdit(edit)) {
      for (const [index, { at }] of cells.entries()) {
        const { edits: own, writtenBy } = translated.translations[index]!;
        // A cell that was replaced has a new document.
        if (own.length > 0) this.corrections.watch(notebook.cellAt(at).document, to, writtenBy(own));
      }
      void vscode.window.showInformationMessage(
        withKept(
          edits.length === 1
            ? t('One Markdown cell is in {0} now; one undo takes that back.', languageName(to))
            : t('{0} Markdown cells are in {1} now; one undo takes that back.', edits.length, languageName(to)),
          translated.left,
        ),
      );
    } else void vscode.window.showWarningMessage(t('The notebook does not accept edits, so nothing was changed.'));
  }
}
