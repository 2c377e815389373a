/** Runs long work a little at a time, so that whoever shares the thread is not kept waiting. Does not know the work. */

/** Short enough that two of them and what else the host does stay below what a user notices. */
const SLICE_MILLISECONDS = 12;

export interface Slicing {
  readonly sliceMilliseconds?: number;
  /** Between slices, for work that nobody waits for. */
  readonly restMilliseconds?: number;
}

/** The generator yields wherever it may be interrupted. Ends early, with undefined, once `isOver` says so. */
export async function inSlices<Result>(
  work: Generator<unknown, Result>,
  isOver: () => boolean = () => false,
  { sliceMilliseconds = SLICE_MILLISECONDS, restMilliseconds = 0 }: Slicing = {},
): Promise<Result | undefined> {
  for (;;) {
    const end = performance.now() + sliceMilliseconds;
    do {
      const step = work.next();
      if (step.done === true) return step.value;
    } while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve, restMilliseconds));
    if (isOver()) return undefined;
  }
}

/** All of it at once. */
export function atOnce<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
