/** What a disk says when it refuses, in words for the user. */
import { SaccadeError } from '../../shared/failure.ts';
import { t } from '../../shared/words.ts';

export function diskFailure(error: unknown, place: string): Error {
  if (error instanceof SaccadeError || !(error instanceof Error)) return error as Error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(place);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new SaccadeError('download', t('{0} must not be written to. Change its permissions, then add the model again.', place));
  return error;
}

export function diskFull(place: string): SaccadeError {
  return new SaccadeError('download', t('The disk with {0} is full. Make room, then add the model again; what has come is kept.', place));
}
