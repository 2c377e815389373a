/** The command on the commit message that is being written: translated in its box. */
import * as vscode from 'vscode';
import { everyComment } from './editor/everyComment.ts';
import { atOnce } from './editor/inSlices.ts';
import type { SourceDocuments } from './editor/sourceDocuments.ts';
import { textAfter } from './editor/textEdit.ts';
import { wholeLines } from './editor/wholeLines.ts';
import { chooseRepository } from './git/repositories.ts';
import { offerAgain } from './offerElsewhere.ts';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { targetLanguage } from './settings.ts';
import { languageName } from './shared/task.ts';
import { t } from './shared/words.ts';
import { translateSources, withKept } from './sourceRuns.ts';

export interface CommitRooms {
  readonly panel: PanelView;
  readonly documents: SourceDocuments;
  readonly inProgress: RunInProgress;
}

/** @param hint the source control whose menu was used */
export async function translateCommitMessage(rooms: CommitRooms, hint: unknown): Promise<void> {
  const { panel, documents, inProgress } = rooms;
  const again = (): Promise<void> => translateCommitMessage(rooms, hint);
  if (!(await inProgress.makeRoom())) return;
  const repository = await chooseRepository(hint);
  if (repository === undefined) {
    void vscode.window.showInformationMessage(t('There is no Git repository open whose commit message could be translated.'));
    return;
  }
  const { inputBox } = repository;
  const written = inputBox.value;
  const source = atOnce(everyComment(await documents.readText('scminput', written)));
  if ('nothingToDo' in source) {
    void vscode.window.showInformationMessage(t('Write the commit message first, in any of the languages, then run the command again.'));
    return;
  }
  const to = targetLanguage();
  const title = t('Translating the commit message into {0}', languageName(to));
  const sources = [{ source, options: { wrapColumn: 0 } }];
  const translated = await translateSources(panel, inProgress, title, { kind: 'translate', to }, sources, undefined);
  if ('failure' in translated) {
    if (translated.failure !== undefined) void offerAgain(translated.failure, again);
    return;
  }
  const { document } = source;
  const message = textAfter(
    document.lines,
    document.eol,
    wholeLines(document, 0, document.lines.length - 1),
    translated.translations[0]!.edits,
  );
  if (message === written) {
    void vscode.window.showInformationMessage(withKept(t('The commit message is in {0} already.', languageName(to)), translated.left));
    return;
  }
  if (inputBox.value !== written) {
    const copy = t('Copy Translation');
    const answer = await vscode.window.showWarningMessage(
      t('The commit message changed meanwhile, so it was not replaced.'),
      copy,
      t('Run Again'),
    );
    if (answer === copy) await vscode.env.clipboard.writeText(message);
    else if (answer !== undefined) await again();
    return;
  }
  inputBox.value = message;
  const undo = t('Undo');
  const answer = await vscode.window.showInformationMessage(
    withKept(t('The commit message is in {0} now.', languageName(to)), translated.left),
    undo,
  );
  if (answer === undo && inputBox.value === message) inputBox.value = written;
}
