/** What a run made of the selections of a document: its texts, and the edits that put them there. Knows no engine and asks nobody. */
import * as vscode from 'vscode';
import { applyEdit, type Outcome } from './editor/applyEdit.ts';
import type { RunLink } from './editor/editorLink.ts';
import type { LinkedText } from './editor/linkedText.ts';
import type { SourceEdits } from './editor/mapsAfterEdits.ts';
import type { SourceDocument } from './editor/sourceText.ts';
import { editedText } from './editor/targetText.ts';
import { textAfter } from './editor/textEdit.ts';
import { editsOf, linkedAfter, plainTextOf, targetsOf, type Placement, type Work } from './selectionWork.ts';
import { wrapColumn } from './settings.ts';
import { isIncomplete, type SegmentText } from './shared/segmentResult.ts';
import type { Segmentation } from './shared/segments.ts';
import type { Task } from './shared/task.ts';
import { writtenSegments, type WrittenSegment } from './writtenSegments.ts';

/** `homeless`: there is no place for it. `same`: it is what is there already. */
export type PutOutcome = Outcome | 'homeless' | 'same';

export interface SelectionRun {
  readonly document: vscode.TextDocument;
  /** What the works were read from. */
  readonly read: SourceDocument & { readonly version: number };
  readonly works: readonly Work[];
  readonly task: Task;
  readonly link: RunLink;
}

export class SelectionResult {
  /** By the last edit. */
  written: readonly WrittenSegment[] = [];
  readonly incomplete: readonly SegmentText[];
  private readonly targets: readonly (readonly Segmentation[])[];

  constructor(
    readonly run: SelectionRun,
    readonly results: readonly SegmentText[],
  ) {
    this.incomplete = results.filter((result) => isIncomplete(run.task, result));
    this.targets = targetsOf(run.works, run.task, results);
  }

  get document(): vscode.TextDocument {
    return this.run.document;
  }

  get isCurrent(): boolean {
    return !this.document.isClosed && this.document.version === this.run.read.version;
  }

  /** One edit of the document as it was read, and one step of undo. */
  async put(how: Placement): Promise<PutOutcome> {
    const edits = this.edits(how);
    if (edits.every((own) => own.edits.length === 0)) return how === 'replace' ? 'same' : 'homeless';
    const { link, read } = this.run;
    const linked = this.linked(edits);
    link.expect(linked);
    const outcome = await applyEdit(this.document, read.version, edits);
    link.settle(outcome === 'applied');
    if (outcome === 'applied') this.written = writtenSegments(this.results, linked.target);
    return outcome;
  }

  /** Prose without the marks of comments, a paragraph a line, or apart by an empty one. */
  get plainText(): string {
    return plainTextOf(this.run.works, this.targets);
  }

  /** The selections as they would read after the edit. */
  textAs(how: Placement): string {
    if (how !== 'replace') return this.plainText;
    return this.edits(how)
      .map(({ source, edits }) => editedText(source, edits))
      .join('\n\n');
  }

  /** The whole document as it would read with the texts replaced, and where the targets then stand. */
  replacedDocument(): { readonly text: string; readonly target: LinkedText } {
    const edits = this.edits('replace');
    const { lines, eol } = this.run.read;
    const all = { start: { line: 0, character: 0 }, end: { line: lines.length - 1, character: lines.at(-1)!.length } };
    const inOrder = edits.flatMap((own) => own.edits);
    return { text: textAfter(lines, eol, all, inOrder), target: this.linked(edits).target };
  }

  private edits(how: Placement): readonly SourceEdits[] {
    const options = { wrapColumn: wrapColumn(this.document) };
    return this.run.works.map((work, index) => editsOf(how, work, this.targets[index]!, options));
  }

  private linked(edits: readonly SourceEdits[]): ReturnType<typeof linkedAfter> {
    return linkedAfter(this.run.works, this.targets, edits, this.run.task, this.results);
  }
}
