/** The glossary in a real extension host with the real model: its file and its setting reach every command, and its bad lines are marked. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SaccadeApi } from '../../src/saccadeApi.ts';
import { glossaryUri } from '../../src/wording/glossaries.ts';
import { closeAll, openText, selectAll, until } from './workspace.ts';

const uri = (): vscode.Uri => glossaryUri(vscode.workspace.workspaceFolders![0]!);
const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('saccade');

async function content(): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri()));
}

/** Written as another program would; how many of its lines are marked tells that it was read. */
async function write(text: string, problems: number): Promise<void> {
  await vscode.workspace.fs.writeFile(uri(), new TextEncoder().encode(text));
  await until('the marks in the glossary', () => vscode.languages.getDiagnostics(uri()).length === problems);
}

async function translated(text: string): Promise<string> {
  const editor = await openText(text);
  selectAll(editor);
  await vscode.commands.executeCommand('saccade.translateSelection');
  return editor.document.getText();
}

describe('glossary', () => {
  before(async () => {
    await settings().update('device', 'wasm', vscode.ConfigurationTarget.Global);
    await settings().update('targetLanguage', 'de', vscode.ConfigurationTarget.Global);
    await vscode.extensions.getExtension<SaccadeApi>('saccade.saccade')!.activate();
  });
  afterEach(async () => {
    await settings().update('glossary', undefined, vscode.ConfigurationTarget.Global);
    await vscode.workspace.fs.delete(uri()).then(undefined, () => undefined);
    await closeAll();
  });

  it('of the folder is read when it changes, with a mark on each bad line, and is what translations say', async () => {
    await write('file\tAkte\tde\nfolder Ordner\nServer\t-\txx\n', 2);
    const [first, second] = vscode.languages.getDiagnostics(uri());
    assert.deepEqual([first!.range.start.line, second!.range.start.line], [1, 2]);
    assert.match(first!.message, /no tab/);
    assert.match(await translated('Open the file.'), /\bAkte\b/);
    await write('file\tMappe\tde\n', 0);
    assert.match(await translated('Open the file.'), /\bMappe\b/);
    const api = vscode.extensions.getExtension<SaccadeApi>('saccade.saccade')!.exports;
    assert.match(await api.translate('Close the file.', 'de'), /\bMappe\b/);
    assert.doesNotMatch(await api.translate('Close the file.', 'fr'), /\bMappe\b/);
  });

  it('of the settings counts where the folder has none', async () => {
    await settings().update('glossary', { file: { de: 'Akte' }, folder: 7 }, vscode.ConfigurationTarget.Global);
    assert.match(await translated('Open the file.'), /\bAkte\b/);
    await write('file\tMappe\n# read\nx\n', 1);
    assert.match(await translated('Open the file.'), /\bMappe\b/);
  });

  it('is made and opened with an explanation, and keeps what it has', async () => {
    await vscode.commands.executeCommand('saccade.openGlossary');
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri().toString());
    assert.match(await content(), /^# .*\n[^]*\nsource\ttarget\tlanguage\n$/);
    await write('file\tAkte\n', 0);
    await vscode.commands.executeCommand('saccade.openGlossary');
    assert.equal(await content(), 'file\tAkte\n');
  });

  it('takes the selected words, or the word at the cursor, with their translation', async () => {
    const editor = await openText('Open the text  file.');
    editor.selection = new vscode.Selection(0, 9, 0, 19);
    await vscode.commands.executeCommand('saccade.addToGlossary', 'Textakte');
    editor.selection = new vscode.Selection(0, 1, 0, 1);
    await vscode.commands.executeCommand('saccade.addToGlossary', '');
    await vscode.commands.executeCommand('saccade.addToGlossary', 'Öffne');
    assert.match(await content(), /\ntext file\tTextakte\tde\nOpen\t-\nOpen\tÖffne\tde\n$/);
  });
});
