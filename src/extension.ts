/** Root of the extension host's side: registers everything and wires the rooms. */
import { openModelStore } from '#modelStore';
import * as vscode from 'vscode';
import { calibrationMemory } from './calibrationMemory.ts';
import { COMMANDS, type CommandId } from './commandTable.ts';
import { translateCommitMessage } from './commitMessage.ts';
import { CommentHover } from './destinations/commentHover.ts';
import { FileViews } from './destinations/fileViews.ts';
import { ResultHover } from './destinations/resultHover.ts';
import { SummaryPages } from './destinations/summaryPages.ts';
import { TranslatedViews } from './destinations/translatedViews.ts';
import { EditorLink } from './editor/editorLink.ts';
import { ReadAhead } from './editor/readAhead.ts';
import { SourceDocuments } from './editor/sourceDocuments.ts';
import { FileCommands } from './fileCommands.ts';
import { FolderCommands } from './folderCommands.ts';
import { InstalledModels } from './installedModels.ts';
import { chooseTargetLanguage } from './languageMenu.ts';
import { registerTools } from './languageModelTools.ts';
import { addModelByUser } from './modelMenu/addModelCommand.ts';
import { HubAccount } from './modelMenu/hubAccount.ts';
import { manageModels } from './modelMenu/manageModels.ts';
import { NotebookCommands } from './notebookCommands.ts';
import { openSavedRun } from './panel/openSavedRun.ts';
import { PANEL_VIEW_ID, PanelView } from './panel/panelView.ts';
import { QuietTranslations } from './quietTranslations.ts';
import { RunInProgress } from './runWithProgress.ts';
import type { SaccadeApi } from './saccadeApi.ts';
import { SelectionCommands } from './selectionCommands.ts';
import {
  DEVICE_SETTING,
  destination,
  deviceChoice,
  IDLE_SETTING,
  idleMinutes,
  modelDefaults,
  remembersCorrections,
  sourceLanguage,
  targetLanguage,
} from './settings.ts';
import { languageName } from './shared/task.ts';
import { setWords, t } from './shared/words.ts';
import { StatusBar, statusSentence } from './statusBar.ts';
import { SummaryCommands } from './summaryCommands.ts';
import { TextRuns } from './textRuns.ts';
import { Corrections } from './wording/corrections.ts';
import { Glossaries } from './wording/glossaries.ts';
import { addToGlossary, openGlossary } from './wording/glossaryCommands.ts';
import { exportTranslationMemory, importTranslationMemory, showTranslationMemory } from './wording/memoryCommands.ts';
import { NearMatchActions } from './wording/nearMatchActions.ts';
import { runWording } from './wording/runWording.ts';
import { TranslationMemory } from './wording/translationMemory.ts';

