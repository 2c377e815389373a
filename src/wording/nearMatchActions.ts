/** Offers, on a sentence that a run has put into a document, how the user translated a like one before. Does not look for the sentence. */
import * as vscode from 'vscode';
import { inSlices } from '../editor/inSlices.ts';
import type { SourceDocuments } from '../editor/sourceDocuments.ts';
import { sourceText } from '../editor/sourceText.ts';
import { replacement } from '../editor/targetText.ts';
import { usesTranslationMemory, wrapColumn } from '../settings.ts';
import type { Language } from '../shared/task.ts';
import { t } from '../shared/words.ts';
import type { Corrections } from './corrections.ts';
import { differentPart, nearMatches, type NearMatch } from './nearMatches.ts';
import type { TranslationMemory } from './translationMemory.ts';

/** VS Code cuts longer titles off, without a sign. */
const LONGEST_TITLE = 60;
const MOST_KEPT = 100;

export class NearMatchActions implements vscode.CodeActionProvider, vscode.Disposable {
  /** By language and sentence: VS Code asks whenever the cursor moves. */
  private readonly known = new Map<string, Promise<readonly NearMatch[]>>();
  private readonly listeners: readonly vscode.Disposable[];

  constructor(
    private readonly documents: SourceDocuments,
    private readonly memory: TranslationMemory,
    private readonly corrections: Corrections,
  ) {
    const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.RefactorRewrite] };
    this.listeners = [
      vscode.languages.registerCodeActionsProvider({ scheme: '*' }, this, kinds),
      memory.onChange(() => this.known.clear()),
    ];
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    _context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const sentence = usesTranslationMemory() ? this.corrections.sentenceAt(document, document.offsetAt(range.start)) : undefined;
    if (sentence === undefined) return [];
    const matches = await this.matchesOf(sentence.source, sentence.to);
    if (matches.length === 0 || token.isCancellationRequested) return [];
    const { version } = document;
    const [start, end] = [document.positionAt(sentence.span.start), document.positionAt(sentence.span.end)];
    const source = sourceText(await this.documents.read(document, () => ({ first: start.line, last: end.line })), { start, end });
    if ('nothingToDo' in source || source.paragraphs.length !== 1 || document.version !== version) return [];
    return matches
      .filter(({ entry }) => entry.target !== sentence.said)
      .map(({ entry, likeness }) => {
        const action = new vscode.CodeAction(
          t('Memory, {0} % alike: {1}', Math.floor(likeness * 100), shortened(differentPart(entry.target, sentence.said))),
          vscode.CodeActionKind.RefactorRewrite,
        );
        action.edit = new vscode.WorkspaceEdit();
        for (const edit of replacement(source, [entry.target], { wrapColumn: wrapColumn(document) }))
          action.edit.replace(
            document.uri,
            new vscode.Range(edit.start.line, edit.start.character, edit.end.line, edit.end.character),
            edit.text,
          );
        return action;
      });
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }

  private matchesOf(source: string, to: Language): Promise<readonly NearMatch[]> {
    const key = `${to} ${source}`;
    let matches = this.known.get(key);
    if (matches === undefined) {
      matches = this.memory.entries().then(async (entries) => (await inSlices(nearMatches(source, to, entries))) ?? []);
      if (this.known.size >= MOST_KEPT) this.known.clear();
      this.known.set(key, matches);
    }
    return matches;
  }
}

function shortened(text: string): string {
  return text.length <= LONGEST_TITLE ? text : `${text.slice(0, LONGEST_TITLE)}…`;
}
