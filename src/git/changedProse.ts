/** What changes add to comments, docstrings and documents: of what is staged, or else of what is not. Does not sum it up. */
import * as vscode from 'vscode';
import { openText } from '../editor/openText.ts';
import type { LineFocus } from '../editor/grammar/tokenizedLines.ts';
import type { SourceDocuments } from '../editor/sourceDocuments.ts';
import { selectedPassages } from '../editor/sourceText.ts';
import { wholeLines } from '../editor/wholeLines.ts';
import { changedFiles } from '../summaries/unifiedDiff.ts';
import type { Repository } from './repositories.ts';

export interface ChangedProse {
  readonly staged: boolean;
  /** How many files have changes that can be read, with prose or without. */
  readonly files: number;
  readonly paragraphs: readonly { readonly path: string; readonly line: number; readonly text: string }[];
}

export async function changedProse(
  repository: Repository,
  documents: SourceDocuments,
  token: vscode.CancellationToken,
): Promise<ChangedProse | undefined> {
  await repository.status();
  const staged = repository.state.indexChanges.length > 0;
  const files = changedFiles(await repository.diff(staged));
  const paragraphs: { path: string; line: number; text: string }[] = [];
  for (const { path, added } of files) {
    if (token.isCancellationRequested) return undefined;
    const file = vscode.Uri.joinPath(repository.rootUri, path);
    const document = await openText(file);
    if (document === undefined) continue;
    // In Markdown, comments of code are read only where somebody looks.
    const focus = (): LineFocus => ({ first: added[0]!.start, last: added.at(-1)!.end - 1 });
    // What is staged may not be what stands in the file now.
    const read = staged
      ? await documents.readText(document.languageId, await repository.show('', file.fsPath), focus)
      : await documents.read(document, focus);
    for (const { start, end } of added) {
      if (start >= read.lines.length) continue;
      const passages = selectedPassages(read, wholeLines(read, start, Math.min(end, read.lines.length) - 1));
      for (const { text, pieces } of passages.flatMap((passage) => passage.paragraphs))
        paragraphs.push({ path, line: pieces[0]!.line, text });
    }
  }
  return { staged, files: files.length, paragraphs };
}