export function activate(context: vscode.ExtensionContext): SaccadeApi {
  setWords(vscode.l10n.bundle ?? {});
  const glossaries = new Glossaries();
  const onCommand = (command: string): void => void vscode.commands.executeCommand(`saccade.${command}`);
  const memory = calibrationMemory(context.globalState);
  const added = openModelStore(vscode.Uri.joinPath(context.globalStorageUri, 'models').fsPath);
  const models = new InstalledModels(context.extensionUri, added?.store, { defaults: modelDefaults, targetLanguage });
  const settings = { deviceChoice, idleMinutes, calibrations: memory.read, sourceLanguage };
  const panel = new PanelView(context.extensionUri, models, settings, onCommand, memory.keep);
  const account = new HubAccount(context.secrets);
  const documents = new SourceDocuments(context.extensionUri);
  const translationMemory = new TranslationMemory(context.globalStorageUri);
  const corrections = new Corrections(documents, translationMemory, remembersCorrections);
  const inProgress = new RunInProgress(runWording(glossaries, translationMemory, corrections));
  const link = new EditorLink();
  const views = new TranslatedViews();
  const hover = new ResultHover();
  const selection = new SelectionCommands({ panel, documents, inProgress, link, views, hover, corrections });
  const pages = new SummaryPages();
  const summary = new SummaryCommands({ panel, documents, inProgress, link, pages });
  const texts = new TextRuns(panel, documents, inProgress);
  const api: SaccadeApi = {
    status: () => panel.status,
    decoratedRanges: () => link.decorated,
    translate: (text, to) => texts.run({ kind: 'translate', to }, t('Translating into {0}', languageName(to)), text),
    summarise: (text) => texts.run({ kind: 'summarise' }, t('Summarising'), text),
    inspect: (text, to) => texts.inspect({ kind: 'translate', to }, t('Translating into {0}', languageName(to)), text),
  };
  const file = new FileCommands(panel, documents, inProgress, link, corrections);
  const folders = new FolderCommands(panel, documents, inProgress, corrections);
  const notebook = new NotebookCommands(panel, documents, inProgress, corrections);
  const translations = new QuietTranslations(panel, inProgress);
  const fileViews = new FileViews(documents, translations, inProgress);
  const statusBar = new StatusBar();
  const refresh = (): void => statusBar.update(targetLanguage(vscode.window.activeTextEditor?.document), panel.status, inProgress.running);

  const handlers: Readonly<Record<CommandId, (argument?: unknown) => unknown>> = {
    'saccade.translateSelection': () => selection.run(destination(vscode.window.activeTextEditor?.document)),
    'saccade.translateSelectionBelow': () => selection.run('below'),
    'saccade.translateSelectionBeside': () => selection.run('beside'),
    'saccade.translateSelectionDiff': () => selection.run('diff'),
    'saccade.translateSelectionToClipboard': () => selection.run('clipboard'),
    'saccade.translateSelectionHover': () => selection.run('hover'),
    'saccade.applyTranslation': () => selection.apply('replace'),
    'saccade.insertTranslationBelow': () => selection.apply('below'),
    'saccade.copyTranslation': () => selection.copy(),
    'saccade.translateAllComments': () => file.translateAllComments(),
    'saccade.translateFolderComments': (folder) => folders.translateComments(folder),
    'saccade.translateNotebookMarkdown': () => notebook.translateMarkdown(),
    'saccade.translateCommitMessage': (source) => translateCommitMessage({ panel, documents, inProgress }, source),
    'saccade.openTranslatedView': () => fileViews.open(),
    'saccade.summariseSelection': () => summary.selection(),
    'saccade.summariseToDocstring': () => summary.toDocstring(),
    'saccade.summariseToCommit': () => summary.selectionToCommit(),
    'saccade.summariseFile': () => summary.file(),
    'saccade.summariseChanges': (source) => summary.changes(source),
    'saccade.summariseChangesToCommit': (source) => summary.changesToCommit(source),
    'saccade.inspectSelection': () => selection.run('inspect'),
    'saccade.addToGlossary': addToGlossary,
    'saccade.openGlossary': openGlossary,
    'saccade.showTranslationMemory': () => showTranslationMemory(translationMemory),
    'saccade.exportTranslationMemory': (uri) => exportTranslationMemory(translationMemory, versionOf(context), uriOf(uri)),
    'saccade.importTranslationMemory': (uri) => importTranslationMemory(translationMemory, uriOf(uri)),
    'saccade.stop': () => inProgress.stop(),
    'saccade.chooseTargetLanguage': () => chooseTargetLanguage(models),
    'saccade.addModel': () => addModelByUser({ opened: added, account }),
    'saccade.manageModels': () => manageModels(models, added?.store),
    'saccade.setHubToken': () => account.setToken(),
    'saccade.showStatus': () => showStatus(panel),
    'saccade.openSavedRun': (uri) => openSavedRun(panel, uriOf(uri)),
    'saccade.clearHighlight': () => {
      link.clear();
      panel.clearHighlight();
    },
  };
  context.subscriptions.push(
    glossaries,
    glossaries.onChange(() => translations.forget()),
    translationMemory.onChange(() => translations.forget()),
    corrections,
    panel,
    documents,
    new ReadAhead(documents),
    new NearMatchActions(documents, translationMemory, corrections),
    statusBar,
    link,
    views,
    hover,
    pages,
    fileViews,
    new CommentHover(documents, translations),
    link.onCursor((cursor) => panel.tellCursor(cursor)),
    panel.onHighlight(({ runId, highlights }) => link.highlight(runId, highlights)),
    panel.onHeat(({ runId, ...heat }) => link.showHeat(runId, heat)),
    panel.onLost(() => link.end()),
    vscode.window.registerWebviewViewProvider(PANEL_VIEW_ID, panel, { webviewOptions: { retainContextWhenHidden: true } }),
    panel.onStatus(refresh),
    inProgress.onChange(refresh),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.workspace.onDidChangeConfiguration((change) => {
      refresh();
      if (change.affectsConfiguration(DEVICE_SETTING)) void panel.reload();
      if (change.affectsConfiguration(IDLE_SETTING)) panel.tellIdleMinutes();
    }),
    ...(Object.keys(COMMANDS) as CommandId[]).map((id) => vscode.commands.registerCommand(id, handlers[id])),
  );
  refresh();
  context.subscriptions.push(...registerTools(api));
  return api;
}

function uriOf(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : undefined;
}

function versionOf({ extension }: vscode.ExtensionContext): string {
  return String((extension.packageJSON as { readonly version: unknown }).version);
}

async function showStatus(panel: PanelView): Promise<void> {
  const [open, settings] = [t('Open Panel'), t('Settings')];
  const answer = await vscode.window.showInformationMessage(statusSentence(panel.status), open, settings);
  if (answer === open) await panel.reveal({ preserveFocus: false });
  if (answer === settings) await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:saccade.saccade');
}
