/** The one door to an engine: the bytes of a model folder, whoever made the model. The same for the worker and the command line. */
import { isHubLayout } from '../../src/shared/hubLayout.ts';
import type { ArrivingFiles } from './arrivingFiles.ts';
import type { Engine } from './engine.ts';
import { loadHubEngine } from './hub/loadHubEngine.ts';
import { loadOwnEngine } from './loadOwnEngine.ts';

/** @throws SaccadeError of kind "badModel", or of kind "device" where the device does not give the right answers */
export function loadEngine(files: ArrivingFiles): Promise<Engine> {
  return isHubLayout(files.files.keys()) ? loadHubEngine(files) : loadOwnEngine(files);
}
