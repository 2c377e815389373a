/** Numbers of bytes as users read them. Pure. */
import { t } from '../../src/shared/words.ts';

const MEGABYTE = 1e6;

/** "3.1 of 41.0 MB"; without a total only what is there. */
export function byteProgress(loaded: number, total: number): string {
  return total > 0 ? t('{0} of {1} MB', megabytes(loaded), megabytes(total)) : t('{0} MB', megabytes(loaded));
}

/** "105.0 + 98.2 MB" */
export function byteSum(parts: readonly number[]): string {
  return t('{0} MB', parts.map(megabytes).join(' + '));
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}
