/** Documents and commands for the host's suites. Knows no suite. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const MOST_TRIES = 20;

export async function openText(content: string, language = 'plaintext'): Promise<vscode.TextEditor> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const document = await vscode.workspace.openTextDocument({ content, language });
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    if (document.getText() === content) return editor;
    // VS Code fills an untitled document with its backup of the last one of that name, which it may not have thrown away yet.
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('VS Code gives untitled documents the content of earlier ones.');
}

export function select(editor: vscode.TextEditor, ...spans: readonly (readonly [start: number, end: number])[]): void {
  const { document } = editor;
  editor.selections = spans.map(([start, end]) => new vscode.Selection(document.positionAt(start), document.positionAt(end)));
}

export function selectAll(editor: vscode.TextEditor): void {
  select(editor, [0, editor.document.getText().length]);
}

export async function until(what: string, condition: () => boolean, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!condition()) {
    assert.ok(Date.now() < end, `${what} did not happen within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('notifications.clearAll');
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Does these in the refactor preview until the command has ended. */
export async function takeInPreview(running: Thenable<unknown>, commands: readonly string[]): Promise<void> {
  const state = { ended: false };
  void running.then(() => (state.ended = true));
  for (let tries = 0; !state.ended && tries < 90; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    for (const command of ['refactorPreview.focus', 'list.focusFirst', ...commands, 'refactorPreview.apply'])
      await vscode.commands.executeCommand(command);
  }
  await running;
}
