/** The editor link in a real extension host, with the real panel and model: the cursor's word, what is decorated, and how it lives through edits. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SaccadeApi } from '../../src/saccadeApi.ts';
import { closeAll, openText, select, until } from './workspace.ts';

const DOCSTRING = [
  'def read(path):',
  '    """Open the file and read all of its lines',
  '    before you close it. The server must be',
  '    started first.',
  '    """',
  '    return 1',
  '',
].join('\n');

function api(): SaccadeApi {
  return vscode.extensions.getExtension<SaccadeApi>('saccade.saccade')!.exports;
}

type Level = number | 'focus';

/** Texts of what is decorated, in the order of the document. */
function decorated(which: (level: Level) => boolean): string[] {
  return api()
    .decoratedRanges()
    .flatMap(({ document, ranges }) =>
      ranges
        .filter(({ level }) => which(level))
        .toSorted((a, b) => a.range.start.compareTo(b.range.start))
        .map(({ range }) => document.getText(range)),
    );
}

const focused = (): string[] => decorated((level) => level === 'focus');
/** All tokens of the word, which may have a token that goes on. */
const isOn = (word: string): boolean => focused().length > 0 && focused().join('').startsWith(word);
const attended = (): string[] => decorated((level) => level !== 'focus');

/** A real move of the cursor; one that an extension sets is no user's. */
async function putCursor(editor: vscode.TextEditor, offset: number): Promise<void> {
  select(editor, [offset - 1, offset - 1]);
  await vscode.commands.executeCommand('cursorMove', { to: 'right' });
  assert.equal(editor.document.offsetAt(editor.selection.active), offset);
}

async function cursorOn(editor: vscode.TextEditor, word: string): Promise<void> {
  await putCursor(editor, editor.document.getText().indexOf(word) + 1);
}

async function run(command: string, text: string, language: string, word: string): Promise<vscode.TextEditor> {
  const editor = await openText(text, language);
  const cursor = text.indexOf(word) + 1;
  select(editor, [cursor, cursor]);
  await vscode.commands.executeCommand(command);
  return editor;
}

