/** What the browser says of its GPU. Knows no engine. */
import type { Gpu } from '../src/shared/calibration.ts';
import type { PageFile } from '../src/shared/messages.ts';
import { t } from '../src/shared/words.ts';

/** @param files of the model: other ones are as fast as nobody knows */
export async function findGpu(files: readonly PageFile[]): Promise<Gpu | undefined> {
  if (!('gpu' in navigator)) return undefined;
  const adapter = await navigator.gpu.requestAdapter().catch(() => null);
  if (!adapter) return undefined;
  const { vendor, architecture, device, description } = adapter.info;
  const model = files.map(({ sha256 }) => sha256.slice(0, 8)).join('');
  return {
    name: [vendor, architecture].filter(Boolean).join(' ') || t('unnamed adapter'),
    // A driver has no field of its own; where the browser tells it, it is in the description.
    key: [vendor, architecture, device, description, navigator.userAgent, model].join('|'),
  };
}
