/** Ties the texts of a run to the panel: decorates what the panel points at, and tells where the cursor is. Knows no panel. */
import * as vscode from 'vscode';
import { TEXT_SIDES, type SegmentHighlight, type TextSide } from '../shared/highlight.ts';
import type { CursorPlace } from '../shared/messages.ts';
import { AttentionDecorations } from './attentionDecorations.ts';
import type { LinkedText } from './linkedText.ts';
import {
  copyOf,
  cursorPlaces,
  decoratedDocuments,
  move,
  type DecoratedDocument,
  type PlacedTexts,
  type SegmentHeat,
} from './placedTexts.ts';

/** Both texts of a run as they stand in its document; one that does not stand there has no pieces. */
export type DocumentTexts = Readonly<Record<TextSide, LinkedText>>;

/** What whoever runs tells of the texts. Of a run that another one has followed, nothing is heard any more. */
export interface RunLink {
  /** The run has ended well: from now on the panel can speak of it. */
  finish(runId: number): void;
  /** What stands where once the document has its next version. To be told before the edit that makes it so, so that no later edit is missed. */
  expect(texts: DocumentTexts): void;
  /** The edit was made, or was not. */
  settle(edited: boolean): void;
  /** The target stands in a document of its own. */
  showTarget(document: vscode.TextDocument, target: LinkedText): void;
  /** Nothing came of the run. */
  end(): void;
}

interface LinkedRun {
  readonly document: vscode.TextDocument;
  /** Undefined while it runs. */
  runId: number | undefined;
  texts: PlacedTexts;
  /** Where the texts stand once the document has this version, if it gets it by the run's own edit; and where they stood before. */
  expected: { readonly version: number; readonly texts: PlacedTexts; readonly before: PlacedTexts } | undefined;
  /** Where they stand after an undo of that edit, or after a redo: known as long as nothing else has changed the document. */
  undone: { readonly reason: vscode.TextDocumentChangeReason; readonly texts: PlacedTexts } | undefined;
}

/** The context key while something is decorated. */
const CONTEXT = 'saccade.highlighted';
/** A key that is held down moves the cursor more often than the panel need hear of it. */
const CURSOR_MILLISECONDS = 80;
const UNDO = vscode.TextDocumentChangeReason.Undo;

export class EditorLink implements vscode.Disposable {
  private readonly decorations = new AttentionDecorations();
  private readonly cursorEmitter = new vscode.EventEmitter<{ readonly runId: number; readonly places: readonly CursorPlace[] }>();
  /** The cursors came to words of the run, or left the run's text. */
  readonly onCursor = this.cursorEmitter.event;
  private run: LinkedRun | undefined;
  private shown: readonly SegmentHighlight[] = [];
  private heat: SegmentHeat | undefined;
  private drawn: readonly DecoratedDocument[] = [];
  private cursorTold = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = [
    vscode.workspace.onDidChangeTextDocument((event) => this.documentChanged(event)),
    vscode.workspace.onDidCloseTextDocument((document) => this.documentClosed(document)),
    vscode.window.onDidChangeVisibleTextEditors(() => this.draw()),
    vscode.window.onDidChangeTextEditorSelection((event) => this.cursorMoved(event)),
  ];

  /** Where the source of a run that begins stands in the document as it is now; what was linked before no longer is. */
  begin(document: vscode.TextDocument, source: LinkedText): RunLink {
    this.end();
    const texts = { source: { document, linked: source } };
    const run: LinkedRun = { document, runId: undefined, texts, expected: undefined, undone: undefined };
    this.run = run;
    return {
      finish: (runId) => (run.runId = runId),
      expect({ source: nextSource, target }) {
        const texts = { source: { document, linked: nextSource }, target: { document, linked: target } };
        run.expected = { version: document.version + 1, texts, before: copyOf(run.texts) };
      },
      settle(edited) {
        const { expected } = run;
        run.expected = undefined;
        if (!edited || expected === undefined) return;
        run.texts = expected.texts;
        if (document.version === expected.version) run.undone = { reason: UNDO, texts: expected.before };
      },
      showTarget: (own, target) => (run.texts.target = { document: own, linked: target }),
      end: () => {
        if (this.run === run) this.end();
      },
    };
  }

  /** Whatever was linked no longer is. */
  end(): void {
    this.run = undefined;
    this.cursorTold = false;
    clearTimeout(this.timer);
    this.clear();
  }

  /** Decorates what the panel points at; nothing where it speaks of another run. */
  highlight(runId: number, highlights: readonly SegmentHighlight[]): void {
    if (runId !== this.run?.runId) return;
    this.shown = highlights;
    this.draw();
  }

  /** Decorates what was hard to restore, wherever nothing is pointed at. */
  showHeat(runId: number, heat: SegmentHeat | undefined): void {
    if (runId !== this.run?.runId) return;
    this.heat = heat;
    this.draw();
  }

  /** Leaves nothing decorated until the panel points at something again. */
  clear(): void {
    this.shown = [];
    this.heat = undefined;
    this.draw();
  }

  get decorated(): readonly DecoratedDocument[] {
    return this.drawn;
  }

  dispose(): void {
    this.end();
    for (const listener of this.listeners) listener.dispose();
    this.decorations.dispose();
    this.cursorEmitter.dispose();
  }

  private draw(): void {
    const { run, heat } = this;
    const shown = this.shown.length === 0 && heat ? [heat] : this.shown;
    const wasDecorated = this.drawn.length > 0;
    this.drawn = run ? decoratedDocuments(run.texts, shown) : [];
    const isDecorated = this.drawn.length > 0;
    if (!wasDecorated && !isDecorated) return;
    for (const editor of vscode.window.visibleTextEditors)
      this.decorations.draw(editor, this.drawn.find(({ document }) => document === editor.document)?.ranges ?? []);
    if (wasDecorated !== isDecorated) void vscode.commands.executeCommand('setContext', CONTEXT, isDecorated);
  }

  private documentChanged({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const { run } = this;
    if (!run || contentChanges.length === 0) return;
    const { expected, undone } = run;
    if (document === run.document) {
      const other = { reason: reason === UNDO ? vscode.TextDocumentChangeReason.Redo : UNDO, texts: copyOf(run.texts) };
      const isBack = undone !== undefined && reason === undone.reason;
      run.undone = isBack ? other : undefined;
      if (isBack) {
        run.texts = copyOf(undone.texts);
        this.draw();
        return;
      }
    }
    for (const change of contentChanges) {
      move(run.texts, document, change);
      if (expected && document.version > expected.version) move(expected.texts, document, change);
    }
    this.draw();
  }

  private documentClosed(document: vscode.TextDocument): void {
    const { run } = this;
    if (run?.document === document) this.end();
    else if (run?.texts.target?.document === document) {
      delete run.texts.target;
      this.draw();
    }
  }

  private cursorMoved({ textEditor, kind }: vscode.TextEditorSelectionChangeEvent): void {
    if (this.run?.runId === undefined || kind === undefined) return;
    if (!TEXT_SIDES.some((side) => this.run?.texts[side]?.document === textEditor.document)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tellCursor(textEditor), CURSOR_MILLISECONDS);
  }

  private tellCursor({ document, selections }: vscode.TextEditor): void {
    const { run } = this;
    if (run?.runId === undefined) return;
    const selected = selections.map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) }));
    const places = cursorPlaces(run.texts, document, selected);
    if (places.length === 0 && !this.cursorTold) return;
    this.cursorTold = places.length > 0;
    this.cursorEmitter.fire({ runId: run.runId, places });
  }
}
