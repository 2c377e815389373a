/** The facts of the last run for whoever automates the panel; not shown. */
import { deviceOf, type RunFacts } from '../src/shared/engineStatus.ts';
import type { Inspection } from '../src/shared/inspection.ts';

export interface LastRun {
  readonly inspection: Inspection;
  readonly facts: RunFacts;
  readonly loadSeconds: number;
  readonly inspectSeconds: number;
}

/** Puts an element at the end of the page; the function writes a run's facts into it, as JSON. */
export function createLastRun(): (run: LastRun) => void {
  const output = document.createElement('output');
  output.id = 'saccade-last-run';
  output.hidden = true;
  document.body.append(output);
  return ({ inspection, facts, loadSeconds, inspectSeconds }) => {
    output.textContent = JSON.stringify({
      sourceText: inspection.sourceText,
      targetText: inspection.targetText,
      device: deviceOf(facts.path),
      deviceReason: facts.reason,
      sourceTokens: facts.sourceTokens,
      targetTokens: facts.targetTokens,
      seconds: { load: loadSeconds, encode: facts.encodeSeconds, decode: facts.decodeSeconds, inspect: inspectSeconds },
      argmaxAgrees: inspection.mismatches.length === 0,
    });
  };
}
