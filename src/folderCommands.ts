/** The command on all files of a folder: a list of what there is to do, one run, and a preview in which each change is taken or left. */
import * as vscode from 'vscode';
import { everyComment } from './editor/everyComment.ts';
import { inSlices } from './editor/inSlices.ts';
import { openText } from './editor/openText.ts';
import { previewEdits, type DocumentEdits } from './editor/previewEdits.ts';
import type { SourceDocuments, VersionedDocument } from './editor/sourceDocuments.ts';
import type { SourceText } from './editor/sourceText.ts';
import type { TargetEdit } from './editor/targetText.ts';
import { filesBelow, type FilesBelow } from './folder/filesBelow.ts';
import { offerAgain } from './offerElsewhere.ts';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { sizeSentence } from './sizeSentence.ts';
import { targetLanguage, wrapColumn } from './settings.ts';
import { languageName, type Language, type Task } from './shared/task.ts';
import { t } from './shared/words.ts';
import { translateSources, withKept, type SourceTranslation } from './sourceRuns.ts';
import type { Corrections } from './wording/corrections.ts';

interface FileWithComments {
  readonly uri: vscode.Uri;
  readonly read: VersionedDocument;
  readonly source: SourceText;
}

interface Survey extends FilesBelow {
  readonly withComments: readonly FileWithComments[];
  /** Files that are not text. */
  readonly binary: number;
  /** Files that VS Code reads in another encoding than they are in: saving one would spoil what it could not read. */
  readonly misread: number;
}

export class FolderCommands {
  constructor(
    private readonly panel: PanelView,
    private readonly documents: SourceDocuments,
    private readonly inProgress: RunInProgress,
    private readonly corrections: Corrections,
  ) {}

  /** @param hint the folder that a menu was opened on */
  async translateComments(hint: unknown): Promise<void> {
    const folder = hint instanceof vscode.Uri ? hint : await chooseFolder();
    if (folder === undefined || !(await this.inProgress.makeRoom())) return;
    const survey = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Looking for comments'), cancellable: true },
      (progress, token) => this.survey(folder, progress, token),
    );
    if (survey === undefined) return;
    const to = targetLanguage(folder);
    const task: Task = { kind: 'translate', to };
    const chosen = await chooseFiles(survey, folder, languageName(to));
    if (chosen === undefined || chosen.length === 0 || !(await this.inProgress.makeRoom())) return;
    const sources = chosen.map(({ source, uri }) => ({ source, options: { wrapColumn: wrapColumn(uri) } }));
    const title =
      chosen.length === 1
        ? t('Translating the comments of one file into {0}', languageName(to))
        : t('Translating the comments of {0} files into {1}', chosen.length, languageName(to));
    const translated = await translateSources(this.panel, this.inProgress, title, task, sources, folder);
    if ('failure' in translated) {
      if (translated.failure !== undefined) void offerAgain(translated.failure, () => this.translateComments(folder));
      return;
    }
    await this.preview(chosen, translated.translations, to, translated.left);
  }

  private async survey(
    folder: vscode.Uri,
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ): Promise<Survey | undefined> {
    const below = await filesBelow(folder, token);
    const withComments: FileWithComments[] = [];
    let binary = 0;
    let misread = 0;
    for (const [index, uri] of below.files.entries()) {
      if (token.isCancellationRequested) return undefined;
      progress.report({ message: t('{0} of {1}', index + 1, below.files.length), increment: 100 / below.files.length });
      const document = await openText(uri);
      if (document === undefined) {
        binary++;
        continue;
      }
      const read = await this.documents.read(document);
      if (read.lines.some((line) => line.includes('\uFFFD'))) {
        misread++;
        continue;
      }
      const source = await inSlices(everyComment(read), () => token.isCancellationRequested);
      if (source !== undefined && !('nothingToDo' in source)) withComments.push({ uri, read, source });
    }
    return token.isCancellationRequested ? undefined : { ...below, withComments, binary, misread };
  }

  private async preview(
    chosen: readonly FileWithComments[],
    translations: readonly SourceTranslation[],
    to: Language,
    left: number,
  ): Promise<void> {
    const language = languageName(to);
    const changes: (DocumentEdits<TargetEdit> & SourceTranslation)[] = [];
    let changed = 0;
    for (const [index, { uri, read }] of chosen.entries()) {
      const translation = translations[index]!;
      if (translation.edits.length === 0) continue;
      // VS Code may have closed it meanwhile, and forgotten its version.
      const document = await openText(uri);
      if (document?.getText() !== read.lines.join(read.eol)) changed++;
      else changes.push({ document, version: document.version, ...translation });
    }
    const tell = (told: string): void => {
      const newer = changed === 1 ? t('One file changed meanwhile and stayed.') : t('{0} files changed meanwhile and stayed.', changed);
      void vscode.window.showInformationMessage([withKept(told, left), ...(changed === 0 ? [] : [newer])].join(' '));
    };
    if (changes.length === 0) {
      tell(t('There is nothing to change: what could be translated is in {0} already.', language));
      return;
    }
    const count = changes.reduce((sum, { edits }) => sum + edits.length, 0);
    tell(
      t(
        'Tick the files or single changes that you want to take in the refactor preview, then choose Apply. Changes: {0}, in files: {1}.',
        count,
        changes.length,
      ),
    );
    const previewed = await previewEdits(changes, t('Comments in {0}', language));
    if (previewed.kind !== 'applied') return;
    for (const [index, { document, writtenBy }] of changes.entries()) {
      this.corrections.watch(document, to, writtenBy(previewed.taken[index]!));
    }
  }
}

/** The files with comments, ticked, and documents; what is not in the list is told by number. */
async function chooseFiles(survey: Survey, folder: vscode.Uri, language: string): Promise<readonly FileWithComments[] | undefined> {
  const { withComments, files: looked, binary, misread, ignored, tooLarge, isCut } = survey;
  const without = looked.length - binary - misread - withComments.length;
  const named = [
    ...(without > 0 ? [t('{0} without comments', without)] : []),
    ...(binary > 0 ? [t('{0} not text', binary)] : []),
    ...(misread > 0 ? [t('{0} in another encoding than files.encoding says', misread)] : []),
    ...(tooLarge > 0 ? [t('{0} larger than a megabyte', tooLarge)] : []),
    ...(ignored > 0 ? [t('{0} ignored by Git', ignored)] : []),
  ];
  const leftOut = [
    ...(named.length === 0 ? [] : [t('Left out: {0}.', named.join(', '))]),
    ...(isCut ? [t('There are more files than were looked at.')] : []),
  ];
  if (withComments.length === 0) {
    void vscode.window.showInformationMessage(
      [t('There is no comment with prose below {0}.', vscode.workspace.asRelativePath(folder)), ...leftOut].join(' '),
    );
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
      detail: [sizeSentence(paragraphs.length, characters), ...(isCode ? [] : [t('All of its text.')])].join(' '),
      picked: isCode,
    };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDescription: true,
    title: [t('Saccade: Translate Comments into {0}.', language), ...leftOut].join(' '),
    placeHolder: t('Nothing is changed yet.'),
  });
  return chosen?.map(({ file }) => file);
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 1) return folders[0]!.uri;
  if (folders.length === 0) {
    void vscode.window.showInformationMessage(t('Open the folder whose files you want to have translated, then run the command again.'));
    return undefined;
  }
  return (await vscode.window.showWorkspaceFolderPick({ placeHolder: t('Translate the comments of all files of') }))?.uri;
}
