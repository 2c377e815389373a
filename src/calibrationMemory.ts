/** Keeps the newest calibration of this machine from window to window. */
import type * as vscode from 'vscode';
import type { Calibration } from './shared/calibration.ts';

const KEY = 'saccade.calibration';

export interface CalibrationMemory {
  readonly read: () => Calibration | undefined;
  readonly keep: (calibration: Calibration) => void;
}

export function calibrationMemory(state: vscode.Memento): CalibrationMemory {
  return {
    read: () => state.get<Calibration>(KEY),
    keep: (calibration) => void state.update(KEY, calibration),
  };
}
