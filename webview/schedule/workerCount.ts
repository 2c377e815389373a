/** How many workers are worth their while. Knows no worker. */

/** Each takes the memory of a whole model. */
const MOST_WORKERS = 4;
/** Up to this many cores are all given to the model; above, one stays with the page and the editor. */
const FEW_CORES = 4;

/** @param cores of the machine, as the browser counts them */
export function mostWorkers(cores: number): number {
  return Math.max(1, Math.min(MOST_WORKERS, cores > FEW_CORES ? cores - 1 : cores));
}

/**
 * How many workers a run is worth: one more where it saves at least twice the time that its start takes, because its start also takes a
 * core and memory that others could use.
 * @param workSeconds what is left of the run, on one worker
 * @param startSeconds until one more worker is loaded
 */
export function worthwhileWorkers(workSeconds: number, startSeconds: number, most: number): number {
  let workers = 1;
  while (workers < most && workSeconds / workers - workSeconds / (workers + 1) > 2 * startSeconds) workers++;
  return workers;
}
