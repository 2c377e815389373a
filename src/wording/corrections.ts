/** Notices what the user changes in translations that were put into documents, and remembers it. Does not translate. */
import * as vscode from 'vscode';
import type { SourceDocuments } from '../editor/sourceDocuments.ts';
import { sourceText, type SourceDocument } from '../editor/sourceText.ts';
import type { Span } from '../shared/span.ts';
import type { Language } from '../shared/task.ts';
import { UNSPACED_CHARACTER } from '../shared/unspacedScripts.ts';
import type { WrittenSegment } from '../writtenSegments.ts';
import { tidy, UNKNOWN_LANGUAGE, type MemoryEntry } from './memoryEntry.ts';
import { movedSpan } from './movedSpan.ts';
import type { TranslationMemory } from './translationMemory.ts';

interface Watched {
  readonly source: string;
  readonly to: Language;
  /** What it said when it was last looked at. */
  said: string;
  span: Span;
}

/** Of one document; the oldest are forgotten. */
const MOST_WATCHED = 500;
/** Something else was written there, where a changed sentence has not one word of the old one. */
const WORD = new RegExp(`${UNSPACED_CHARACTER}{2}|\\p{L}{3,}`, 'gu');
const ENDS_SENTENCE = /[.!?…。！？]$/u;
const UP_TO_SENTENCE_END = /^.*?(?:[。！？]|[.!?…](?=\s|$))/u;

export class Corrections implements vscode.Disposable {
  private readonly watched = new Map<vscode.TextDocument, Watched[]>();
  private readonly listeners = [
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => this.moved(document, contentChanges)),
    vscode.workspace.onDidSaveTextDocument((document) => void this.look(document)),
    vscode.workspace.onDidSaveNotebookDocument((notebook) => {
      for (const { document } of notebook.getCells()) void this.look(document);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => this.watched.delete(document)),
  ];

  constructor(
    private readonly documents: SourceDocuments,
    private readonly memory: TranslationMemory,
    private readonly isOn: () => boolean,
  ) {}

  /** The segments as they stand in the document now. */
  watch(document: vscode.TextDocument, to: Language, segments: readonly WrittenSegment[]): void {
    if (!this.isOn()) return;
    const added = segments.map(({ source, target, span }) => ({ source: tidy(source), said: tidy(target), to, span }));
    this.watched.set(document, [...(this.watched.get(document) ?? []), ...added].slice(-MOST_WATCHED));
  }

  /** The sentence that was put there, with what it was translated from and what it says. */
  sentenceAt(document: vscode.TextDocument, offset: number): Readonly<Watched> | undefined {
    return this.watched.get(document)?.find(({ span: { start, end } }) => offset >= start && offset <= end);
  }

  /** Remembers what was changed in the document since it was last looked at. */
  async look(document: vscode.TextDocument): Promise<void> {
    if (!this.watched.has(document) || !this.isOn()) return;
    const read = await this.documents.read(document);
    const corrected: MemoryEntry[] = [];
    for (const watched of this.watched.get(document) ?? []) {
      const whole = wholeSentence(document, watched);
      if (!whole) continue;
      watched.span = whole;
      const text = textOf(document, read, whole);
      if (text === undefined || text === watched.said) continue;
      if (text !== watched.source && haveCommonWord(text, watched.said)) {
        corrected.push({ source: watched.source, target: text, from: UNKNOWN_LANGUAGE, to: watched.to, time: Date.now() });
      }
      watched.said = text;
    }
    if (corrected.length > 0) await this.memory.remember(corrected);
  }

  /** The same in every document. */
  async lookEverywhere(): Promise<void> {
    for (const document of this.watched.keys()) await this.look(document);
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }

  private moved(document: vscode.TextDocument, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const watched = this.watched.get(document);
    if (!watched) return;
    // Offsets are those before all of the changes, so the last one of the document goes first.
    const fromTheEnd = [...changes].sort((one, other) => other.rangeOffset - one.rangeOffset);
    const kept = watched.filter((each) => {
      for (const change of fromTheEnd) {
        const span = movedSpan(each.span, change);
        if (!span) return false;
        each.span = span;
      }
      return true;
    });
    this.watched.set(document, kept);
  }
}

/**
 * Up to the end of the sentence where its own end was taken away: a word that is typed behind it is not known to belong to it until then.
 * Undefined where the sentence that stands there has no end: half of it is no translation.
 */
function wholeSentence(document: vscode.TextDocument, { said, span }: Watched): Span | undefined {
  const [start, end] = [document.positionAt(span.start), document.positionAt(span.end)];
  if (!ENDS_SENTENCE.test(said) || ENDS_SENTENCE.test(document.getText(new vscode.Range(start, end)))) return span;
  const behind = document.getText(new vscode.Range(end, document.lineAt(end).range.end));
  const more = UP_TO_SENTENCE_END.exec(behind)?.[0];
  if (more !== undefined) return { start: span.start, end: span.end + more.length };
  return /\p{L}/u.test(behind) ? undefined : span;
}

/** Without the marks of comments; undefined where it is no piece of prose any more. */
function textOf(document: vscode.TextDocument, read: SourceDocument, { start, end }: Span): string | undefined {
  if (end <= start) return undefined;
  const source = sourceText(read, { start: document.positionAt(start), end: document.positionAt(end) });
  if ('nothingToDo' in source || source.paragraphs.length !== 1) return undefined;
  return tidy(source.paragraphs[0]!.text);
}

function haveCommonWord(one: string, other: string): boolean {
  const words = new Set(one.toLowerCase().match(WORD));
  return words.size === 0 || (other.toLowerCase().match(WORD) ?? []).some((word) => words.has(word));
}
