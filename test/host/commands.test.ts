/** The commands in a real extension host, with the real model on wasm. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/commandTable.ts';
import type { SaccadeApi } from '../../src/saccadeApi.ts';
import { closeAll, openText, select, selectAll, until } from './workspace.ts';

const DOCSTRING = ['def read(path):', '    """Return the number of lines in `path`."""', '    return 1', ''].join('\n');

/** Takes the model some ten seconds, so that something can happen meanwhile. */
const LONG = Array.from({ length: 160 }, (_, index) => `Open file ${index + 1} and read all of its lines before you close it.`).join(
  '\n\n',
);

/** Starts a translation of the whole document and returns when it is under way; the result ends when it has ended. */
async function startLong(editor: vscode.TextEditor): Promise<{ readonly ended: Thenable<unknown> }> {
  selectAll(editor);
  const ended = vscode.commands.executeCommand('saccade.translateSelection');
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { ended };
}

describe('commands', () => {
  before(async () => {
    const settings = vscode.workspace.getConfiguration('saccade');
    await settings.update('device', 'wasm', vscode.ConfigurationTarget.Global);
    await settings.update('targetLanguage', 'de', vscode.ConfigurationTarget.Global);
  });
  afterEach(closeAll);

  it('are all registered', async () => {
    const extension = vscode.extensions.getExtension<SaccadeApi>('saccade.saccade');
    assert.ok(extension);
    await extension.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const command of Object.keys(COMMANDS)) assert.ok(registered.has(command), command);
  });

  it('translates the docstring at the cursor in one undoable edit, inside its quotes', async () => {
    const editor = await openText(DOCSTRING, 'python');
    const cursor = DOCSTRING.indexOf('number');
    select(editor, [cursor, cursor]);
    await vscode.commands.executeCommand('saccade.translateSelection');
    const after = editor.document.getText();
    assert.notEqual(after, DOCSTRING);
    assert.match(after, /^def read\(path\):\n {4}"""[^"]+"""\n {4}return 1\n$/);
    assert.equal(vscode.extensions.getExtension<SaccadeApi>('saccade.saccade')?.exports.status().state, 'ready');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), DOCSTRING);
  });

  it('finds what grammars call a comment, where marks alone would not', async () => {
    for (const [language, text, at, shape] of [
      ['perl', '=pod\n\nOpen the file.\n\n=cut\n', 'file', /^=pod\n\n[^\n]+\n\n=cut\n$/],
      ['markdown', 'A text.\n\n```py\nx = "# no"  # Open the file.\n```\n', 'Open', /^A text\.\n\n```py\nx = "# no" {2}# [^\n]+\n```\n$/],
      ['cpp', 'auto a = R"(\n// no")"; // Open the file.\n', 'Open', /^auto a = R"\(\n\/\/ no"\)"; \/\/ [^\n]+\n$/],
      ['javascript', 'const a = `\n// ${b} "`; // Open the file.\n', 'Open', /^const a = `\n\/\/ \$\{b\} "`; \/\/ [^\n]+\n$/],
    ] as const) {
      const editor = await openText(text, language);
      const cursor = text.indexOf(at);
      select(editor, [cursor, cursor]);
      await vscode.commands.executeCommand('saccade.translateSelection');
      assert.notEqual(editor.document.getText(), text);
      assert.match(editor.document.getText(), shape);
    }
  });

  it('translates several selections in one edit and leaves the text between them alone', async () => {
    const text = '# Open the file.\nx = 1\n# Close the file.\n';
    const editor = await openText(text, 'python');
    select(editor, [0, 16], [23, 40]);
    await vscode.commands.executeCommand('saccade.translateSelection');
    const lines = editor.document.getText().split('\n');
    assert.equal(lines[1], 'x = 1');
    assert.ok(lines[0]?.startsWith('# ') && lines[2]?.startsWith('# '));
    assert.notEqual(editor.document.getText(), text);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), text);
  });

  it('puts a translation below and a summary above, and keeps the original', async () => {
    const text = '// Open the file and read all of its lines.\n';
    for (const command of ['saccade.translateSelectionBelow', 'saccade.summariseSelection']) {
      const editor = await openText(text, 'javascript');
      select(editor, [0, 0]);
      await vscode.commands.executeCommand(command);
      const after = editor.document.getText();
      assert.ok(after.includes('// Open the file and read all of its lines.'), command);
      assert.ok(after.split('\n').filter((line) => line.startsWith('//')).length > 1, command);
    }
  });

  it('works while the panel is hidden, once it was seen', async () => {
    await vscode.commands.executeCommand('workbench.view.explorer');
    const editor = await openText('Close the file.');
    selectAll(editor);
    await vscode.commands.executeCommand('saccade.translateSelection');
    assert.notEqual(editor.document.getText(), 'Close the file.');
  });

  it('offers the translation of every comment of the file, takes what is ticked, and leaves what is translated already', async () => {
    const text = '// Open the file.\nlet a = "// no";\n// Öffnen Sie die Datei, bevor Sie sie lesen.\n/* Close the file. */\n';
    const editor = await openText(text, 'javascript');
    const state = { ended: false };
    const running = vscode.commands.executeCommand('saccade.translateAllComments').then(() => (state.ended = true));
    await until(
      'the end of the run',
      () => vscode.extensions.getExtension<SaccadeApi>('saccade.saccade')?.exports.status().state === 'ready',
    );
    // The first element of the preview is the file: it stands for all changes.
    for (let tries = 0; !state.ended && tries < 60; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 2000));
      for (const command of ['refactorPreview.focus', 'list.focusFirst', 'refactorPreview.toggleCheckedState', 'refactorPreview.apply'])
        await vscode.commands.executeCommand(command);
    }
    await running;
    const after = editor.document.getText();
    assert.match(
      after,
      /^\/\/ (?!Open the file)[^\n]+\nlet a = "\/\/ no";\n\/\/ Öffnen Sie die Datei, bevor Sie sie lesen\.\n\/\* (?!Close the file)[^\n]+ \*\/\n$/,
    );
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), text);
  });

  it('inspects without touching the document', async () => {
    const editor = await openText('Open the file.');
    selectAll(editor);
    await vscode.commands.executeCommand('saccade.inspectSelection');
    assert.equal(editor.document.getText(), 'Open the file.');
    assert.equal(editor.document.isDirty, true, 'an untitled document with text, as before');
  });

  for (const [what, text] of [
    ['nothing', ''],
    ['one character', 'a'],
    ['punctuation', '!?'],
    ['emoji', 'Save the file 👩‍👩‍👧 now.'],
    ['combining marks', 'Cafe\u0301 is open.'],
    ['right-to-left text', 'The word שלום means peace.'],
    ['NUL', 'Open\u0000the file.'],
  ] as const) {
    it(`takes ${what}, and one undo gives it back`, async () => {
      const editor = await openText(text);
      selectAll(editor);
      const { version } = editor.document;
      await vscode.commands.executeCommand('saccade.translateSelection');
      if (editor.document.version !== version) await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), text);
    });
  }

  it('keeps CRLF', async () => {
    const editor = await openText('Open the file.\r\n\r\nClose the file.\r\n');
    assert.equal(editor.document.eol, vscode.EndOfLine.CRLF);
    selectAll(editor);
    await vscode.commands.executeCommand('saccade.translateSelection');
    assert.equal(editor.document.getText().split('\r\n').length, 4);
    assert.ok(!/[^\r]\n/.test(editor.document.getText()));
  });

  it('stops 200,000 characters within moments and leaves them alone', async () => {
    // Numbered, because equal sentences are translated once.
    const sentence = (_: unknown, index: number): string => `Server ${index} must be started before the client can send a request. `;
    const text = Array.from({ length: 3100 }, sentence).join('');
    assert.ok(text.length > 200_000);
    const editor = await openText(text);
    selectAll(editor);
    const running = vscode.commands.executeCommand('saccade.translateSelection');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const stopping = Date.now();
    await vscode.commands.executeCommand('saccade.stop');
    await running;
    assert.ok(Date.now() - stopping < 10_000);
    assert.equal(editor.document.getText(), text);
  });

  it('never overwrites a document that changed meanwhile', async () => {
    const editor = await openText(LONG);
    const { ended } = await startLong(editor);
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'New: '));
    await ended;
    assert.equal(editor.document.getText(), `New: ${LONG}`);
  });

  it('runs one command at a time, each with its own edit', async () => {
    const first = await openText(LONG);
    const { ended } = await startLong(first);
    const second = await openText('Close the file.');
    selectAll(second);
    const waiting = vscode.commands.executeCommand('saccade.translateSelection');
    await ended;
    assert.notEqual(first.document.getText(), LONG);
    await vscode.commands.executeCommand('notifications.clearAll');
    await waiting;
    assert.equal(second.document.getText(), 'Close the file.');
  });

  it('survives that the document is closed during a run', async () => {
    const editor = await openText(LONG);
    const { document } = editor;
    const { ended } = await startLong(editor);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until('closing', () => document.isClosed);
    await ended;
    await until('the way to the next command', () => vscode.window.activeTextEditor === undefined);
  });

  it('leaves a binary file alone', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder, 'binary.bin');
    const bytes = Uint8Array.of(0, 1, 2, 0, 255, 254, 0, 7);
    await vscode.workspace.fs.writeFile(uri, bytes);
    await vscode.commands.executeCommand('vscode.open', uri);
    await vscode.commands.executeCommand('saccade.translateSelection');
    assert.deepEqual([...(await vscode.workspace.fs.readFile(uri))], [...bytes]);
    await vscode.workspace.fs.delete(uri);
  });
});
