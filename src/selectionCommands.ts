/** The commands on the editor's selection: from its text through the engine to where the result goes. */
import * as vscode from 'vscode';
import type { Destination } from './destinations/destination.ts';
import type { ResultHover } from './destinations/resultHover.ts';
import type { TranslatedViews } from './destinations/translatedViews.ts';
import type { EditorLink } from './editor/editorLink.ts';
import type { SourceDocuments } from './editor/sourceDocuments.ts';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { SelectionResult, type PutOutcome } from './selectionResult.ts';
import { linkedSource, segmentsOf, worksOf, type Placement } from './selectionWork.ts';
import { beams, targetLanguage } from './settings.ts';
import type { SegmentText } from './shared/segmentResult.ts';
import type { Corrections } from './wording/corrections.ts';
import { LANGUAGE_NAMES, type Task } from './shared/task.ts';

export type SelectionCommand = Destination | 'summarise' | 'inspect';

export interface SelectionRooms {
  readonly panel: PanelView;
  readonly documents: SourceDocuments;
  readonly inProgress: RunInProgress;
  readonly link: EditorLink;
  readonly views: TranslatedViews;
  readonly hover: ResultHover;
  readonly corrections: Corrections;
}

/** The context key while there is a result that is not in its document. */
const CONTEXT = 'saccade.hasResult';

export class SelectionCommands {
  /** The last one that was shown somewhere else than in its document. */
  private shown: SelectionResult | undefined;

  constructor(private readonly rooms: SelectionRooms) {}

  /** Ends when the result is where it belongs, or the user is being told why it is not. */
  async run(command: SelectionCommand): Promise<void> {
    const { panel, inProgress } = this.rooms;
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void vscode.window.showInformationMessage('Open a file and select the text to work on, then run the command again.');
      return;
    }
    if (!(await inProgress.makeRoom())) return;
    const { document } = editor;
    const language = targetLanguage(document);
    const task: Task = command === 'summarise' ? { kind: 'summarise' } : { kind: 'translate', to: language };
    // Selections may move while the document is read.
    const lastLine = (): number => Math.max(...editor.selections.map(({ end }) => end.line));
    const read = await this.rooms.documents.read(document, lastLine);
    const selections = [...editor.selections].sort((a, b) => a.start.compareTo(b.start));
    const works = worksOf(read, selections, task.kind);
    if ('nothingToDo' in works) {
      void vscode.window.showInformationMessage(works.nothingToDo);
      return;
    }
    const link = this.rooms.link.begin(document, linkedSource(works));
    const title = command === 'summarise' ? 'Summarising' : `Translating into ${LANGUAGE_NAMES[language]}`;
    if (command === 'inspect') await panel.reveal({ preserveFocus: true });

    // What is inspected the model must have written.
    const order = { task, segments: segmentsOf(works), beams: beams(), ...(command === 'inspect' ? { remembered: [] } : {}) };
    const outcome = await inProgress.run(panel, title, order, document.uri);
    if (outcome.kind !== 'finished') {
      link.end();
      if (outcome.kind === 'failed') void this.offerAgain(outcome.failure.message, command);
      return;
    }
    const result = new SelectionResult({ document, read, works, task, link }, outcome.results);
    if (command === 'replace' || command === 'below') await this.put(result, command);
    else if (command === 'summarise') await this.put(result, 'above');
    else if (command !== 'inspect') await this.show(result, command);
    link.finish(outcome.runId);
  }

  /** Puts the result that is in front, or else the last one, into its document. */
  async apply(how: 'replace' | 'below'): Promise<void> {
    const result = this.rooms.views.inFront ?? this.shown;
    if (!result) return;
    if ((await this.put(result, how)) === 'applied') await this.rooms.views.close(result);
  }

  async copy(): Promise<void> {
    const result = this.rooms.views.inFront ?? this.shown;
    if (result) await copy(result);
  }

  private async show(result: SelectionResult, where: Exclude<Destination, 'replace' | 'below'>): Promise<void> {
    this.setShown(result);
    if (result.incomplete.length > 0) void vscode.window.showWarningMessage(leftAsItIs(result.incomplete));
    if (where === 'clipboard') await copy(result);
    else if (where === 'hover') await this.rooms.hover.show(result);
    else await this.rooms.views.open(result, where);
  }

  private async put(result: SelectionResult, how: Placement): Promise<PutOutcome> {
    const outcome = await result.put(how);
    const { incomplete, written } = result;
    const { task } = result.run;
    if (outcome === 'applied' && task.kind === 'translate') this.rooms.corrections.watch(result.document, task.to, written);
    if (outcome === 'applied' && this.shown === result) this.setShown(undefined);
    if (outcome !== 'applied' && outcome !== 'same') void this.offerElsewhere(outcome, result, how);
    else if (incomplete.length > 0) void vscode.window.showWarningMessage(leftAsItIs(incomplete));
    else if (outcome === 'same')
      void vscode.window.showInformationMessage('The translation is the same as the text, so nothing was changed.');
    else if (how === 'above' && result.results.some(({ truncated }) => truncated)) {
      void vscode.window.showWarningMessage(
        'The text is longer than the model reads at once; the summary is of its beginning. Summarise its parts one by one for the rest.',
      );
    }
    return outcome;
  }

  private setShown(result: SelectionResult | undefined): void {
    this.shown = result;
    void vscode.commands.executeCommand('setContext', CONTEXT, result !== undefined);
  }

  private async offerAgain(message: string, command: SelectionCommand): Promise<void> {
    const again = 'Run Again';
    if ((await vscode.window.showErrorMessage(message, again)) === again) await this.run(command);
  }

  /** The result cannot go where it was meant to: the user decides where it goes. */
  private async offerElsewhere(why: Exclude<PutOutcome, 'applied' | 'same'>, result: SelectionResult, how: Placement): Promise<void> {
    const reasons = {
      changed: 'The document changed meanwhile, so nothing was replaced.',
      closed: 'The document was closed meanwhile, so nothing was changed.',
      rejected: 'The document does not accept edits.',
      homeless: 'There is no comment here that the result could go into.',
    };
    const text = result.textAs(how);
    const [insert, copyIt, again] = ['Insert at Cursor', 'Copy', 'Run Again'];
    const choices = why === 'changed' ? [insert, copyIt, again] : [copyIt];
    const answer = await vscode.window.showWarningMessage(`${reasons[why]} The result is kept here.`, ...choices);
    if (answer === copyIt) await vscode.env.clipboard.writeText(text);
    if (answer === again) await this.run(how === 'above' ? 'summarise' : how);
    if (answer === insert) {
      const editor = vscode.window.activeTextEditor;
      if (editor) await editor.edit((builder) => builder.insert(editor.selection.active, text));
      else await vscode.env.clipboard.writeText(text);
    }
  }
}

async function copy(result: SelectionResult): Promise<void> {
  await vscode.env.clipboard.writeText(result.plainText);
  vscode.window.setStatusBarMessage('$(check) Saccade: copied to the clipboard', 5000);
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
