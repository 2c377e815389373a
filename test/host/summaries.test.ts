/** The commands that sum up, and the commit message, in a real extension host with the real model and the real git extension. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { PAGE_SCHEME, PREVIEW } from '../../src/destinations/summaryPages.ts';
import type { GitExtension, Repository } from '../../src/git/repositories.ts';
import { closeAll, openText, select, selectAll, until } from './workspace.ts';

const LONG = Array.from(
  { length: 20 },
  (_, index) => `Server number ${index} reads all lines of the file and sends them to the client before it is stopped by the user.`,
).join('\n');

/** What is shown rendered. */
function page(): vscode.TextDocument | undefined {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  const shown = inputs.find(
    (input): input is vscode.TabInputCustom => input instanceof vscode.TabInputCustom && input.viewType === PREVIEW,
  );
  return vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === PAGE_SCHEME && uri.toString() === shown?.uri.toString());
}

describe('summaries', () => {
  before(async () => {
    await vscode.workspace.getConfiguration('saccade').update('device', 'wasm', vscode.ConfigurationTarget.Global);
  });
  afterEach(closeAll);

  it('puts one summary above a long text, and shows the parts that it was made from', async () => {
    const editor = await openText(`/*\n${LONG}\n*/\n`, 'javascript');
    select(editor, [5, 5]);
    await vscode.commands.executeCommand('saccade.summariseSelection');
    assert.ok(editor.document.getText().endsWith(`${LONG}\n*/\n`));
    assert.ok(editor.document.lineCount > 24);
    await until('the page', () => page() !== undefined);
    assert.match(
      page()!.getText(),
      /^# Summary of [^\n]+\n\n\S[^\n]*\n\n> Of the comments and docstrings in lines [^]*\n### 1 · line 2\n[^]*\n### 2 · line \d+\n/,
    );
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), `/*\n${LONG}\n*/\n`);
  });

  it('writes the first line of a docstring, where there is none and where there is one', async () => {
    for (const [language, text, at, shape] of [
      [
        'python',
        'def read(path):\n    # Open the file and read all of its lines.\n    return 1\n',
        'return',
        /^def read\(path\):\n {4}"""\p{Lu}[^"]*[.!?]"""\n {4}# Open the file and read all of its lines\.\n {4}return 1\n$/u,
      ],
      [
        'typescript',
        '/**\n * Open the file and read all of its lines.\n */\nfunction read() {\n  return 1;\n}\n',
        'return',
        /^\/\*\*\n \* [^*]+[.!?]\n \*\n \* Open the file and read all of its lines\.\n \*\/\nfunction/,
      ],
    ] as const) {
      const editor = await openText(text, language);
      const cursor = text.indexOf(at);
      select(editor, [cursor, cursor]);
      await vscode.commands.executeCommand('saccade.summariseToDocstring');
      assert.match(editor.document.getText(), shape);
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), text);
    }
  });

  it('sums a file up beside it, and leaves it alone', async () => {
    const text = `// ${LONG.split('\n').join('\n// ')}\nlet a = 1;\n`;
    const editor = await openText(text, 'javascript');
    await vscode.commands.executeCommand('saccade.summariseFile');
    await until('the page', () => page() !== undefined);
    assert.match(page()!.getText(), /its code was not read\. One paragraph, \d+ characters\.\n[^]*## Parts/);
    assert.equal(page()!.languageId, 'markdown');
    assert.equal(editor.document.getText(), text);
  });

  it('puts a commit subject on the clipboard where there is no repository', async () => {
    const editor = await openText('Open the file and read all of its lines before you close it.');
    selectAll(editor);
    await vscode.commands.executeCommand('saccade.summariseToCommit');
    const subject = await vscode.env.clipboard.readText();
    assert.ok(subject.length > 0 && subject.length <= 72 && !subject.endsWith('.'), subject);
  });

  describe('of a repository', () => {
    let folder: string;
    let repository: Repository;
    const git = (...args: string[]): void =>
      void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder });

    before(async () => {
      folder = path.join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'repository');
      mkdirSync(folder);
      git('init', '-q');
      writeFileSync(path.join(folder, 'a.js'), 'let a = 1;\n');
      writeFileSync(path.join(folder, 'b.md'), 'Prose.\n');
      git('add', '.');
      git('commit', '-qm', 'a');
      await vscode.workspace.getConfiguration('git').update('enabled', true, vscode.ConfigurationTarget.Global);
      const extension = await vscode.extensions.getExtension<GitExtension>('vscode.git')!.activate();
      await until('git', () => extension.enabled);
      const opened = await extension.getAPI(1).openRepository(vscode.Uri.file(folder));
      assert.ok(opened);
      repository = opened;
    });
    after(async () => {
      await vscode.workspace.getConfiguration('git').update('enabled', undefined, vscode.ConfigurationTarget.Global);
      if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    });

    it('sums up what changes add, and says what that is', async () => {
      writeFileSync(path.join(folder, 'a.js'), '// Open the file and read all of its lines.\nlet a = 1;\nlet b = 2;\n');
      writeFileSync(path.join(folder, 'b.md'), 'Prose.\n\n```js\nclose(); // Close the file.\n```\n');
      await vscode.commands.executeCommand('saccade.summariseChanges', repository);
      await until('the page', () => page() !== undefined);
      assert.match(
        page()!.getText(),
        /^# Summary of Changes\n\n\S[^\n]+\n\n> Of what the changes that are not staged add [^\n]*; code was not read\. Files with such text: 2 of 2\. 2 paragraphs, 56 characters\.\n/,
      );
    });

    it('puts a subject into the message box, above what is there', async () => {
      git('add', '.');
      repository.inputBox.value = 'My own words.';
      await vscode.commands.executeCommand('saccade.summariseChangesToCommit', repository);
      assert.equal(repository.state.indexChanges.length, 2);
      const [subject, empty, own] = repository.inputBox.value.split('\n');
      assert.ok(subject!.length > 0 && subject!.length <= 72 && !subject!.endsWith('.'), subject);
      assert.deepEqual([empty, own], ['', 'My own words.']);
      repository.inputBox.value = '';
    });
  });
});
