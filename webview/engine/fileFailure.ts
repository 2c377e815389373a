/** What users are told of a model's file that is not as it should be. What exactly is wrong with it stays in English: it is for whoever made the file. */
import { SaccadeError } from '../../src/shared/failure.ts';
import { t } from '../../src/shared/words.ts';

/** Of a model of ours. @param what such as "is cut off" */
export function damagedFile(file: string, what: string): SaccadeError {
  return new SaccadeError('badModel', t('{0} is damaged ({1}). Reinstall the model.', file, what));
}

/** Of a model of somebody else's. @param what such as "has no model" */
export function unusableFile(file: string, what: string): SaccadeError {
  return new SaccadeError('badModel', t('{0} cannot be used ({1}). Download the model again, or choose another.', file, what));
}
