/** Where what edits write, and what they leave, stands in the document after all of them. Does not apply them. */
import { offsetsOf } from './documentOffsets.ts';
import type { SourceText } from './sourceText.ts';
import { shiftMap, type MappedPiece, type SpanMap } from './spanMap.ts';
import type { TargetEdit } from './targetText.ts';

/** One selection of a document with its edits, in order and apart. */
export interface SourceEdits {
  readonly source: SourceText;
  readonly edits: readonly TargetEdit[];
  /** Of paragraphs without an edit because their targets are the same: from offsets in the targets to the document before the edits. */
  readonly unchanged: SpanMap;
}

interface PlacedEdit {
  /** Index of the selection. */
  readonly owner: number;
  readonly edit: TargetEdit;
  /** In the document before the edits. */
  readonly start: number;
  readonly end: number;
}

/** Of each selection: from offsets in its targets, one directly behind the other, to the document with the edits of all selections. */
export function writtenMaps(all: readonly SourceEdits[]): MappedPiece[][] {
  const maps: MappedPiece[][] = all.map(() => []);
  let growth = 0;
  for (const { owner, edit, start, end } of inOrder(all)) {
    for (const piece of shiftMap(edit.map, { to: start + growth })) maps[owner]!.push(piece);
    growth += edit.text.length - (end - start);
  }
  return maps.map((map, owner) => joinMaps(map, keptMap(all[owner]!.unchanged, all)));
}

/** The pieces of two maps from one text into one document, which have no character in common. */
export function joinMaps(one: SpanMap, other: SpanMap): MappedPiece[] {
  return other.length === 0 ? [...one] : [...one, ...other].sort((a, b) => a.from - b.from);
}

/** A map into the document as it goes on after the edits; pieces that an edit replaces are dropped. */
export function keptMap(map: SpanMap, all: readonly SourceEdits[]): MappedPiece[] {
  const edits = inOrder(all);
  const kept: MappedPiece[] = [];
  let growth = 0;
  let next = 0;
  for (const { from, to, length } of map) {
    for (; next < edits.length && edits[next]!.end <= to; next++) {
      const { edit, start, end } = edits[next]!;
      growth += edit.text.length - (end - start);
    }
    if (next === edits.length || edits[next]!.start >= to + length) kept.push({ from, to: to + growth, length });
  }
  return kept;
}

/** Those at one place stay in the order of their selections, as VS Code puts them. */
function inOrder(all: readonly SourceEdits[]): PlacedEdit[] {
  const first = all[0];
  if (first === undefined) return [];
  const offsetOf = offsetsOf(first.source.document);
  return all
    .flatMap(({ edits }, owner) => edits.map((edit) => ({ owner, edit, start: offsetOf(edit.start), end: offsetOf(edit.end) })))
    .sort((one, other) => one.start - other.start);
}
