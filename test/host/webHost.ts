/** The module that VS Code calls in an extension host without Node: translates a docstring and takes it back. Any error is a failed test. */
import * as vscode from 'vscode';

const DOCSTRING = ['def read(path):', '    """Return the number of lines in `path`."""', '    return 1', ''].join('\n');

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

export async function run(): Promise<void> {
  check(!('process' in globalThis), 'this extension host has no Node');
  const document = await vscode.workspace.openTextDocument({ content: DOCSTRING, language: 'python' });
  const editor = await vscode.window.showTextDocument(document);
  const cursor = document.positionAt(DOCSTRING.indexOf('number'));
  editor.selection = new vscode.Selection(cursor, cursor);
  await vscode.commands.executeCommand('saccade.translateSelection');
  const after = document.getText();
  check(after !== DOCSTRING, 'the docstring is translated');
  check(/^def read\(path\):\n {4}"""[^"]*`path`[^"]*"""\n {4}return 1\n$/.test(after), `code, quotes and inline code stay: ${after}`);
  await vscode.commands.executeCommand('undo');
  check(document.getText() === DOCSTRING, 'one undo brings the original back');
}
