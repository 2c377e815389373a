/** A text of a run on its way through the batches: as the encoder reads it, where its result belongs, which terms it must have. Knows no model. */
import type { SegmentResult } from '../../src/shared/segmentResult.ts';
import { missingTargets, type PlacedTerm } from '../../src/shared/terms.ts';
import type { SourceTokens } from './sourceTokens.ts';

export interface BatchText extends SourceTokens {
  /** Indices among the source texts: of equal ones, all. */
  readonly places: readonly number[];
  /** Terms whose translations its target must have. */
  readonly wanted: readonly PlacedTerm[];
  /** Those of them that the model reads as protected spans. */
  readonly protectedTerms: readonly PlacedTerm[];
}

/** How many source texts they stand for. */
export function countPlaces(texts: readonly BatchText[]): number {
  return texts.reduce((sum, { places }) => sum + places.length, 0);
}

/** The terms that are protected already, and those whose translations the target lacks. */
export function termsToProtect({ wanted, protectedTerms }: BatchText, target: string): readonly PlacedTerm[] {
  const missing = missingTargets(wanted, target);
  return wanted.filter((term) => missing.has(term.target) || protectedTerms.includes(term));
}

/** A target that the model did not write. */
export function unwrittenResult({ protectedText: { written }, sourceIds }: BatchText, target: string): SegmentResult {
  return {
    ...{ sourceText: written, targetText: target, sourceIds, targetIds: [] },
    ...{ protectedTerms: [], overruled: [], truncated: false, lostSpans: [], nBest: [] },
  };
}
