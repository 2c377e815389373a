/** The command on all comments of a file: through the engine to a preview in which each translation is taken or left. */
import * as vscode from 'vscode';
import type { EditorLink } from './editor/editorLink.ts';
import { everyComment } from './editor/everyComment.ts';
import { inSlices } from './editor/inSlices.ts';
import { previewEdits } from './editor/previewEdits.ts';
import type { SourceDocuments } from './editor/sourceDocuments.ts';
import { offerAgain } from './offerElsewhere.ts';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { linkedSource, segmentsOf, workOf } from './selectionWork.ts';
import { beams, targetLanguage, wrapColumn } from './settings.ts';
import { isIncomplete } from './shared/segmentResult.ts';
import { languageName, type Task } from './shared/task.ts';
import { t } from './shared/words.ts';
import { translationsOf, withKept } from './sourceRuns.ts';
import type { Corrections } from './wording/corrections.ts';

export class FileCommands {
  constructor(
    private readonly panel: PanelView,
    private readonly documents: SourceDocuments,
    private readonly inProgress: RunInProgress,
    private readonly link: EditorLink,
    private readonly corrections: Corrections,
  ) {}

  /** Comments and docstrings; of a document that is prose, all of it. What is in the target language already stays as it is. */
  async translateAllComments(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) {
      void vscode.window.showInformationMessage(t('Open the file whose comments you want to have translated, then run the command again.'));
      return;
    }
    if (!(await this.inProgress.makeRoom())) return;
    const language = languageName(targetLanguage(document));
    const task: Task = { kind: 'translate', to: targetLanguage(document) };
    const read = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: t('Saccade: finding the comments') },
      () => this.documents.read(document),
    );
    const source = await inSlices(everyComment(read), () => document.version !== read.version);
    if (source === undefined) {
      void offerAgain(t('The document changed while its comments were read.'), () => this.translateAllComments());
      return;
    }
    if ('nothingToDo' in source) {
      void vscode.window.showInformationMessage(source.nothingToDo);
      return;
    }
    const works = [workOf(source, task.kind)];
    const link = this.link.begin(document, linkedSource(works));
    const order = { task, segments: segmentsOf(works), beams: beams(), leaveTarget: true };
    const title = t('Translating all comments into {0}', language);
    const outcome = await this.inProgress.run(this.panel, title, order, { scope: document.uri });
    if (outcome.kind !== 'finished') link.end();
    if (outcome.kind === 'failed') void offerAgain(outcome.failure.message, () => this.translateAllComments());
    if (outcome.kind !== 'finished') return;
    link.finish(outcome.runId);

    const [translation] = translationsOf(works, task, outcome.results, [{ wrapColumn: wrapColumn(document) }]);
    const { edits, writtenBy } = translation!;
    const left = outcome.results.filter((result) => isIncomplete(task, result)).length;
    if (edits.length === 0) {
      void vscode.window.showInformationMessage(
        withKept(t('There is nothing to change: what could be translated is in {0} already.', language), left),
      );
      return;
    }
    void vscode.window.showInformationMessage(
      withKept(
        t('Tick what you want to take in the refactor preview, or the file for all {0} changes, then choose Apply.', edits.length),
        left,
      ),
    );
    const previewed = await previewEdits([{ document, version: read.version, edits }], t('Comments in {0}', language));
    if (previewed.kind === 'applied') this.corrections.watch(document, task.to, writtenBy(previewed.taken[0]!));
    if (previewed.kind === 'changed')
      void offerAgain(t('The document changed meanwhile, so nothing was replaced.'), () => this.translateAllComments());
    if (previewed.kind === 'closed') void vscode.window.showWarningMessage(t('The document was closed meanwhile, so nothing was changed.'));
  }
}
