/** Figures as JSON lines: the median, and where the middle eight of ten runs lie. Knows no bench. */

export interface Spread {
  readonly median: number;
  /** The tenth part is below it; of few runs, the lowest. */
  readonly low: number;
  /** The tenth part is above it; of few runs, the highest. */
  readonly high: number;
  readonly runs: number;
}

/** Share of the runs below `low`, and above `high`. */
const TAIL = 0.1;

/** @param values at least one */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  const tail = Math.floor(TAIL * sorted.length);
  return { median: rounded(median), low: rounded(sorted[tail]!), high: rounded(sorted.at(-1 - tail)!), runs: sorted.length };
}

/** Four digits: more than these were never measured. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** One figure, or several that belong together, on a line of standard output. */
export function report(bench: string, figures: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify({ bench, ...figures }));
}
