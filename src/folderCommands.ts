/** The command on all files of a folder: a list of what there is to do, one run, and a preview in which each change is taken or left. */
import * as vscode from 'vscode';
import { everyComment } from './editor/everyComment.ts';
import { inSlices } from './editor/inSlices.ts';
import { openText } from './editor/openText.ts';
import { previewEdits, type DocumentEdits } from './editor/previewEdits.ts';
import type { SourceDocuments, VersionedDocument } from './editor/sourceDocuments.ts';
import type { SourceText } from './editor/sourceText.ts';
import { filesBelow, type FilesBelow } from './folder/filesBelow.ts';
import { offerAgain } from './offerElsewhere.ts';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { targetLanguage, wrapColumn } from './settings.ts';
import { LANGUAGE_NAMES, type Task } from './shared/task.ts';
import { leftSentence, translateSources } from './sourceRuns.ts';

interface FileWithComments {
  readonly uri: vscode.Uri;
  readonly read: VersionedDocument;
  readonly source: SourceText;
}

interface Survey extends FilesBelow {
  readonly withComments: readonly FileWithComments[];
  /** Files that are not text. */
  readonly binary: number;
}

export class FolderCommands {
  constructor(
    private readonly panel: PanelView,
    private readonly documents: SourceDocuments,
    private readonly inProgress: RunInProgress,
  ) {}

  /** @param hint the folder that a menu was opened on */
  async translateComments(hint: unknown): Promise<void> {
    const folder = hint instanceof vscode.Uri ? hint : await chooseFolder();
    if (folder === undefined || !(await this.inProgress.makeRoom())) return;
    const survey = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Looking for comments', cancellable: true },
      (progress, token) => this.survey(folder, progress, token),
    );
    if (survey === undefined) return;
    const to = targetLanguage(folder);
    const task: Task = { kind: 'translate', to };
    const chosen = await chooseFiles(survey, folder, LANGUAGE_NAMES[to]);
    if (chosen === undefined || chosen.length === 0 || !(await this.inProgress.makeRoom())) return;
    const sources = chosen.map(({ source, uri }) => ({ source, options: { wrapColumn: wrapColumn(uri) } }));
    const title = `Translating the comments of ${files(chosen.length)} into ${LANGUAGE_NAMES[to]}`;
    const translated = await translateSources(this.panel, this.inProgress, title, task, sources);
    if ('failure' in translated) {
      if (translated.failure !== undefined) void offerAgain(translated.failure, () => this.translateComments(folder));
      return;
    }
    await this.preview(chosen, translated.edits, LANGUAGE_NAMES[to], leftSentence(translated.left));
  }

  private async survey(
    folder: vscode.Uri,
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ): Promise<Survey | undefined> {
    const below = await filesBelow(folder, token);
    const withComments: FileWithComments[] = [];
    let binary = 0;
    for (const [index, uri] of below.files.entries()) {
      if (token.isCancellationRequested) return undefined;
      progress.report({ message: `${index + 1} of ${below.files.length}`, increment: 100 / below.files.length });
      const document = await openText(uri);
      if (document === undefined) {
        binary++;
        continue;
      }
      const read = await this.documents.read(document);
      const source = await inSlices(everyComment(read), () => token.isCancellationRequested);
      if (source !== undefined && !('nothingToDo' in source)) withComments.push({ uri, read, source });
    }
    return token.isCancellationRequested ? undefined : { ...below, withComments, binary };
  }

  private async preview(
    chosen: readonly FileWithComments[],
    edits: readonly DocumentEdits['edits'][],
    language: string,
    kept: string,
  ): Promise<void> {
    const changes: DocumentEdits[] = [];
    let changed = 0;
    for (const [index, { uri, read }] of chosen.entries()) {
      const own = edits[index]!;
      if (own.length === 0) continue;
      // VS Code may have closed it meanwhile, and forgotten its version.
      const document = await openText(uri);
      if (document?.getText() !== read.lines.join(read.eol)) changed++;
      else changes.push({ document, version: document.version, edits: own });
    }
    const newer = changed === 0 ? '' : ` ${changed === 1 ? 'One file' : `${changed} files`} changed meanwhile and stayed.`;
    if (changes.length === 0) {
      void vscode.window.showInformationMessage(
        `There is nothing to change: what could be translated is in ${language} already.${kept}${newer}`,
      );
      return;
    }
    const count = changes.reduce((sum, { edits: own }) => sum + own.length, 0);
    void vscode.window.showInformationMessage(
      `Tick the files or single changes that you want to take in the refactor preview, ${count} in ${files(changes.length)}, then choose Apply.${kept}${newer}`,
    );
    await previewEdits(changes, `Comments in ${language}`);
  }
}

/** The files with comments, ticked, and documents; what is not in the list is told by number. */
async function chooseFiles(survey: Survey, folder: vscode.Uri, language: string): Promise<readonly FileWithComments[] | undefined> {
  const { withComments, files: looked, binary, ignored, tooLarge, isCut } = survey;
  const reasons = [
    [looked.length - binary - withComments.length, 'without comments'],
    [binary, 'not text'],
    [tooLarge, 'larger than a megabyte'],
    [ignored, 'ignored by Git'],
  ] as const;
  const named = reasons.flatMap(([count, why]) => (count > 0 ? [`${count} ${why}`] : []));
  const leftOut = `${named.length === 0 ? '' : ` Left out: ${named.join(', ')}.`}${isCut ? ' There are more files than were looked at.' : ''}`;
  if (withComments.length === 0) {
    void vscode.window.showInformationMessage(`There is no comment with prose below ${vscode.workspace.asRelativePath(folder)}.${leftOut}`);
    return undefined;
  }
  const items = withComments.map((file) => {
    const { paragraphs } = file.source;
    // A text for people is more than comments: it is there to be ticked.
    const isCode = file.read.syntax.prose === undefined;
    const characters = paragraphs.reduce((sum, { text }) => sum + text.length, 0);
    const path = vscode.workspace.asRelativePath(file.uri);
    return {
      file,
      label: path.slice(path.lastIndexOf('/') + 1),
      description: path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '',
      detail: `${paragraphs.length === 1 ? 'One paragraph' : `${paragraphs.length} paragraphs`}, ${characters} characters${isCode ? '' : '; all of its text'}`,
      picked: isCode,
    };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDescription: true,
    title: `Saccade: Translate Comments into ${language}.${leftOut}`,
    placeHolder: 'Nothing is changed yet.',
  });
  return chosen?.map(({ file }) => file);
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 1) return folders[0]!.uri;
  if (folders.length === 0) {
    void vscode.window.showInformationMessage('Open the folder whose files you want to have translated, then run the command again.');
    return undefined;
  }
  return (await vscode.window.showWorkspaceFolderPick({ placeHolder: 'Translate the comments of all files of' }))?.uri;
}

function files(count: number): string {
  return count === 1 ? 'one file' : `${count} files`;
}
