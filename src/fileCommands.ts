/** The command on all comments of a file: through the engine to a preview in which each translation is taken or left. */
import * as vscode from 'vscode';
import type { EditorLink } from './editor/editorLink.ts';
import { everyComment } from './editor/everyComment.ts';
import { inSlices } from './editor/inSlices.ts';
import { previewEdits } from './editor/previewEdits.ts';
import type { SourceDocuments } from './editor/sourceDocuments.ts';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { editsOf, linkedSource, segmentsOf, targetsOf, workOf } from './selectionWork.ts';
import { beams, targetLanguage, wrapColumn } from './settings.ts';
import { isIncomplete } from './shared/segmentResult.ts';
import { LANGUAGE_NAMES, type Task } from './shared/task.ts';

export class FileCommands {
  constructor(
    private readonly panel: PanelView,
    private readonly documents: SourceDocuments,
    private readonly inProgress: RunInProgress,
    private readonly link: EditorLink,
  ) {}

  /** Comments and docstrings; of a document that is prose, all of it. What is in the target language already stays as it is. */
  async translateAllComments(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) {
      void vscode.window.showInformationMessage('Open the file whose comments you want to have translated, then run the command again.');
      return;
    }
    if (!(await this.inProgress.makeRoom())) return;
    const language = LANGUAGE_NAMES[targetLanguage(document)];
    const task: Task = { kind: 'translate', to: targetLanguage(document) };
    const read = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: 'Saccade: finding the comments' },
      () => this.documents.read(document),
    );
    const source = await inSlices(everyComment(read), () => document.version !== read.version);
    if (source === undefined) {
      void this.offerAgain('The document changed while its comments were read.');
      return;
    }
    if ('nothingToDo' in source) {
      void vscode.window.showInformationMessage(source.nothingToDo);
      return;
    }
    const works = [workOf(source, task.kind)];
    const link = this.link.begin(document, linkedSource(works));
    const order = { task, segments: segmentsOf(works), beams: beams(), leaveTarget: true };
    const outcome = await this.inProgress.run(this.panel, `Translating all comments into ${language}`, order, document.uri);
    if (outcome.kind !== 'finished') link.end();
    if (outcome.kind === 'failed') void this.offerAgain(outcome.failure.message);
    if (outcome.kind !== 'finished') return;
    link.finish(outcome.runId);

    const options = { wrapColumn: wrapColumn(document) };
    const targets = targetsOf(works, task, outcome.results);
    const edits = works.flatMap((work, index) => editsOf('replace', work, targets[index]!, options).edits);
    const left = outcome.results.filter((result) => isIncomplete(task, result)).length;
    const kept =
      left === 0 ? '' : ` ${left === 1 ? 'One sentence' : `${left} sentences`} could not be translated without a loss and stayed.`;
    if (edits.length === 0) {
      void vscode.window.showInformationMessage(`There is nothing to change: what could be translated is in ${language} already.${kept}`);
      return;
    }
    void vscode.window.showInformationMessage(
      `Tick what you want to take in the refactor preview, or the file for all ${edits.length} changes, then choose Apply.${kept}`,
    );
    const taken = await previewEdits(document, read.version, edits, `Comments in ${language}`);
    if (taken === 'changed') void this.offerAgain('The document changed meanwhile, so nothing was replaced.');
    if (taken === 'closed') void vscode.window.showWarningMessage('The document was closed meanwhile, so nothing was changed.');
  }

  private async offerAgain(message: string): Promise<void> {
    const again = 'Run Again';
    if ((await vscode.window.showWarningMessage(message, again)) === again) await this.translateAllComments();
  }
}
