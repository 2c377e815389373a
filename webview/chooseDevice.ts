/** Which devices to try, in order, and why. Knows no model. */
import type { Device, DeviceChoice } from '../src/shared/engineStatus.ts';

export interface DeviceCandidate {
  readonly device: Device;
  /** One sentence for the user, true once the candidate has passed its self-check. */
  readonly reason: string;
  /** What the browser says of its GPU. */
  readonly adapter?: string;
}

/** The first is the best; the last is wasm, which runs everywhere. */
export async function deviceCandidates(choice: DeviceChoice): Promise<readonly [DeviceCandidate, ...DeviceCandidate[]]> {
  if (choice === 'wasm') return [{ device: 'wasm', reason: 'The setting saccade.device asks for wasm.' }];
  const adapter = await gpuAdapter();
  if (adapter === undefined) return [{ device: 'wasm', reason: 'WebGPU is not available here.' }];
  return [
    { device: 'webgpu', reason: 'WebGPU passed the self-check.', adapter },
    { device: 'wasm', reason: `WebGPU (${adapter}) was not used.` },
  ];
}

async function gpuAdapter(): Promise<string | undefined> {
  if (!('gpu' in navigator)) return undefined;
  const adapter = await navigator.gpu.requestAdapter().catch(() => null);
  if (!adapter) return undefined;
  return [adapter.info.vendor, adapter.info.architecture].filter(Boolean).join(' ') || 'unnamed adapter';
}
