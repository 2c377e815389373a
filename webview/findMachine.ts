/** What the browser says of the machine: its GPU, where it has one. Knows no engine. */
import type { Machine } from '../src/shared/calibration.ts';
import { ENGINE_PATHS, isRecorded, precisionOf } from '../src/shared/engineStatus.ts';
import { isHubLayout } from '../src/shared/hubLayout.ts';
import type { PageFile } from '../src/shared/messages.ts';
import { t } from '../src/shared/words.ts';

/** @param files of the model: other ones are as fast as nobody knows */
export async function findMachine(files: readonly PageFile[]): Promise<Machine> {
  const model = files.map(({ sha256 }) => sha256.slice(0, 8)).join('');
  const adapter = 'gpu' in navigator ? await navigator.gpu.requestAdapter().catch(() => null) : null;
  if (!adapter) return { gpu: undefined, paths: ['wasm'], key: ['', navigator.userAgent, model].join('|') };
  const { vendor, architecture, device, description } = adapter.info;
  // Models in Hugging Face layout have no step that a GPU could record.
  const hasSteps = !isHubLayout(files.map(({ path }) => path));
  const hasHalf = adapter.features.has('shader-f16');
  return {
    gpu: [vendor, architecture].filter(Boolean).join(' ') || t('unnamed adapter'),
    paths: ENGINE_PATHS.filter((path) => (hasSteps || !isRecorded(path)) && (hasHalf || precisionOf(path) !== 'float16')),
    // A driver has no field of its own; where the browser tells it, it is in the description.
    key: [vendor, architecture, device, description, navigator.userAgent, model].join('|'),
  };
}
