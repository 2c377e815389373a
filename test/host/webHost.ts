/**
 * The module that VS Code calls in an extension host without Node: translates texts that are found by grammars, and takes the translations back. Any
 * error is a failed test.
 */
import * as vscode from 'vscode';

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** `shape`: what the document is after the translation of the text at the cursor. */
async function translate(language: string, content: string, at: string, shape: RegExp): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  const editor = await vscode.window.showTextDocument(document);
  const cursor = document.positionAt(content.indexOf(at));
  editor.selection = new vscode.Selection(cursor, cursor);
  await vscode.commands.executeCommand('saccade.translateSelection');
  const after = document.getText();
  check(after !== content, `the text is translated: ${after}`);
  check(shape.test(after), `what is not prose stays: ${after}`);
  await vscode.commands.executeCommand('undo');
  check(document.getText() === content, 'one undo brings the original back');
}

/** The names of what workers have said that are started from now on. */
function heardFromWorkers(): ReadonlySet<unknown> {
  const heard = new Set<unknown>();
  const Own = globalThis.Worker;
  globalThis.Worker = class extends Own {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }: MessageEvent<{ readonly type?: unknown }>) => heard.add(data.type));
    }
  };
  return heard;
}

export async function run(): Promise<void> {
  check(!('process' in globalThis), 'this extension host has no Node');
  const heard = heardFromWorkers();
  const docstring = ['def read(path):', '    """Return the number of lines in `path`."""', '    return 1', ''].join('\n');
  await translate('python', docstring, 'number', /^def read\(path\):\n {4}"""[^"]*`path`[^"]*"""\n {4}return 1\n$/);
  // Only Perl's grammar knows what its documentation is.
  await translate('perl', '=pod\n\nOpen the file.\n\n=cut\n', 'file', /^=pod\n\n[^\n]+\n\n=cut\n$/);
  check(heard.has('read') && heard.has('needFile'), `a thread of their own has read the texts: ${[...heard].join()}`);
}
