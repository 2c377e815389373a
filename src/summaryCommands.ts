/** The commands that sum up: from a selection, a file or the changes of a repository through the engine to where the summary goes. */
import * as vscode from 'vscode';
import { definitionAt } from './editor/definitions.ts';
import { docHome } from './editor/docComment.ts';
import { docStyleOf } from './editor/docStyle.ts';
import type { EditorLink } from './editor/editorLink.ts';
import { everyComment } from './editor/everyComment.ts';
import { inSlices } from './editor/inSlices.ts';
import type { SourceDocuments } from './editor/sourceDocuments.ts';
import { sourceText } from './editor/sourceText.ts';
import { changedProse } from './git/changedProse.ts';
import { chooseRepository, type Repository } from './git/repositories.ts';
import { offerAgain, offerElsewhere } from './offerElsewhere.ts';
import { readEditor, selectedWorks, type SelectedWorks } from './selectedWorks.ts';
import { SelectionResult } from './selectionResult.ts';
import { linkedSource, workOf, type Placement, type Work } from './selectionWork.ts';
import { sizeSentence } from './sizeSentence.ts';
import type { Segmentation } from './shared/segments.ts';
import { t } from './shared/words.ts';
import { partsOf } from './summaries/parts.ts';
import { commitSubject, docSentence } from './summaries/sentenceForms.ts';
import type { SummaryTask } from './summaries/summaryLevels.ts';
import { summaryOf, SummaryRuns, type Levels, type SummaryRunRooms } from './summaryRuns.ts';

const SUMMARY: SummaryTask = { kind: 'summarise' };
const HEADLINE: SummaryTask = { kind: 'headline' };

export interface SummaryRooms extends SummaryRunRooms {
  readonly documents: SourceDocuments;
  readonly link: EditorLink;
}

export class SummaryCommands {
  private readonly runs: SummaryRuns;

  constructor(private readonly rooms: SummaryRooms) {
    this.runs = new SummaryRuns(rooms);
  }

  /** Above the selected text, in the same comment. */
  async selection(): Promise<void> {
    const selected = await selectedWorks(this.rooms.documents, this.rooms.inProgress, 'summarise');
    if (selected !== undefined) await this.intoDocument(selected, 'above', () => this.selection());
  }

  /** The first line of the documentation of the function at the cursor; with nothing selected, of what its comments say. */
  async toDocstring(): Promise<void> {
    const open = await readEditor(this.rooms.documents, this.rooms.inProgress);
    if (open === undefined) return;
    const { editor, read } = open;
    const { document, selection } = editor;
    const definition = await definitionAt(document, read, selection.start.line);
    const style = docStyleOf(document.languageId);
    const home = style && definition && docHome(read, style, definition.start.line);
    if (home === undefined || definition === undefined) {
      void vscode.window.showInformationMessage(
        t('There is no function at the cursor that a docstring could go into. Put the cursor into one whose body is on lines of its own.'),
      );
      return;
    }
    const within = home.kind === 'comment' && home.source.selection.start.line < definition.start.line ? home.source.selection : definition;
    const source = sourceText(read, selection.isEmpty ? { start: within.start, end: definition.end } : selection);
    if ('nothingToDo' in source) {
      void vscode.window.showInformationMessage(
        selection.isEmpty
          ? t('The function at the cursor has no comments that could be summed up. Select the text to sum up.')
          : source.nothingToDo,
      );
      return;
    }
    await this.intoDocument({ document, read, works: [workOf(source, 'summarise')] }, { home }, () => this.toDocstring());
  }

  /** The first line of the message for the next commit. */
  async selectionToCommit(): Promise<void> {
    const selected = await selectedWorks(this.rooms.documents, this.rooms.inProgress, 'headline');
    if (selected === undefined) return;
    const text = partsOf(selected.works.map(({ readings }) => readings[0]!.segmentation.text).join(' '));
    const levels = await this.runs.levels({
      title: t('Writing a commit subject'),
      texts: [text],
      task: HEADLINE,
      again: () => this.selectionToCommit(),
    });
    if (levels !== undefined) await putSubject(await chooseRepository(selected.document.uri), summaryOf(levels));
  }