describe('editor link', () => {
  before(async () => {
    const settings = vscode.workspace.getConfiguration('saccade');
    await settings.update('device', 'wasm', vscode.ConfigurationTarget.Global);
    await settings.update('targetLanguage', 'de', vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('saccade.panel.focus');
  });
  afterEach(closeAll);

  it('marks the source word at the cursor, through markers and line breaks, and follows it to another sentence', async () => {
    const editor = await run('saccade.inspectSelection', DOCSTRING, 'python', 'file');
    await cursorOn(editor, 'lines');
    await until('the word at the cursor', () => isOn('lines'));
    // The next sentence is another segment, which is inspected first.
    await cursorOn(editor, 'server');
    await until('the word in the other sentence', () => isOn('server'));
    await cursorOn(editor, 'def');
    await until('leaving', () => api().decoratedRanges().length === 0);
    assert.equal(editor.document.getText(), DOCSTRING);
  });

  it('survives edits elsewhere, drops an edited word, and is cleared by its command', async () => {
    const editor = await run('saccade.inspectSelection', DOCSTRING, 'python', 'file');
    await cursorOn(editor, 'lines');
    await until('the word at the cursor', () => isOn('lines'));
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '# New.\n\n'));
    assert.ok(isOn('lines'));
    const inside = editor.document.positionAt(editor.document.getText().indexOf('lines') + 2);
    await editor.edit((builder) => builder.insert(inside, 'X'));
    assert.deepEqual(focused(), []);
    await cursorOn(editor, 'close');
    await until('another word', () => isOn('close'));
    await vscode.commands.executeCommand('saccade.clearHighlight');
    await until('clearing', () => api().decoratedRanges().length === 0);
  });

  it('marks words of every sentence of the translation that took the place of the text', async () => {
    const editor = await run('saccade.translateSelection', DOCSTRING, 'python', 'file');
    const target = editor.document.getText();
    assert.notEqual(target, DOCSTRING);
    const start = target.indexOf('"""') + 3;
    const words = [...target.slice(start, target.lastIndexOf('"""')).matchAll(/\p{L}{3,}/gu)];
    assert.ok(words.length > 8, target);
    for (const { 0: word, index } of words) {
      await putCursor(editor, start + index + 1);
      await until(`the word ${word}`, () => isOn(word));
    }
  });

  it('knows the source again after undo, and the translation after redo', async () => {
    const editor = await run('saccade.translateSelection', DOCSTRING, 'python', 'file');
    const target = editor.document.getText();
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), DOCSTRING);
    await cursorOn(editor, 'lines');
    await until('the source word', () => isOn('lines'));
    await vscode.commands.executeCommand('redo');
    assert.equal(editor.document.getText(), target);
    const [word = ''] = /\p{L}{3,}/u.exec(target.slice(target.indexOf('"""'))) ?? [];
    await cursorOn(editor, word);
    await until(`the word ${word}`, () => isOn(word));
  });

  it('marks what the word attended to where both texts are in the document', async () => {
    const text = ['/**', ' * The file is empty.', ' *', ' * The server must be started', ' * before the client.', ' */', ''].join('\n');
    const editor = await run('saccade.translateSelectionBelow', text, 'javascript', 'file');
    const after = editor.document.getText();
    assert.ok(after.startsWith(text.slice(0, -4)), after);
    await cursorOn(editor, 'server');
    await until('the source word', () => isOn('server'));
    const lastLine = editor.document.positionAt(text.indexOf('before')).line;
    assert.ok(attended().length > 0);
    for (const { range, level } of api().decoratedRanges()[0]!.ranges) {
      if (level !== 'focus') assert.ok(range.start.line > lastLine, 'tokens of the translation attended to the word');
    }
  });

  it('marks words of several selections', async () => {
    const text = '# Open the file.\nx = 1\n# Close the window.\n';
    const editor = await openText(text, 'python');
    select(editor, [0, 16], [23, 42]);
    await vscode.commands.executeCommand('saccade.inspectSelection');
    for (const word of ['window', 'file']) {
      await cursorOn(editor, word);
      await until(word, () => isOn(word));
    }
  });

  it('marks the words of several cursors, and those of a selection', async () => {
    const editor = await run('saccade.inspectSelection', DOCSTRING, 'python', 'file');
    const text = editor.document.getText();
    const [file, lines] = [text.indexOf('file') + 1, text.indexOf('lines') + 1];
    select(editor, [file - 1, file - 1], [lines - 1, lines - 1]);
    await vscode.commands.executeCommand('cursorMove', { to: 'right' });
    await until('both words', () => focused().join(' ') === 'file lines' || focused().join('') === 'filelines');
    await cursorOn(editor, 'def');
    await until('leaving', () => api().decoratedRanges().length === 0);
    select(editor, [text.indexOf('all') - 1, text.indexOf('all') - 1]);
    await vscode.commands.executeCommand('cursorMove', { to: 'right', by: 'character', value: 'all of its'.length, select: true });
    await vscode.commands.executeCommand('cursorMove', { to: 'right', by: 'character', select: true });
    await until('the selected words', () => focused().join('') === 'allofits');
  });

  it('marks the words of a selection over several sentences, and what attended to them in each', async () => {
    const text = ['/**', ' * The file is empty. It was closed.', ' * The server must be started.', ' */', ''].join('\n');
    const editor = await run('saccade.translateSelectionBelow', text, 'javascript', 'file');
    const targets = editor.document.getText().slice(text.length - 4);
    select(editor, [text.indexOf('file'), text.indexOf('file')]);
    await vscode.commands.executeCommand('cursorMove', { to: 'down', select: true });
    await vscode.commands.executeCommand('cursorWordEndRightSelect');
    assert.match(editor.document.getText(editor.selection), /^file[^]+server$/);
    const words = ['file', 'is', 'empty', 'It', 'was', 'closed', 'The', 'server'];
    await until('the words of all three', () => focused().join('').replaceAll('.', '') === words.join(''));
    // Of each of the three sentences of the translation something attended to them.
    const offsets = api()
      .decoratedRanges()[0]!
      .ranges.filter(({ level }) => level !== 'focus')
      .map(({ range }) => editor.document.offsetAt(range.start) - (text.length - 4));
    const ends = [...targets.matchAll(/\./g)].map(({ index }) => index);
    assert.equal(ends.length, 3, targets);
    for (const [sentence, end] of ends.entries())
      assert.ok(
        offsets.some((offset) => offset <= end && offset > (ends[sentence - 1] ?? 0)),
        `sentence ${sentence} of ${targets}`,
      );
    select(editor, [0, 0]);
    await vscode.commands.executeCommand('cursorMove', { to: 'right' });
    await until('leaving', () => api().decoratedRanges().length === 0);
  });

  it('ends with a new run and with the document', async () => {
    const first = await run('saccade.inspectSelection', DOCSTRING, 'python', 'file');
    await cursorOn(first, 'lines');
    await until('the word', () => focused().length === 1);
    const second = await run('saccade.inspectSelection', '# Open the window.\n', 'python', 'window');
    assert.deepEqual(api().decoratedRanges(), []);
    await cursorOn(second, 'window');
    await until('the word of the new run', () => isOn('window'));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until('closing', () => api().decoratedRanges().length === 0);
  });
});
