/** Shows a result in a hover over the text that it is of, with what can be done with it. Does not translate. */
import * as vscode from 'vscode';
import type { CommandId } from '../commandTable.ts';
import type { SelectionResult } from '../selectionResult.ts';
import { plainMarkdown } from '../shared/plainMarkdown.ts';
import { languageName } from '../shared/task.ts';
import { t } from '../shared/words.ts';

function actions() {
  return {
    'saccade.applyTranslation': t('Replace'),
    'saccade.insertTranslationBelow': t('Insert Below'),
    'saccade.copyTranslation': t('Copy'),
  } as const satisfies Partial<Record<CommandId, string>>;
}

export class ResultHover implements vscode.HoverProvider, vscode.Disposable {
  private result: SelectionResult | undefined;
  private readonly registration = vscode.languages.registerHoverProvider({ scheme: '*' }, this);

  /** It stays over the text until the text changes or another result comes. */
  async show(result: SelectionResult): Promise<void> {
    this.result = result;
    const editor = vscode.window.activeTextEditor;
    if (editor?.document === result.document && this.rangeAt(editor.document, editor.selection.active))
      await vscode.commands.executeCommand('editor.action.showHover');
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const range = this.rangeAt(document, position);
    return range && this.result && new vscode.Hover(contents(this.result), range);
  }

  dispose(): void {
    this.registration.dispose();
  }

  private rangeAt(document: vscode.TextDocument, position: vscode.Position): vscode.Range | undefined {
    const { result } = this;
    if (result?.document !== document || !result.isCurrent) return undefined;
    return result.run.works
      .map(
        ({ source: { selection } }) =>
          new vscode.Range(selection.start.line, selection.start.character, selection.end.line, selection.end.character),
      )
      .find((range) => range.contains(position));
  }
}

function contents(result: SelectionResult): vscode.MarkdownString {
  const { task } = result.run;
  const markdown = new vscode.MarkdownString(task.kind === 'translate' ? `**${languageName(task.to)}**\n\n` : '');
  for (const paragraph of result.plainText.split('\n')) markdown.appendMarkdown(`${plainMarkdown(paragraph)}\n\n`);
  markdown.isTrusted = { enabledCommands: Object.keys(actions()) };
  markdown.appendMarkdown(
    Object.entries(actions())
      .map(([command, title]) => `[${title}](command:${command})`)
      .join(' · '),
  );
  return markdown;
}
