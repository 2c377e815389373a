/** The translation memory in a real extension host: what was corrected is used the next time, exported, and imported. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, select, selectAll, takeInPreview, until } from './workspace.ts';

const folder = (): vscode.Uri => vscode.workspace.workspaceFolders![0]!.uri;
const file = (name: string): vscode.Uri => vscode.Uri.joinPath(folder(), name);
const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('saccade');

async function content(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** A file, so that it can be saved without a dialog. */
async function openFile(name: string, text: string): Promise<vscode.TextEditor> {
  await vscode.workspace.fs.writeFile(file(name), new TextEncoder().encode(text));
  const editor = await vscode.window.showTextDocument(file(name), { preview: false });
  await until('the text of the file', () => editor.document.getText() === text);
  return editor;
}

async function translate(editor: vscode.TextEditor): Promise<string> {
  selectAll(editor);
  await vscode.commands.executeCommand('saccade.translateSelection');
  return editor.document.getText();
}

async function exported(): Promise<string> {
  const uri = file('exported.tmx');
  await vscode.workspace.fs.delete(uri).then(undefined, () => undefined);
  await vscode.commands.executeCommand('saccade.exportTranslationMemory', uri);
  return content(uri).catch(() => '');
}

describe('translation memory', () => {
  before(async () => {
    await settings().update('device', 'wasm', vscode.ConfigurationTarget.Global);
    await settings().update('targetLanguage', 'de', vscode.ConfigurationTarget.Global);
  });
  afterEach(async () => {
    await settings().update('translationMemory', undefined, vscode.ConfigurationTarget.Global);
    await closeAll();
  });
  after(async () => {
    for (const name of ['one.py', 'two.py', 'three.py', 'four.js', 'five.js', 'exported.tmx', 'given.tmx'])
      await vscode.workspace.fs.delete(file(name)).then(undefined, () => undefined);
  });

  it('uses what was corrected in a comment of several lines, and leaves the other sentence to the model', async () => {
    const text = '# Close the window before you go. Open\n# the old file.\nx = 1\n';
    const editor = await openFile('one.py', text);
    const written = await translate(editor);
    const second = written.indexOf('. ') + 2;
    const end = written.lastIndexOf('.', written.indexOf('x = 1'));
    await editor.edit((edit) => {
      const { document } = editor;
      edit.replace(new vscode.Range(document.positionAt(second), document.positionAt(end)), 'Man öffne\n# die alte Datei');
    });
    await editor.document.save();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const again = await translate(await openFile('two.py', text));
    assert.match(again.replace(/\n# /g, ' '), /Man öffne die alte Datei\./);
    assert.equal(again.slice(0, second), written.slice(0, second));
    await settings().update('translationMemory', 'remember', vscode.ConfigurationTarget.Global);
    assert.equal(await translate(await openFile('three.py', text)), written);
  });

  it('remembers what was corrected after all comments of a file, but not of a change that was left', async () => {
    const text = '// Close the old window.\nlet a = 1;\n// Open the new door.\n';
    const { document } = await openFile('four.js', text);
    const running = vscode.commands.executeCommand('saccade.translateAllComments');
    await takeInPreview(running, ['list.expand', 'list.focusDown', 'refactorPreview.toggleCheckedState']);
    const taken = document.lineAt(0).text === '// Close the old window.' ? 2 : 0;
    const [source, line] = [text.split('\n')[taken]!, document.lineAt(taken)];
    const corrected = `${line.text.slice(0, -1)} (geprüft).`;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, line.range, corrected);
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await translate(await openFile('five.js', `${source}\n`)), `${corrected}\n`);
    const tmx = await exported();
    assert.equal(tmx.includes('Close the old window.'), taken === 0);
    assert.equal(tmx.includes('Open the new door.'), taken === 2);
  });

  it('remembers the whole of a sentence whose end was typed anew, key by key', async () => {
    const text = '# Remove the green lamp.\n';
    const editor = await openFile('one.py', text);
    const written = (await translate(editor)).trimEnd();
    const beginning = written.slice(0, written.lastIndexOf(' ') + 1);
    const typed = 'bitte heute noch.';
    for (const [index, key] of Array.from(typed).entries()) {
      const start = new vscode.Position(0, beginning.length + index);
      // The first key takes the place of what was selected.
      const end = index === 0 ? editor.document.lineAt(0).range.end : start;
      assert.ok(await editor.edit((edit) => edit.replace(new vscode.Range(start, end), key)));
    }
    await editor.document.save();
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await translate(await openFile('two.py', text)), `${beginning}${typed}\n`);
  });

  it('is used where only numbers and names are others, and offered, with how much they are alike, where words are', async () => {
    const unit =
      '<tu><tuv xml:lang="en"><seg>Wait 30 seconds for `send` to end.</seg></tuv><tuv xml:lang="de"><seg>Auf `send` 30 s warten.</seg></tuv></tu>';
    await vscode.workspace.fs.writeFile(
      file('given.tmx'),
      new TextEncoder().encode(`<tmx version="1.4"><header srclang="en"/><body>${unit}</body></tmx>`),
    );
    await vscode.commands.executeCommand('saccade.importTranslationMemory', file('given.tmx'));
    const adapted = await openFile('one.py', '# Wait 45 seconds for `read` to end.\n');
    assert.equal(await translate(adapted), '# Auf `read` 45 s warten.\n');

    const editor = await openFile('two.py', '# Wait 30 minutes for `send` to end.\n');
    const written = await translate(editor);
    assert.notEqual(written, '# Auf `send` 30 s warten.\n');
    const place = new vscode.Range(0, 4, 0, 4);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      place,
    );
    const own = actions.find(({ title }) => /\d\d % alike: .*30 s warten\.$/.test(title));
    assert.ok(own?.edit, actions.map(({ title }) => title).join('\n'));
    await vscode.workspace.applyEdit(own.edit);
    assert.equal(editor.document.getText(), '# Auf `send` 30 s warten.\n');
  });

  it('is written as TMX', async () => {
    const tmx = await exported();
    assert.match(tmx, /<seg>Open the old file\.<\/seg>[^]*<tuv xml:lang="de"><seg>Man öffne die alte Datei\.<\/seg>/);
  });

  it('takes a TMX file in, and nothing from one that is none', async () => {
    const unit = '<tu><tuv xml:lang="en"><seg>Read the map.</seg></tuv><tuv xml:lang="de-DE"><seg>Karte lesen!</seg></tuv></tu>';
    const tmx = `<tmx version="1.4"><header srclang="en"/><body>${unit}</body></tmx>`;
    await vscode.workspace.fs.writeFile(file('given.tmx'), new TextEncoder().encode(tmx));
    await vscode.commands.executeCommand('saccade.importTranslationMemory', file('given.tmx'));
    const editor = await openFile('two.py', '# Read the map.\n');
    select(editor, [3, 3]);
    await vscode.commands.executeCommand('saccade.translateSelection');
    assert.equal(editor.document.getText(), '# Karte lesen!\n');
    const before = await exported();
    await vscode.workspace.fs.writeFile(file('given.tmx'), new TextEncoder().encode('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx></tmx>'));
    await vscode.commands.executeCommand('saccade.importTranslationMemory', file('given.tmx'));
    assert.equal(await exported(), before);
  });
});
