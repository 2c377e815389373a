/** Every place that a translation can go to, in a real extension host with the real model. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { TRANSLATION_SCHEME } from '../../src/destinations/translatedViews.ts';
import type { SaccadeApi } from '../../src/saccadeApi.ts';
import { closeAll, openText, select, until } from './workspace.ts';

const DOCSTRING = ['def read(path):', '    """Return the number of lines in `path`."""', '    return 1', ''].join('\n');
const TRANSLATED = /^def read\(path\):\n {4}"""[^"]*`path`[^"]*"""\n {4}return 1\n$/;

async function run(command: string, text = DOCSTRING, language = 'python'): Promise<vscode.TextEditor> {
  const editor = await openText(text, language);
  const cursor = text.indexOf('number');
  select(editor, [cursor, cursor]);
  await vscode.commands.executeCommand(command);
  return editor;
}

function translatedDocument(): vscode.TextDocument | undefined {
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === TRANSLATION_SCHEME)?.document;
}

async function setDestination(value: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('saccade').update('destination', value, vscode.ConfigurationTarget.Global);
}

async function hoverAt({ document }: vscode.TextEditor, word: string): Promise<vscode.MarkdownString | undefined> {
  const position = document.positionAt(document.getText().indexOf(word) + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers.flatMap(({ contents }) => contents).find((content) => content instanceof vscode.MarkdownString);
}

describe('destinations', () => {
  before(async () => {
    const settings = vscode.workspace.getConfiguration('saccade');
    await settings.update('device', 'wasm', vscode.ConfigurationTarget.Global);
    await settings.update('targetLanguage', 'de', vscode.ConfigurationTarget.Global);
  });
  afterEach(async () => {
    await setDestination(undefined);
    await closeAll();
  });

  it('beside: a read-only copy in the same language, and the document as it was', async () => {
    const editor = await run('saccade.translateSelectionBeside');
    await until('the view', () => translatedDocument() !== undefined);
    const translated = translatedDocument()!;
    assert.equal(editor.document.getText(), DOCSTRING);
    assert.equal(translated.languageId, 'python');
    assert.match(translated.getText(), TRANSLATED);
    assert.notEqual(translated.getText(), DOCSTRING);
  });

  it('beside: a word at the cursor is marked there, and what it attended to in the document', async () => {
    const { document } = await run('saccade.translateSelectionBeside');
    await until('the view', () => translatedDocument() !== undefined);
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === translatedDocument())!;
    const editor = await vscode.window.showTextDocument(shown.document, { viewColumn: shown.viewColumn! });
    const text = editor.document.getText();
    const start = text.indexOf('"""') + 3;
    const { 0: word, index } = /\p{L}{4,}/u.exec(text.slice(start))!;
    select(editor, [start + index, start + index]);
    await vscode.commands.executeCommand('cursorMove', { to: 'right' });
    const saccade = vscode.extensions.getExtension<SaccadeApi>('saccade.saccade')!.exports;
    const inDocument = (wanted: vscode.TextDocument): string[] =>
      saccade
        .decoratedRanges()
        .flatMap(({ document: decorated, ranges }) => (decorated === wanted ? ranges.map(({ range }) => decorated.getText(range)) : []));
    // A word may have several tokens, of which the first is marked.
    await until('the word', () => inDocument(editor.document).length === 1 && word.startsWith(inDocument(editor.document).join()));
    assert.ok(inDocument(document).length > 0);
  });

  it('diff: compared first, then applied in one undoable edit, which closes the comparison', async () => {
    const editor = await run('saccade.translateSelectionDiff');
    const { document } = editor;
    await until('the comparison', () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);
    assert.equal(document.getText(), DOCSTRING);
    const wanted = translatedDocument()!.getText();
    await vscode.commands.executeCommand('saccade.applyTranslation');
    assert.equal(document.getText(), wanted);
    assert.match(document.getText(), TRANSLATED);
    await until('closing', () => !(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), DOCSTRING);
  });

  it('clipboard: the prose alone', async () => {
    const editor = await run('saccade.translateSelectionToClipboard');
    assert.equal(editor.document.getText(), DOCSTRING);
    const copied = await vscode.env.clipboard.readText();
    assert.match(copied, /^[^"\n]*`path`[^"\n]*$/);
  });

  it('hover: over the text, with commands that put it into the document', async () => {
    const editor = await run('saccade.translateSelectionHover');
    assert.equal(editor.document.getText(), DOCSTRING);
    const hover = await hoverAt(editor, 'number');
    assert.ok(hover);
    assert.match(hover.value, /\*\*German\*\*[^]*command:saccade\.applyTranslation/);
    assert.equal(await hoverAt(editor, 'def'), undefined);
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('saccade.copyTranslation');
    assert.match(await vscode.env.clipboard.readText(), /^[^"\n]*`path`[^"\n]*$/);
    await vscode.commands.executeCommand('saccade.insertTranslationBelow');
    assert.ok(editor.document.getText().startsWith(DOCSTRING.slice(0, DOCSTRING.indexOf('"""\n'))));
    assert.notEqual(editor.document.getText(), DOCSTRING);
    assert.equal(await hoverAt(editor, 'number'), undefined, 'the text is another one now');
  });

  it('is what the setting says', async () => {
    await setDestination('clipboard');
    await vscode.env.clipboard.writeText('');
    const editor = await run('saccade.translateSelection');
    assert.equal(editor.document.getText(), DOCSTRING);
    assert.notEqual(await vscode.env.clipboard.readText(), '');
    await setDestination('below');
    const second = await run('saccade.translateSelection', '// The number of lines.\n', 'javascript');
    assert.match(second.document.getText(), /^\/\/ The number of lines\.\n\/\/ .+\n$/);
  });

  it('never overwrites a document that changed while the translation was compared', async () => {
    const { document } = await run('saccade.translateSelectionDiff');
    await until('the comparison', () => translatedDocument() !== undefined);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# New.\n');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('saccade.applyTranslation');
    assert.equal(document.getText(), `# New.\n${DOCSTRING}`);
  });

  it('wraps at the first ruler where wrapColumn asks for it', async () => {
    const editorSettings = vscode.workspace.getConfiguration('editor');
    const settings = vscode.workspace.getConfiguration('saccade');
    await editorSettings.update('rulers', [{ column: 40, color: '#ff0000' }, 100], vscode.ConfigurationTarget.Global);
    await settings.update('wrapColumn', -1, vscode.ConfigurationTarget.Global);
    try {
      const text = '// The number of lines in the file must be known before the server can be started by the client.\n';
      const { document } = await run('saccade.translateSelection', text, 'javascript');
      const lines = document.getText().trimEnd().split('\n');
      assert.ok(lines.length > 1);
      for (const line of lines) assert.ok(line.length <= 40 && line.startsWith('// '), line);
    } finally {
      await editorSettings.update('rulers', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('wrapColumn', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
