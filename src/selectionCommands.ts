/** The commands on the editor's selection: from its text through the engine to one edit. */
import * as vscode from 'vscode';
import { applyEdit } from './editor/applyEdit.ts';
import type { EditorLink } from './editor/editorLink.ts';
import type { SourceDocuments } from './editor/sourceDocuments.ts';
import { editedText } from './editor/targetText.ts';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { editsOf, linkedAfter, linkedSource, segmentsOf, targetsOf, worksOf } from './selectionWork.ts';
import { beams, targetLanguage, wrapColumn } from './settings.ts';
import { isIncomplete, type SegmentText } from './shared/segmentResult.ts';
import { LANGUAGE_NAMES, type Task } from './shared/task.ts';

/** In a file of a megabyte a grammar takes seconds to come to its end. */
const PATIENCE_MILLISECONDS = 1000;

export type SelectionCommand = 'replace' | 'below' | 'summarise' | 'inspect';

export class SelectionCommands {
  constructor(
    private readonly panel: PanelView,
    private readonly documents: SourceDocuments,
    private readonly inProgress: RunInProgress,
    private readonly link: EditorLink,
  ) {}

  /** Ends when the text is in the document, or the user is being told why it is not. */
  async run(command: SelectionCommand): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void vscode.window.showInformationMessage('Open a file and select the text to work on, then run the command again.');
      return;
    }
    if (!(await this.inProgress.makeRoom())) return;
    const { document } = editor;
    const language = targetLanguage(document);
    const task: Task = command === 'summarise' ? { kind: 'summarise' } : { kind: 'translate', to: language };
    // Selections may move while the document is read.
    const lastLine = (): number => Math.max(...editor.selections.map(({ end }) => end.line));
    const read = await this.documents.read(document, lastLine, PATIENCE_MILLISECONDS);
    const selections = [...editor.selections].sort((a, b) => a.start.compareTo(b.start));
    const works = worksOf(read, selections, task.kind);
    if ('nothingToDo' in works) {
      void vscode.window.showInformationMessage(works.nothingToDo);
      return;
    }
    this.link.begin(document, linkedSource(works));
    const title = command === 'summarise' ? 'Summarising' : `Translating into ${LANGUAGE_NAMES[language]}`;
    if (command === 'inspect') await this.panel.reveal({ preserveFocus: true });

    const outcome = await this.inProgress.run(this.panel, title, { task, segments: segmentsOf(works), beams: beams() });
    if (outcome.kind !== 'finished') this.link.end();
    if (outcome.kind === 'failed') void this.offerAgain(outcome.failure.message, command);
    if (outcome.kind !== 'finished') return;
    if (command === 'inspect') {
      this.link.finish(outcome.runId, false);
      return;
    }

    const { results } = outcome;
    const targets = targetsOf(works, task, results);
    const incomplete = results.filter((result) => isIncomplete(task, result));
    const options = { wrapColumn: wrapColumn(document) };
    const how = command === 'summarise' ? 'above' : command;
    const edits = works.map((work, index) => editsOf(how, work, targets[index]!, options));
    const hasEdits = edits.some((own) => own.edits.length > 0);
    this.link.expect(linkedAfter(works, targets, edits, task, results));
    const applied = hasEdits ? await applyEdit(document, read.version, edits) : 'homeless';
    this.link.finish(outcome.runId, applied === 'applied');
    if (command === 'replace' && !hasEdits) {
      if (incomplete.length > 0) void vscode.window.showWarningMessage(leftAsItIs(incomplete));
      else void vscode.window.showInformationMessage('The translation is the same as the text, so nothing was changed.');
    } else if (applied !== 'applied') {
      const texts = edits.map(({ source, edits: own }, index) =>
        command === 'replace' ? editedText(source, own) : targets[index]!.map(({ text }) => text).join('\n\n'),
      );
      void this.offerElsewhere(applied, texts.join('\n\n'), command);
    } else if (incomplete.length > 0) {
      void vscode.window.showWarningMessage(leftAsItIs(incomplete));
    } else if (command === 'summarise' && results.some(({ truncated }) => truncated)) {
      void vscode.window.showWarningMessage(
        'The text is longer than the model reads at once; the summary is of its beginning. Summarise its parts one by one for the rest.',
      );
    }
  }

  private async offerAgain(message: string, command: SelectionCommand): Promise<void> {
    const again = 'Run Again';
    if ((await vscode.window.showErrorMessage(message, again)) === again) await this.run(command);
  }

  /** The result cannot go where it was meant to: the user decides where it goes. */
  private async offerElsewhere(
    why: 'changed' | 'closed' | 'rejected' | 'homeless',
    text: string,
    command: SelectionCommand,
  ): Promise<void> {
    const reasons = {
      changed: 'The document changed meanwhile, so nothing was replaced.',
      closed: 'The document was closed meanwhile, so nothing was changed.',
      rejected: 'The document does not accept edits.',
      homeless: 'There is no comment here that the result could go into.',
    };
    const [insert, copy, again] = ['Insert at Cursor', 'Copy', 'Run Again'];
    const choices = why === 'changed' ? [insert, copy, again] : [copy];
    const answer = await vscode.window.showWarningMessage(`${reasons[why]} The result is kept here.`, ...choices);
    if (answer === copy) await vscode.env.clipboard.writeText(text);
    if (answer === again) await this.run(command);
    if (answer === insert) {
      const editor = vscode.window.activeTextEditor;
      if (editor) await editor.edit((builder) => builder.insert(editor.selection.active, text));
      else await vscode.env.clipboard.writeText(text);
    }
  }
}

/** Why sentences were not translated, and what to do about it. */
function leftAsItIs(incomplete: readonly SegmentText[]): string {
  const [lost, cut] = [
    incomplete.filter(({ lostSpans }) => lostSpans.length > 0),
    incomplete.filter(({ lostSpans }) => lostSpans.length === 0),
  ];
  const sentences = ({ length }: readonly SegmentText[]): string =>
    length === 1 ? 'One sentence was left as it is' : `${length} sentences were left as they are`;
  const named = [...new Set(lost.flatMap(({ lostSpans }) => lostSpans))];
  const parts = [
    ...(lost.length > 0
      ? [`${sentences(lost)}: the translation would have lost ${named.slice(0, 3).join(', ')}${named.length > 3 ? ', …' : ''}.`]
      : []),
    ...(cut.length > 0 ? [`${sentences(cut)}, too long for the model. Split the text there and translate it again.`] : []),
  ];
  return parts.join(' ');
}
