/** Times the ways of running the model, one after the other, while nobody waits for the engine. Knows neither pool nor panel. */
import type { Calibration, EngineCandidate, EngineWay, Measured } from '../src/shared/calibration.ts';
import { failureOf } from '../src/shared/failure.ts';

/**
 * Starts a way in a worker of its own, which passes the self-check, and times it: seconds a token, of each repeat.
 * @throws the signal's reason once aborted
 */
export type MeasureWay = (way: EngineWay, signal: AbortSignal) => Promise<readonly number[]>;

export interface CalibrationTask extends Omit<Calibration, 'measured'> {
  readonly ways: readonly EngineWay[];
  readonly measure: MeasureWay;
  /** What a calibration with this key chooses. */
  readonly best: (calibration: Calibration) => EngineCandidate;
}

/** @throws the signal's reason once aborted */
export async function calibrate(
  { key, reference, ways, measure }: Omit<CalibrationTask, 'best'>,
  signal: AbortSignal,
): Promise<Calibration> {
  const measured: Measured[] = [];
  for (const way of ways) {
    signal.throwIfAborted();
    try {
      measured.push({ ...way, secondsPerToken: median(await measure(way, signal)) });
    } catch (error) {
      signal.throwIfAborted();
      measured.push({ ...way, failure: failureOf(error).message });
    }
  }
  return { key, measured, reference };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** How long nobody must have needed the engine before it is timed. */
const QUIET_SECONDS = 3;

/** Calibrates in quiet times: what disturbs it, or would be disturbed by it, makes it begin again. */
export class QuietCalibration {
  private task: CalibrationTask | undefined;
  private busy = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: AbortController | undefined;

  /** @param done is called while nobody needs the engine */
  constructor(private readonly done: (calibration: Calibration, best: EngineCandidate) => void) {}

  /** @param task undefined where there is nothing to measure */
  begin(task: CalibrationTask | undefined): void {
    this.task = task;
    this.wait();
  }

  /** Whether somebody waits for the engine, or it is not there; busy at first. */
  setBusy(busy: boolean): void {
    if (busy === this.busy) return;
    this.busy = busy;
    this.wait();
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.running?.abort(new DOMException('The engine is needed.', 'AbortError'));
    this.running = undefined;
    const { task } = this;
    if (this.busy || !task) return;
    this.timer = setTimeout(() => void this.calibrate(task), QUIET_SECONDS * 1000);
  }

  private async calibrate(task: CalibrationTask): Promise<void> {
    const running = new AbortController();
    this.running = running;
    const calibration = await calibrate(task, running.signal).catch(() => undefined);
    if (this.running !== running || !calibration) return;
    this.task = undefined;
    this.running = undefined;
    this.done(calibration, task.best(calibration));
  }
}
