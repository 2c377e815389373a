/** What the selections of a document give to the engine, how its results become edits, and where all of that stands. Knows neither VS Code nor the engine. */
import type { Range } from './editor/comments.ts';
import { offsetsOf, paragraphMap } from './editor/documentOffsets.ts';
import { docLine, type DocHome } from './editor/docComment.ts';
import { expandSelection } from './editor/expandSelection.ts';
import { original } from './editor/mappedText.ts';
import { linkedText, type LinkedText, type PlacedText } from './editor/linkedText.ts';
import { joinMaps, keptMap, writtenMaps, type SourceEdits } from './editor/mapsAfterEdits.ts';
import { sourceText, type NothingToDo, type SourceDocument, type SourceText } from './editor/sourceText.ts';
import { shiftMap, sliceMap } from './editor/spanMap.ts';
import { insertionAbove, insertionBelow, replacement, unchangedMap, type TargetOptions } from './editor/targetText.ts';
import { isIncomplete, joinResults, type SegmentText } from './shared/segmentResult.ts';
import { segment, segmentTexts, type Segmentation } from './shared/segments.ts';
import type { Task } from './shared/task.ts';
import { t } from './shared/words.ts';
import { partsOf } from './summaries/parts.ts';

/** One selection, or every comment of a document. */
export interface Work {
  readonly source: SourceText;
  /** What the engine reads: each paragraph by itself, or all of them as one text, in parts, where they are summed up. */
  readonly readings: readonly PlacedText[];
}

/** The prose of every selection; of the comment or paragraph at the cursor where a selection is empty. */
export function worksOf(document: SourceDocument, selections: readonly Range[], kind: Task['kind']): readonly Work[] | NothingToDo {
  const works: Work[] = [];
  let nothing: NothingToDo = { nothingToDo: t('Select the text to work on, then run the command again.') };
  for (const selection of selections) {
    const { start, end } = selection;
    const isEmpty = start.line === end.line && start.character === end.character;
    const range = isEmpty ? expandSelection(document, start) : selection;
    const source = 'nothingToDo' in range ? range : sourceText(document, range);
    if ('nothingToDo' in source) nothing = source;
    // Two cursors in one comment mean that comment once.
    else if (!works.some((work) => overlap(work.source.selection, source.selection))) works.push(workOf(source, kind));
  }
  return works.length > 0 ? works : nothing;
}

export function workOf(source: SourceText, kind: Task['kind']): Work {
  return { source, readings: kind === 'translate' ? paragraphReadings(source) : [wholeReading(source)] };
}

export function segmentsOf(works: readonly Work[]): string[] {
  return works.flatMap(({ readings }) => readings.flatMap(({ segmentation }) => segmentTexts(segmentation)));
}

/** Where the segments stand in the document that the works were read from. */
export function linkedSource(works: readonly Work[]): LinkedText {
  return linkedText(
    segmentsOf(works),
    works.flatMap(({ readings }) => readings),
  );
}

/** The target of each paragraph (or the one summary) of each selection. */
export function targetsOf(works: readonly Work[], task: Task, results: readonly SegmentText[]): Segmentation[][] {
  const targets = joinResults(
    task,
    works.flatMap(({ readings }) => readings.map(({ segmentation }) => segmentation)),
    results,
  );
  let done = 0;
  return works.map(({ readings }) => targets.slice(done, (done += readings.length)));
}

/** Prose without the marks of comments, a paragraph a line, or apart by an empty one. */
export function plainTextOf(works: readonly Work[], targets: readonly (readonly Segmentation[])[]): string {
  return works
    .map(({ source }, index) => {
      const texts = targets[index]!.map(({ text }) => text);
      if (texts.length !== source.paragraphs.length) return texts.join('\n\n');
      return source.paragraphs.map(({ lead }, at) => (at === 0 ? '' : lead === '' ? '\n\n' : '\n') + lead + texts[at]!).join('');
    })
    .join('\n\n');
}

/** Where in the document targets go; above, or as documentation, is for summaries. */
export type Placement = 'replace' | 'below' | 'above' | { readonly home: DocHome };

export function editsOf(how: Placement, { source }: Work, targets: readonly Segmentation[], options: TargetOptions): SourceEdits {
  const texts = targets.map(({ text }) => text);
  if (typeof how === 'object') return { source, edits: docLine(source.document, how.home, texts[0]!, options), unchanged: [] };
  switch (how) {
    case 'replace':
      return { source, edits: replacement(source, texts, options), unchanged: unchangedMap(source, texts) };
    case 'below':
      return { source, edits: insertionBelow(source, texts, options), unchanged: [] };
    case 'above':
      return { source, edits: insertionAbove(source, original(texts[0]!), options), unchanged: [] };
  }
}

/** Where sources and targets stand after the edits. A sentence that was left as it is stands for itself, as a source. */
export function linkedAfter(
  works: readonly Work[],
  targets: readonly (readonly Segmentation[])[],
  edits: readonly SourceEdits[],
  task: Task,
  results: readonly SegmentText[],
): { readonly source: LinkedText; readonly target: LinkedText } {
  const before = linkedSource(works);
  const kept = keptMap(before.map, edits);
  const written = writtenMaps(edits).flatMap((map, index) => placedTargets(targets[index]!, map));
  const isLeft = results.map((result) => isIncomplete(task, result));
  const isKept = (index: number): boolean => {
    const start = before.starts[index]!;
    return sliceMap(kept, { start, end: start + results[index]!.sourceText.length }).length > 0;
  };
  const left = linkedText(
    results.map(({ sourceText: text }) => text),
    written,
    (index) => isLeft[index]! && !isKept(index),
  );
  const target = linkedText(
    results.map(({ targetText }) => targetText),
    written,
    (index) => !isLeft[index]!,
  );
  return { source: { ...before, map: joinMaps(kept, left.map) }, target };
}

function paragraphReadings(source: SourceText): PlacedText[] {
  const offsetOf = offsetsOf(source.document);
  return source.paragraphs.map((paragraph) => ({ segmentation: segment(paragraph.text), map: paragraphMap(paragraph, offsetOf) }));
}

function wholeReading({ document, paragraphs }: SourceText): PlacedText {
  const offsetOf = offsetsOf(document);
  let length = 0;
  const maps = paragraphs.map((paragraph) => {
    const map = shiftMap(paragraphMap(paragraph, offsetOf), { from: length });
    length += paragraph.text.length + 1;
    return map;
  });
  return { segmentation: partsOf(paragraphs.map(({ text }) => text).join(' ')), map: maps.flat() };
}

/** Each target with its part of the map, which is from all of them, one directly behind the other. */
function placedTargets(targets: readonly Segmentation[], map: LinkedText['map']): PlacedText[] {
  let start = 0;
  return targets.map((segmentation) => {
    const own = shiftMap(sliceMap(map, { start, end: start + segmentation.text.length }), { from: -start });
    start += segmentation.text.length;
    return { segmentation, map: own };
  });
}

function overlap(one: Range, other: Range): boolean {
  const isBefore = (a: Range, b: Range): boolean =>
    a.end.line < b.start.line || (a.end.line === b.start.line && a.end.character <= b.start.character);
  return !isBefore(one, other) && !isBefore(other, one);
}
