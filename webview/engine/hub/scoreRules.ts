/** Which tokens a model must not write, whatever it thinks of them: a part of the model, not of the search. */

export interface ScoreRules {
  readonly endToken: number;
  /** Never written. */
  readonly suppressed: readonly number[];
  /** Not written as the first token. */
  readonly suppressedAtFirst: readonly number[];
  /** A target does not end before it has so many. */
  readonly leastTokens: number;
  /** A target that has so many is ended, whatever it would say; undefined where it is left as it is. */
  readonly endedAt: number | undefined;
}

/**
 * Bars tokens in the scores of the next one.
 * @param logits `[rows, vocabulary]`, row-major; changed in place
 * @param written how many tokens each target has already
 */
export function applyScoreRules(logits: Float32Array, rows: number, written: number, rules: ScoreRules): void {
  const barred = [
    ...rules.suppressed,
    ...(written === 0 ? rules.suppressedAtFirst : []),
    ...(written < rules.leastTokens ? [rules.endToken] : []),
  ];
  const width = logits.length / rows;
  if (written + 1 === rules.endedAt) {
    for (let row = 0; row < rows; row++) {
      const end = row * width + rules.endToken;
      const score = logits[end]!;
      logits.fill(-Infinity, row * width, (row + 1) * width);
      logits[end] = score;
    }
    return;
  }
  for (let row = 0; row < rows; row++) for (const token of barred) if (token < width) logits[row * width + token] = -Infinity;
}
