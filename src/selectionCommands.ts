/** The commands on the editor's selection: from its text through the engine to one edit. */
import * as vscode from 'vscode';
import { applyEdit } from './editor/applyEdit.ts';
import { expandSelection } from './editor/expandSelection.ts';
import type { SourceDocuments } from './editor/sourceDocuments.ts';
import { sourceText, type NothingToDo, type SourceText } from './editor/sourceText.ts';
import { editedText, insertionAbove, insertionBelow, replacement, type TargetOptions } from './editor/targetText.ts';
import type { TextEdit } from './editor/textEdit.ts';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { beams, targetLanguage, wrapColumn } from './settings.ts';
import { isIncomplete, joinResults, type SegmentText } from './shared/segmentResult.ts';
import { oneSegment, segment, segmentTexts, type Segmentation } from './shared/segments.ts';
import { LANGUAGE_NAMES, type Task } from './shared/task.ts';

export type SelectionCommand = 'replace' | 'below' | 'summarise' | 'inspect';

/** What one selection gives to the engine, and how its results become text again. */
interface Work {
  readonly source: SourceText;
  /** One for each paragraph, or one for all of them where they are summed up. */
  readonly segmentations: readonly Segmentation[];
}

export class SelectionCommands {
  constructor(
    private readonly panel: PanelView,
    private readonly documents: SourceDocuments,
    private readonly inProgress: RunInProgress,
  ) {}

  /** Ends when the text is in the document, or the user is being told why it is not. */
  async run(command: SelectionCommand): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void vscode.window.showInformationMessage('Open a file and select the text to work on, then run the command again.');
      return;
    }
    if (this.inProgress.running) {
      const stop = 'Stop It and Start This';
      const answer = await vscode.window.showInformationMessage('Saccade is still working on another text.', stop);
      if (answer !== stop) return;
      await this.inProgress.stop();
    }
    const { document } = editor;
    const { version } = document;
    const works = await this.worksOf(editor, command);
    if ('nothingToDo' in works) {
      void vscode.window.showInformationMessage(works.nothingToDo);
      return;
    }
    const language = targetLanguage(document);
    const task: Task = command === 'summarise' ? { kind: 'summarise' } : { kind: 'translate', to: language };
    const title = command === 'summarise' ? 'Summarising' : `Translating into ${LANGUAGE_NAMES[language]}`;
    const segments = works.flatMap(({ segmentations }) => segmentations.flatMap(segmentTexts));
    if (command === 'inspect') await this.panel.reveal({ preserveFocus: true });

    const outcome = await this.inProgress.run(this.panel, title, { task, segments, beams: beams() });
    if (outcome.kind === 'failed') void this.offerAgain(outcome.failure.message, command);
    if (outcome.kind !== 'finished' || command === 'inspect') return;

    const targets = targetsOf(works, task, outcome.results);
    const incomplete = outcome.results.filter((result) => isIncomplete(task, result));
    const options: TargetOptions = { wrapColumn: wrapColumn(document) };
    const edits = works.map(({ source }, index) => editsFor(command, source, targets[index]!, options));
    if (command === 'replace' && edits.every((own) => own.length === 0)) {
      if (incomplete.length > 0) void vscode.window.showWarningMessage(leftAsItIs(incomplete));
      else void vscode.window.showInformationMessage('The translation is the same as the text, so nothing was changed.');
      return;
    }
    const selections = works.map(({ source }, index) => ({ selection: source.selection, edits: edits[index]! }));
    const applied = edits.some((own) => own.length > 0) ? await applyEdit(document, version, selections) : 'homeless';
    if (applied !== 'applied') {
      const texts = works.map(({ source }, index) =>
        command === 'replace' ? editedText(source, edits[index]!) : targets[index]!.join('\n\n'),
      );
      void this.offerElsewhere(applied, texts.join('\n\n'), command);
    } else if (incomplete.length > 0) {
      void vscode.window.showWarningMessage(leftAsItIs(incomplete));
    } else if (command === 'summarise' && outcome.results.some(({ truncated }) => truncated)) {
      void vscode.window.showWarningMessage(
        'The text is longer than the model reads at once; the summary is of its beginning. Summarise its parts one by one for the rest.',
      );
    }
  }

  /** The prose of every selection; of the comment or paragraph at the cursor where a selection is empty. */
  private async worksOf(editor: vscode.TextEditor, command: SelectionCommand): Promise<readonly Work[] | NothingToDo> {
    const document = await this.documents.read(editor.document, Math.max(...editor.selections.map(({ end }) => end.line)));
    const works: Work[] = [];
    let nothing: NothingToDo = { nothingToDo: 'Select the text to work on, then run the command again.' };
    for (const selection of [...editor.selections].sort((a, b) => a.start.compareTo(b.start))) {
      const range = selection.isEmpty ? expandSelection(document, selection.active) : selection;
      const source = 'nothingToDo' in range ? range : sourceText(document, range);
      if ('nothingToDo' in source) nothing = source;
      // Two cursors in one comment mean that comment once.
      else if (!works.some((work) => overlap(work.source.selection, source.selection)))
        works.push({ source, segmentations: segmentationsOf(source, command) });
    }
    return works.length > 0 ? works : nothing;
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

function segmentationsOf(source: SourceText, command: SelectionCommand): readonly Segmentation[] {
  if (command !== 'summarise') return source.paragraphs.map(({ text }) => segment(text));
  const text = source.paragraphs.map((paragraph) => paragraph.text).join(' ');
  return [oneSegment(text)];
}

/** The target of each paragraph (or the one summary) of each selection. */
function targetsOf(works: readonly Work[], task: Task, results: readonly SegmentText[]): string[][] {
  const targets = joinResults(
    task,
    works.flatMap(({ segmentations }) => segmentations),
    results,
  );
  let done = 0;
  return works.map(({ segmentations }) => targets.slice(done, (done += segmentations.length)));
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

function editsFor(
  command: Exclude<SelectionCommand, 'inspect'>,
  source: SourceText,
  targets: readonly string[],
  options: TargetOptions,
): TextEdit[] {
  switch (command) {
    case 'replace':
      return replacement(source, targets, options);
    case 'below':
      return insertionBelow(source, targets, options);
    case 'summarise':
      return insertionAbove(source, targets[0]!, options);
  }
}

function overlap(one: SourceText['selection'], other: SourceText['selection']): boolean {
  const isBefore = (a: typeof one, b: typeof one): boolean =>
    a.end.line < b.start.line || (a.end.line === b.start.line && a.end.character <= b.start.character);
  return !isBefore(one, other) && !isBefore(other, one);
}
