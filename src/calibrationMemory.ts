/** Keeps the calibrations of this machine from window to window, one for each model and GPU. */
import type * as vscode from 'vscode';
import type { Calibration } from './shared/calibration.ts';

const KEY = 'saccade.calibrations';
const MOST_KEPT = 8;

export interface CalibrationMemory {
  /** The newest first. */
  readonly read: () => readonly Calibration[];
  readonly keep: (calibration: Calibration) => void;
}

export function calibrationMemory(state: vscode.Memento): CalibrationMemory {
  const read = (): readonly Calibration[] => state.get<readonly Calibration[]>(KEY) ?? [];
  return {
    read,
    keep(calibration) {
      const others = read().filter(({ key }) => key !== calibration.key);
      void state.update(KEY, [calibration, ...others].slice(0, MOST_KEPT));
    },
  };
}
