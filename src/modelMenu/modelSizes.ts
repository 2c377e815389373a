/** How large models are, for people. */
import { t } from '../shared/words.ts';

export function sizeOf(bytes: number): string {
  return bytes < 1e6 ? t('{0} kB', Math.ceil(bytes / 1e3)) : t('{0} MB', bytes < 10e6 ? (bytes / 1e6).toFixed(1) : Math.round(bytes / 1e6));
}
