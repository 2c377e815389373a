/** What the product chooses for a model on this machine: at first, and once it has measured. Knows no bench and no test. */
import type { Calibration } from '../../../src/shared/calibration.ts';
import type { EngineInfo } from '../../../src/shared/engineStatus.ts';
import type { HostToPage } from '../../../src/shared/messages.ts';
import { calibrate } from '../../../webview/calibration.ts';
import { startEngine, type StartedEngine } from '../../../webview/startEngine.ts';
import { UNHEARD } from '../../../webview/wayStarter.ts';

export interface Chosen {
  readonly first: EngineInfo;
  readonly calibration: Calibration | undefined;
  /** Undefined where there was nothing to measure. */
  readonly next: EngineInfo | undefined;
}

/** As the product starts: the engine at first, what is measured while nobody waits, and the engine of the next start. */
export async function chooseWay(load: HostToPage['load']): Promise<Chosen> {
  const start = (calibrations: readonly Calibration[]): Promise<StartedEngine> =>
    startEngine({
      request: { ...load, calibrations },
      mayUseGpu: true,
      events: UNHEARD,
      signal: new AbortController().signal,
      onLoading: () => undefined,
    });
  const first = await start([]);
  const calibration = first.calibration && (await calibrate(first.calibration, new AbortController().signal));
  const next = calibration && (await start([calibration]));
  first.worker.terminate();
  next?.worker.terminate();
  return { first: first.info, calibration, next: next?.info };
}
