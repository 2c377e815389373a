/** The commands on the editor's selection: from its text through the engine to where the result goes. */
import * as vscode from 'vscode';
import type { Destination } from './destinations/destination.ts';
import type { ResultHover } from './destinations/resultHover.ts';
import type { TranslatedViews } from './destinations/translatedViews.ts';
import type { EditorLink } from './editor/editorLink.ts';
import type { SourceDocuments } from './editor/sourceDocuments.ts';
import { offerAgain, offerElsewhere } from './offerElsewhere.ts';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { SelectionResult, type PutOutcome } from './selectionResult.ts';
import { selectedWorks } from './selectedWorks.ts';
import { linkedSource, segmentsOf } from './selectionWork.ts';
import { beams, targetLanguage } from './settings.ts';
import type { SegmentText } from './shared/segmentResult.ts';
import { languageName, type Task } from './shared/task.ts';
import { t } from './shared/words.ts';
import type { Corrections } from './wording/corrections.ts';

export type SelectionCommand = Destination | 'inspect';

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
    const { panel, inProgress, documents } = this.rooms;
    const selected = await selectedWorks(documents, inProgress, 'translate');
    if (selected === undefined) return;
    const { document, read, works } = selected;
    const language = targetLanguage(document);
    const task: Task = { kind: 'translate', to: language };
    const link = this.rooms.link.begin(document, linkedSource(works));
    if (command === 'inspect') await panel.reveal({ preserveFocus: true });

    // What is inspected the model must have written.
    const order = { task, segments: segmentsOf(works), beams: beams(), ...(command === 'inspect' ? { remembered: [] } : {}) };
    const title = t('Translating into {0}', languageName(language));
    const outcome = await inProgress.run(panel, title, order, { scope: document.uri });
    if (outcome.kind !== 'finished') {
      link.end();
      if (outcome.kind === 'failed') void offerAgain(outcome.failure.message, () => this.run(command));
      return;
    }
    const result = new SelectionResult({ document, read, works, task, link }, outcome.results);
    if (command === 'replace' || command === 'below') await this.put(result, command);
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

  private async put(result: SelectionResult, how: 'replace' | 'below'): Promise<PutOutcome> {
    const outcome = await result.put(how);
    const { incomplete, written } = result;
    const { task } = result.run;
    if (outcome === 'applied' && task.kind === 'translate') this.rooms.corrections.watch(result.document, task.to, written);
    if (outcome === 'applied' && this.shown === result) this.setShown(undefined);
    if (outcome !== 'applied' && outcome !== 'same') void offerElsewhere(outcome, result.textAs(how), () => this.run(how));
    else if (incomplete.length > 0) void vscode.window.showWarningMessage(leftAsItIs(incomplete));
    else if (outcome === 'same')
      void vscode.window.showInformationMessage(t('The translation is the same as the text, so nothing was changed.'));
    return outcome;
  }

  private setShown(result: SelectionResult | undefined): void {
    this.shown = result;
    void vscode.commands.executeCommand('setContext', CONTEXT, result !== undefined);
  }
}

async function copy(result: SelectionResult): Promise<void> {
  await vscode.env.clipboard.writeText(result.plainText);
  vscode.window.setStatusBarMessage(t('$(check) Saccade: copied to the clipboard'), 5000);
}

/** A picture written as text is a name of many thousand characters. */
function shortName(name: string): string {
  return name.length > 60 ? `${name.slice(0, 50)}…` : name;
}

/** Why sentences were not translated, and what to do about it. */
function leftAsItIs(incomplete: readonly SegmentText[]): string {
  const [lost, cut] = [
    incomplete.filter(({ lostSpans }) => lostSpans.length > 0),
    incomplete.filter(({ lostSpans }) => lostSpans.length === 0),
  ];
  const named = [...new Set(lost.flatMap(({ lostSpans }) => lostSpans))];
  const names = named.slice(0, 3).map(shortName).join(', ') + (named.length > 3 ? ', …' : '');
  const ofLost =
    lost.length === 1
      ? t('One sentence was left as it is: the translation would have lost {0}.', names)
      : t('{0} sentences were left as they are: the translation would have lost {1}.', lost.length, names);
  const ofCut =
    cut.length === 1
      ? t('One sentence was left as it is, too long for the model. Split the text there and translate it again.')
      : t('{0} sentences were left as they are, too long for the model. Split the text there and translate it again.', cut.length);
  const parts = [...(lost.length > 0 ? [ofLost] : []), ...(cut.length > 0 ? [ofCut] : [])];
  return parts.join(' ');
}
