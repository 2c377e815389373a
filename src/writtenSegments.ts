/** The segments of a run whose translations an edit has put into a document. Knows neither the edit nor VS Code. */
import type { LinkedText } from './editor/linkedText.ts';
import { sliceMap } from './editor/spanMap.ts';
import type { SegmentText } from './shared/segmentResult.ts';
import type { Span } from './shared/span.ts';

export interface WrittenSegment {
  readonly source: string;
  readonly target: string;
  /** In the document, right after the edit that wrote it; what stands within may have line breaks and marks of comments. */
  readonly span: Span;
}

/** @param target where the targets of `results` stand after the edit */
export function writtenSegments(results: readonly SegmentText[], { starts, map }: LinkedText): WrittenSegment[] {
  return results.flatMap(({ sourceText: source, targetText: target }, index): WrittenSegment[] => {
    const start = starts[index]!;
    const pieces = sliceMap(map, { start, end: start + target.length });
    if (pieces.length === 0 || target === source) return [];
    const last = pieces.at(-1)!;
    return [{ source, target, span: { start: pieces[0]!.to, end: last.to + last.length } }];
  });
}