  /** What all comments, or all of a text, say: a page of its own. */
  async file(): Promise<void> {
    const { documents, inProgress } = this.rooms;
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) {
      void vscode.window.showInformationMessage(t('Open the file that you want to have summed up, then run the command again.'));
      return;
    }
    if (!(await inProgress.makeRoom())) return;
    const read = await documents.read(document);
    const source = await inSlices(everyComment(read), () => document.version !== read.version);
    if (source === undefined) {
      void offerAgain(t('The document changed while its comments were read.'), () => this.file());
      return;
    }
    if ('nothingToDo' in source) {
      void vscode.window.showInformationMessage(source.nothingToDo);
      return;
    }
    const { paragraphs } = source;
    const text = partsOf(paragraphs.map((paragraph) => paragraph.text).join(' '));
    const name = lastPart(document.uri.path);
    const levels = await this.runs.levels({ title: t('Summarising {0}', name), texts: [text], task: SUMMARY, again: () => this.file() });
    if (levels === undefined) return;
    const what =
      read.syntax.prose === undefined
        ? t('Of the comments and docstrings of the file; its code was not read.')
        : t('Of the text of the file.');
    const places = paragraphs.map((paragraph) => ({ length: paragraph.text.length, place: t('line {0}', paragraph.pieces[0]!.line + 1) }));
    await this.runs.showPage(t('Summary of {0}', name), `${what} ${sizeSentence(paragraphs.length, text.text.length)}`, places, levels);
  }

  /** What staged changes, or else those that are not staged, add to comments, docstrings and documents: a page of its own. */
  async changes(hint: unknown): Promise<void> {
    const summary = await this.changesSummary(hint, SUMMARY, () => this.changes(hint));
    if (summary === undefined) return;
    const { levels, staged, files, paragraphs, text } = summary;
    const what = staged
      ? t('Of what the staged changes add to comments, docstrings and documents; code was not read.')
      : t('Of what the changes that are not staged add to comments, docstrings and documents; code was not read.');
    const from = t('Files with such text: {0} of {1}.', new Set(paragraphs.map(({ path }) => path)).size, files);
    const read = `${what} ${from} ${sizeSentence(paragraphs.length, text.text.length)}`;
    const places = paragraphs.map((paragraph) => ({
      length: paragraph.text.length,
      place: t('{0}, line {1}', paragraph.path, paragraph.line + 1),
    }));
    await this.runs.showPage(staged ? t('Summary of Staged Changes') : t('Summary of Changes'), read, places, levels);
  }

  /** The first line of the message for them. */
  async changesToCommit(hint: unknown): Promise<void> {
    const summary = await this.changesSummary(hint, HEADLINE, () => this.changesToCommit(hint));
    if (summary !== undefined) await putSubject(summary.repository, summaryOf(summary.levels));
  }

  private async changesSummary(hint: unknown, task: SummaryTask, again: () => Promise<void>) {
    const { documents, inProgress } = this.rooms;
    if (!(await inProgress.makeRoom())) return undefined;
    const repository = await chooseRepository(hint);
    if (repository === undefined) {
      void vscode.window.showInformationMessage(t('There is no Git repository open whose changes could be summed up.'));
      return undefined;
    }
    const changed = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Reading the changes'), cancellable: true },
      (_, token) => changedProse(repository, documents, token),
    );
    if (changed === undefined) return undefined;
    if (changed.paragraphs.length === 0) {
      void vscode.window.showInformationMessage(
        changed.files === 0
          ? t('There are no changes to tracked files. Stage new files to have them read too.')
          : t('The changes add no comments, docstrings or text that could be summed up; code is not read.'),
      );
      return undefined;
    }
    const text = partsOf(changed.paragraphs.map((paragraph) => paragraph.text).join(' '));
    const title = task.kind === 'headline' ? t('Writing a commit subject') : t('Summarising the changes');
    const levels = await this.runs.levels({ title, texts: [text], task, again });
    return levels && { ...changed, repository, text, levels };
  }

  private async intoDocument(selected: SelectedWorks, how: Placement, again: () => Promise<void>): Promise<void> {
    const { document, read, works } = selected;
    const link = this.rooms.link.begin(document, linkedSource(works));
    const texts = works.map(({ readings }) => readings[0]!.segmentation);
    const levels = await this.runs.levels({ title: t('Summarising'), texts, task: SUMMARY, again });
    if (levels === undefined) {
      link.end();
      return;
    }
    const last = levels.at(-1)!;
    // Summaries of parts stand nowhere in the document.
    const readLast = works.map((work, index) => lastReading(work, last.sources[index]!));
    const lastLink = levels.length === 1 ? link : this.rooms.link.begin(document, linkedSource(readLast));
    const isDocstring = typeof how === 'object';
    const results = isDocstring ? last.results.map((result) => ({ ...result, targetText: docSentence(result.targetText) })) : last.results;
    const result = new SelectionResult({ document, read, works: readLast, task: SUMMARY, link: lastLink }, results);
    const outcome = await result.put(how);
    if (outcome === 'applied') lastLink.finish(last.runId);
    else if (outcome !== 'same') void offerElsewhere(outcome, result.textAs(how), again);
    if (levels.length > 1) await this.showSelectionPage(selected, levels);
  }

  private async showSelectionPage({ document, read, works }: SelectedWorks, levels: Levels): Promise<void> {
    if (works.length > 1) return;
    const { paragraphs, selection } = works[0]!.source;
    const places = paragraphs.map((paragraph) => ({ length: paragraph.text.length, place: t('line {0}', paragraph.pieces[0]!.line + 1) }));
    const [first, last] = [selection.start.line + 1, selection.end.line + 1];
    const what =
      read.syntax.prose === undefined
        ? t('Of the comments and docstrings in lines {0} to {1}.', first, last)
        : t('Of the text in lines {0} to {1}.', first, last);
    await this.runs.showPage(
      t('Summary of {0}', lastPart(document.uri.path)),
      `${what} ${sizeSentence(paragraphs.length, works[0]!.readings[0]!.segmentation.text.length)}`,
      places,
      levels,
    );
  }
}

function lastReading({ source, readings }: Work, segmentation: Segmentation): Work {
  const isSource = readings[0]!.segmentation === segmentation;
  return { source, readings: [{ segmentation, map: isSource ? readings[0]!.map : [] }] };
}

/** What the user has written there stays, below. Without a repository, to the clipboard. */
async function putSubject(repository: Repository | undefined, summary: string): Promise<void> {
  const subject = commitSubject(summary);
  if (repository === undefined) {
    await vscode.env.clipboard.writeText(subject);
    void vscode.window.showInformationMessage(t('There is no Git repository here, so this was copied to the clipboard: {0}', subject));
    return;
  }
  const { inputBox } = repository;
  inputBox.value = inputBox.value.trim() === '' ? subject : `${subject}\n\n${inputBox.value}`;
  await vscode.commands.executeCommand('workbench.view.scm');
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
