/** Root of the extension host's side: registers everything and wires the rooms. */
import * as vscode from 'vscode';
import { calibrationMemory } from './calibrationMemory.ts';
import { COMMANDS, type CommandId } from './commandTable.ts';
import type { DecoratedRange } from './editor/attentionDecorations.ts';
import { EditorLink } from './editor/editorLink.ts';
import { SourceDocuments } from './editor/sourceDocuments.ts';
import { FileCommands } from './fileCommands.ts';
import { chooseTargetLanguage } from './languageMenu.ts';
import { PANEL_VIEW_ID, PanelView } from './panel/panelView.ts';
import { RunInProgress } from './runWithProgress.ts';
import { SelectionCommands } from './selectionCommands.ts';
import type { EngineStatus } from './shared/engineStatus.ts';
import { DEVICE_SETTING, deviceChoice, IDLE_SETTING, idleMinutes, targetLanguage } from './settings.ts';
import { StatusBar, statusSentence } from './statusBar.ts';

/** What other extensions and the tests can ask for. */
export interface SaccadeApi {
  status(): EngineStatus;
  /** What the panel or the cursor has decorated in the editor now; of one document, or of none. */
  decoratedRanges(): { readonly document: vscode.TextDocument; readonly ranges: readonly DecoratedRange[] } | undefined;
}

export function activate(context: vscode.ExtensionContext): SaccadeApi {
  const inProgress = new RunInProgress();
  const onCommand = (command: string): void => void vscode.commands.executeCommand(`saccade.${command}`);
  const memory = calibrationMemory(context.globalState);
  const settings = { deviceChoice, idleMinutes, calibration: memory.read };
  const panel = new PanelView(context.extensionUri, settings, onCommand, memory.keep);
  const documents = new SourceDocuments(context.extensionUri);
  const link = new EditorLink();
  const selection = new SelectionCommands(panel, documents, inProgress, link);
  const file = new FileCommands(panel, documents, inProgress, link);
  const statusBar = new StatusBar();
  const refresh = (): void => statusBar.update(targetLanguage(vscode.window.activeTextEditor?.document), panel.status, inProgress.running);

  const handlers: Readonly<Record<CommandId, () => unknown>> = {
    'saccade.translateSelection': () => selection.run('replace'),
    'saccade.translateSelectionBelow': () => selection.run('below'),
    'saccade.translateAllComments': () => file.translateAllComments(),
    'saccade.summariseSelection': () => selection.run('summarise'),
    'saccade.inspectSelection': () => selection.run('inspect'),
    'saccade.stop': () => inProgress.stop(),
    'saccade.chooseTargetLanguage': () => chooseTargetLanguage(context.extensionUri),
    'saccade.showStatus': () => showStatus(panel),
    'saccade.clearHighlight': () => {
      link.clear();
      panel.clearHighlight();
    },
  };
  context.subscriptions.push(
    panel,
    documents,
    statusBar,
    link,
    link.onCursor((cursor) => panel.tellCursor(cursor)),
    panel.onHighlight(({ runId, segment, highlight }) => link.highlight(runId, highlight && { segment, highlight })),
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
  return { status: () => panel.status, decoratedRanges: () => link.decorated };
}

async function showStatus(panel: PanelView): Promise<void> {
  const [open, settings] = ['Open Panel', 'Settings'];
  const answer = await vscode.window.showInformationMessage(statusSentence(panel.status), open, settings);
  if (answer === open) await panel.reveal({ preserveFocus: false });
  if (answer === settings) await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:saccade.saccade');
}
