/** Shows the translation of the comment under the mouse, where the setting asks for it. Never waits for anything but a run of its own, which ends with the hover. */
import * as vscode from 'vscode';
import type { Position, Range } from '../editor/comments.ts';
import { expandSelection } from '../editor/expandSelection.ts';
import type { SourceDocuments } from '../editor/sourceDocuments.ts';
import { sourceText } from '../editor/sourceText.ts';
import { isBefore } from '../editor/textEdit.ts';
import type { QuietTranslations } from '../quietTranslations.ts';
import { plainTextOf, segmentsOf, targetsOf, workOf } from '../selectionWork.ts';
import { hoverTranslation, targetLanguage } from '../settings.ts';
import { plainMarkdown } from '../shared/plainMarkdown.ts';
import { languageName, type Task } from '../shared/task.ts';
import { t } from '../shared/words.ts';

/** Shows the panel, which loads the model. */
const LOAD = 'saccade.panel.focus';

export class CommentHover implements vscode.HoverProvider, vscode.Disposable {
  private readonly registration = vscode.languages.registerHoverProvider({ scheme: '*' }, this);

  constructor(
    private readonly documents: SourceDocuments,
    private readonly translations: QuietTranslations,
  ) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    if (!hoverTranslation(document)) return undefined;
    const read = await this.documents.read(document, () => ({ first: position.line, last: position.line }));
    // In a text for people there would be a hover everywhere.
    if (token.isCancellationRequested || read.syntax.prose !== undefined) return undefined;
    if (!read.comments.some((comment) => holds(comment, position))) return undefined;
    const range = expandSelection(read, position);
    const source = 'nothingToDo' in range ? range : sourceText(read, range);
    if ('nothingToDo' in source) return undefined;
    const to = targetLanguage(document);
    const task: Task = { kind: 'translate', to };
    const wanted = { to, scope: document.uri };
    const works = [workOf(source, 'translate')];
    const texts = segmentsOf(works);
    const { start, end } = source.selection;
    const shown = (markdown: vscode.MarkdownString): vscode.Hover =>
      new vscode.Hover(markdown, new vscode.Range(start.line, start.character, end.line, end.character));
    if (!this.translations.known(wanted, texts).isComplete) {
      const { readiness } = this.translations;
      if (readiness !== 'ready') return readiness === 'unasked' ? shown(invitation(languageName(to))) : undefined;
      if (!(await this.translations.learn(wanted, texts, t('Translating a comment'), 'quiet', token))) return undefined;
    }
    const { results } = this.translations.known(wanted, texts);
    if (results.every(({ sourceText: text, targetText }) => text === targetText)) return undefined;
    const markdown = new vscode.MarkdownString(`**${languageName(to)}**\n\n`);
    for (const line of plainTextOf(works, targetsOf(works, task, results)).split('\n'))
      markdown.appendMarkdown(`${plainMarkdown(line)}\n\n`);
    return shown(markdown);
  }

  dispose(): void {
    this.registration.dispose();
  }
}

function invitation(language: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(t('[Load the model](command:{0}) to read this comment in {1}.', LOAD, language));
  markdown.isTrusted = { enabledCommands: [LOAD] };
  return markdown;
}

function holds({ start, end }: Range, position: Position): boolean {
  return !isBefore(position, start) && !isBefore(end, position);
}
