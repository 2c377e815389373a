/** A saved run of what came out under an intervention, with the intervention and what the model then thinks of the target before. */
import type { WhatIf } from '../shared/question.ts';
import type { SegmentResult } from '../shared/segmentResult.ts';

/** Whoever opens saved runs passes over the two members that are added. */
export function withIntervention(savedRun: string, whatIf: WhatIf, original: SegmentResult): string {
  const { intervention, originalLogProbabilities } = whatIf;
  const { targetText, targetIds } = original;
  const more = { intervention, original: { targetText, targetIds, logProbabilities: Array.from(originalLogProbabilities) } };
  return `${JSON.stringify({ ...(JSON.parse(savedRun) as object), ...more })}\n`;
}
