/** Ties the text of a run in its document to the panel: decorates what the panel points at, and tells where the cursor is. Knows no panel. */
import * as vscode from 'vscode';
import { levelsOf, type Highlight, type SideSpan, type TextSide } from '../shared/highlight.ts';
import type { CursorPlace } from '../shared/messages.ts';
import type { Span } from '../shared/span.ts';
import { AttentionDecorations, type DecoratedRange } from './attentionDecorations.ts';
import { documentSpans, segmentPlace, type LinkedText } from './linkedText.ts';
import { movedMap } from './movedMap.ts';

/** What of a run stands in its document. */
export type LinkedTexts = Readonly<Record<TextSide, LinkedText | undefined>>;

/** What the panel points at in a segment, which counts from 0. */
export interface SegmentHighlight {
  readonly segment: number;
  readonly highlight: Highlight;
}

interface LinkedRun {
  readonly document: vscode.TextDocument;
  /** Undefined while it runs. */
  runId: number | undefined;
  texts: LinkedTexts;
  /** Where the texts stand once the document has this version, if it gets it by the run's own edit. */
  expected: { readonly version: number; texts: LinkedTexts } | undefined;
}

/** The context key while something is decorated. */
const CONTEXT = 'saccade.highlighted';
/** A key that is held down moves the cursor more often than the panel need hear of it. */
const CURSOR_MILLISECONDS = 80;

export class EditorLink implements vscode.Disposable {
  private readonly decorations = new AttentionDecorations();
  private readonly cursorEmitter = new vscode.EventEmitter<{ readonly runId: number; readonly place: CursorPlace | undefined }>();
  /** The cursor came to a word of the run, or left the run's text. */
  readonly onCursor = this.cursorEmitter.event;
  private run: LinkedRun | undefined;
  private shown: SegmentHighlight | undefined;
  private ranges: readonly DecoratedRange[] = [];
  private cursorTold = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = [
    vscode.workspace.onDidChangeTextDocument((event) => this.documentChanged(event)),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document === this.run?.document) this.end();
    }),
    vscode.window.onDidChangeVisibleTextEditors(() => this.draw()),
    vscode.window.onDidChangeTextEditorSelection((event) => this.cursorMoved(event)),
  ];

  /** Where the source of a run that begins stands in the document as it is now; what was linked before no longer is. */
  begin(document: vscode.TextDocument, source: LinkedText): void {
    this.end();
    this.run = { document, runId: undefined, texts: { source, target: undefined }, expected: undefined };
  }

  /** What stands where once the document has its next version. To be told before the edit that makes it so, so that no later edit is missed. */
  expect(texts: LinkedTexts): void {
    if (this.run) this.run.expected = { version: this.run.document.version + 1, texts };
  }

  /** The run has ended well, and its edit was made or was not: from now on the panel can speak of it. */
  finish(runId: number, edited: boolean): void {
    const { run } = this;
    if (!run) return;
    run.runId = runId;
    if (edited && run.expected) run.texts = run.expected.texts;
    run.expected = undefined;
  }

  /** Whatever was linked no longer is. */
  end(): void {
    this.run = undefined;
    this.cursorTold = false;
    clearTimeout(this.timer);
    this.show(undefined);
  }

  /** Decorates what the panel points at; nothing where it speaks of another run. */
  highlight(runId: number, highlight: SegmentHighlight | undefined): void {
    if (runId === this.run?.runId) this.show(highlight);
  }

  /** Leaves nothing decorated until the panel points at something again. */
  clear(): void {
    this.show(undefined);
  }

  /** What is decorated now, and in which document. */
  get decorated(): { readonly document: vscode.TextDocument; readonly ranges: readonly DecoratedRange[] } | undefined {
    return this.run && this.ranges.length > 0 ? { document: this.run.document, ranges: this.ranges } : undefined;
  }

  dispose(): void {
    this.end();
    for (const listener of this.listeners) listener.dispose();
    this.decorations.dispose();
    this.cursorEmitter.dispose();
  }

  private show(shown: SegmentHighlight | undefined): void {
    this.shown = shown;
    this.draw();
  }

  private draw(): void {
    const { run, shown } = this;
    const wasDecorated = this.ranges.length > 0;
    this.ranges = run && shown ? rangesOf(run, shown) : [];
    const isDecorated = this.ranges.length > 0;
    if (!wasDecorated && !isDecorated) return;
    for (const editor of vscode.window.visibleTextEditors)
      this.decorations.draw(editor, editor.document === run?.document ? this.ranges : []);
    if (wasDecorated !== isDecorated) void vscode.commands.executeCommand('setContext', CONTEXT, isDecorated);
  }

  private documentChanged({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const { run } = this;
    if (run?.document !== document || contentChanges.length === 0) return;
    const { expected } = run;
    for (const change of contentChanges) {
      run.texts = moved(run.texts, change);
      if (expected && document.version > expected.version) expected.texts = moved(expected.texts, change);
    }
    this.draw();
  }

  private cursorMoved({ textEditor, kind }: vscode.TextEditorSelectionChangeEvent): void {
    if (this.run?.runId === undefined || textEditor.document !== this.run.document || kind === undefined) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tellCursor(textEditor), CURSOR_MILLISECONDS);
  }

  private tellCursor({ document, selections }: vscode.TextEditor): void {
    const { run } = this;
    if (run?.runId === undefined || run.document !== document) return;
    const place = cursorPlace(
      run.texts,
      selections.map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) })),
    );
    if (place === undefined && !this.cursorTold) return;
    this.cursorTold = place !== undefined;
    this.cursorEmitter.fire({ runId: run.runId, place });
  }
}

/** The first selection says which segment; of the others those count that are in it too. */
function cursorPlace(texts: LinkedTexts, selections: readonly Span[]): CursorPlace | undefined {
  let segment: number | undefined;
  const spans: SideSpan[] = [];
  for (const selected of selections) {
    for (const side of ['source', 'target'] as const) {
      const place = texts[side] && segmentPlace(texts[side], selected);
      if (place === undefined) continue;
      segment ??= place.segment;
      if (place.segment === segment && place.span.start < place.span.end) spans.push({ side, ...place.span });
      break;
    }
  }
  return segment === undefined ? undefined : { segment, spans };
}

function moved({ source, target }: LinkedTexts, { rangeOffset, rangeLength, text }: vscode.TextDocumentContentChangeEvent): LinkedTexts {
  const change = { start: rangeOffset, end: rangeOffset + rangeLength, inserted: text.length };
  const move = (linked: LinkedText | undefined): LinkedText | undefined =>
    linked && { ...linked, map: movedMap(linked.map, change, linked.text) };
  return { source: move(source), target: move(target) };
}

function rangesOf({ document, texts }: LinkedRun, { segment, highlight }: SegmentHighlight): DecoratedRange[] {
  const rangesAt = ({ side, start, end }: SideSpan): vscode.Range[] =>
    texts[side] === undefined
      ? []
      : documentSpans(texts[side], { segment, span: { start, end } }).map(
          (span) => new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)),
        );
  const levels = levelsOf(highlight);
  return [
    ...highlight.focus.flatMap(rangesAt).map((range): DecoratedRange => ({ range, level: 'focus', weight: undefined })),
    ...highlight.attended.flatMap((attended, index) => {
      const level = levels[index]!;
      return level === 0 ? [] : rangesAt(attended).map((range): DecoratedRange => ({ range, level, weight: attended.weight }));
    }),
  ];
}
