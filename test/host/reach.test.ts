/** Folders, notebooks, the commit message, hovers, views of whole files, and single changes taken: in a real extension host with the real model. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { FILE_VIEW_SCHEME } from '../../src/destinations/fileViews.ts';
import type { GitExtension, Repository } from '../../src/git/repositories.ts';
import type { SaccadeApi } from '../../src/saccadeApi.ts';
import { closeAll, openText, takeInPreview, until } from './workspace.ts';

function top(): string {
  return vscode.workspace.workspaceFolders![0]!.uri.fsPath;
}

async function set(section: string, name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration(section).update(name, value, vscode.ConfigurationTarget.Global);
}

describe('reach', () => {
  before(async () => {
    await set('saccade', 'device', 'wasm');
    await set('saccade', 'targetLanguage', 'de');
    const api = await vscode.extensions.getExtension<SaccadeApi>('saccade.saccade')!.activate();
    // The model is there for what does not load it by itself.
    await api.translate('Open the file.', 'de');
  });
  afterEach(closeAll);

  it('takes a single change out of all those of a file', async () => {
    const text = '// Open the file.\nlet a = 1;\n/* Close the file. */\n';
    const editor = await openText(text, 'javascript');
    const running = vscode.commands.executeCommand('saccade.translateAllComments');
    // Below the file are its changes.
    await takeInPreview(running, ['list.expand', 'list.focusDown', 'refactorPreview.toggleCheckedState']);
    const [first, code, second] = editor.document.getText().split('\n');
    assert.equal(code, 'let a = 1;');
    assert.equal(Number(first !== '// Open the file.') + Number(second !== '/* Close the file. */'), 1, editor.document.getText());
  });

  it('translates the comments of all files of a folder, without what is hidden, ignored or not text', async () => {
    const folder = path.join(top(), 'many');
    mkdirSync(path.join(folder, 'build'), { recursive: true });
    mkdirSync(path.join(folder, 'sub'));
    const own = { 'a.js': '// Open the file.\nlet a = 1;\n', 'sub/b.py': '# Close the file.\nb = 2\n' };
    const others = { '.gitignore': 'build/\n', 'build/c.js': '// Open the file.\n', 'd.js': 'let d = 1;\n', 'e.md': 'Open the file.\n' };
    for (const [name, content] of Object.entries({ ...own, ...others })) writeFileSync(path.join(folder, name), content);
    writeFileSync(path.join(folder, 'f.js'), Uint8Array.of(0, 1, 2, 0, 255));
    try {
      const running = vscode.commands.executeCommand('saccade.translateFolderComments', vscode.Uri.file(folder));
      // The list of files first.
      const accepting = setInterval(() => void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem'), 1500);
      const toggle = 'refactorPreview.toggleCheckedState';
      try {
        await takeInPreview(running, [toggle, 'list.collapse', 'list.focusDown', toggle]);
      } finally {
        clearInterval(accepting);
      }
      for (const [name, content] of Object.entries(own)) {
        const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path.join(folder, name)));
        const [comment, code] = document.getText().split('\n');
        assert.notEqual(comment, content.split('\n')[0], name);
        assert.equal(code, content.split('\n')[1]);
        await document.save();
      }
      for (const [name, content] of Object.entries(others)) assert.equal(readFileSync(path.join(folder, name), 'utf8'), content);
    } finally {
      await closeAll();
      rmSync(folder, { recursive: true });
    }
  });

  it('translates the Markdown cells of a notebook in one edit, and leaves its code alone', async () => {
    const cells = [
      new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, '# The file\n\nOpen the file and read `all` of its lines.', 'markdown'),
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, '# Open the file.\na = 1', 'python'),
      new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, 'Close the file.', 'markdown'),
    ];
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData(cells));
    await vscode.window.showNotebookDocument(notebook);
    const texts = (): string[] => notebook.getCells().map(({ document }) => document.getText());
    const before = texts();
    await vscode.commands.executeCommand('saccade.translateNotebookMarkdown');
    const after = texts();
    assert.match(after[0]!, /^# [^\n]+\n\n[^\n]*`all`[^\n]*$/);
    assert.notEqual(after[0], before[0]);
    assert.equal(after[1], before[1]);
    assert.notEqual(after[2], before[2]);
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.focusTop');
    await vscode.commands.executeCommand('undo');
    await until('the undo', () => texts().join() === before.join(), 20);
  });

  it('shows comments under the mouse in the target language, where the setting asks for it', async () => {
    const { document } = await openText('/** Open the file and read it. */\nlet a = 1; // Close the file.\n', 'javascript');
    const hoverAt = async (line: number, character: number): Promise<string> => {
      const position = new vscode.Position(line, character);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
      return hovers
        .flatMap(({ contents }) => contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : '')))
        .join('\n');
    };
    assert.doesNotMatch(await hoverAt(0, 10), /German/);
    await set('saccade', 'hoverTranslation', true);
    try {
      assert.match(await hoverAt(0, 10), /\*\*German\*\*\n\n\S/);
      const begun = Date.now();
      assert.match(await hoverAt(0, 12), /\*\*German\*\*/);
      assert.ok(Date.now() - begun < 5000, 'from memory');
      assert.match(await hoverAt(1, 20), /\*\*German\*\*/);
      assert.doesNotMatch(await hoverAt(1, 4), /German/);
    } finally {
      await set('saccade', 'hoverTranslation', undefined);
    }
  });

  it('shows the whole file beside in the target language, in step with edits', async () => {
    const editor = await openText('// Open the file.\nlet a = 1;\n', 'javascript');
    await vscode.commands.executeCommand('saccade.openTranslatedView');
    const view = (): vscode.TextDocument | undefined =>
      vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === FILE_VIEW_SCHEME)?.document;
    await until('the translation', () => /^\/\/ (?!Open the file)[^\n]+\nlet a = 1;\n$/.test(view()?.getText() ?? ''));
    assert.equal(view()!.languageId, 'javascript');
    assert.equal(editor.document.getText(), '// Open the file.\nlet a = 1;\n');
    await vscode.window.showTextDocument(editor.document, { viewColumn: vscode.ViewColumn.One });
    const edit = new vscode.WorkspaceEdit();
    edit.insert(editor.document.uri, new vscode.Position(2, 0), 'let b = 2; // Close the file.\n');
    await vscode.workspace.applyEdit(edit);
    await until('the next one', () =>
      /^\/\/ [^\n]+\nlet a = 1;\nlet b = 2; \/\/ (?!Close the file)[^\n]+\n$/.test(view()?.getText() ?? ''),
    );
  });

  it('translates the commit message in its box', async () => {
    const folder = path.join(top(), 'committed');
    mkdirSync(folder);
    execFileSync('git', ['init', '-q'], { cwd: folder });
    try {
      await set('git', 'enabled', true);
      const extension = await vscode.extensions.getExtension<GitExtension>('vscode.git')!.activate();
      await until('git', () => extension.enabled);
      const repository: Repository = (await extension.getAPI(1).openRepository(vscode.Uri.file(folder)))!;
      repository.inputBox.value = 'Open the file.\n\n- Read `all` of its lines.';
      void vscode.commands.executeCommand('saccade.translateCommitMessage', repository);
      await until('the translation', () => !repository.inputBox.value.startsWith('Open the file.'));
      assert.match(repository.inputBox.value, /^[^\n]+\n\n- [^\n]*`all`[^\n]*$/);
      repository.inputBox.value = '';
    } finally {
      await set('git', 'enabled', undefined);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
