/** What the engine is, says about itself, and has done: facts shown in the status bar, the panel and the command line. */
import type { Variant } from './hubLayout.ts';

export type Device = 'webgpu' | 'wasm';
/** A device and how it decodes: WebGPU replays a recorded step, which computes in fp16 or fp32, or runs each step anew. What needs most comes first. */
export const ENGINE_PATHS = ['webgpu-fp16', 'webgpu', 'webgpu-dynamic', 'wasm'] as const;
export type EnginePath = (typeof ENGINE_PATHS)[number];
/** The `saccade.device` setting. */
export type DeviceChoice = 'auto' | EnginePath;

export function deviceOf(path: EnginePath): Device {
  return path === 'wasm' ? 'wasm' : 'webgpu';
}

export function isRecorded(path: EnginePath): boolean {
  return path === 'webgpu' || path === 'webgpu-fp16';
}

/** What decoder steps compute in. */
export type StepPrecision = 'float32' | 'float16';

export function precisionOf(path: EnginePath): StepPrecision {
  return path === 'webgpu-fp16' ? 'float16' : 'float32';
}

export interface EngineInfo {
  readonly modelId: string;
  readonly path: EnginePath;
  /** How its weights are stored; undefined where its files do not tell. */
  readonly variant: Variant | undefined;
  /** Why this one: what was tried, and what became of it. One sentence for the user. */
  readonly reason: string;
  /** What the browser says of the GPU, for example "google swiftshader". */
  readonly adapter?: string;
  readonly loadSeconds: number;
}

export type EngineStatus =
  | { readonly state: 'idle' }
  /** Nobody needed the engine for this long, so its memory was given back. */
  | { readonly state: 'released'; readonly idleMinutes: number }
  | { readonly state: 'loading'; readonly stage: string; readonly loadedBytes: number; readonly totalBytes: number }
  | {
      readonly state: 'ready';
      readonly info: EngineInfo;
      /** Memory of the runtime in each worker; a GPU's own memory is not in it. */
      readonly heapBytes: readonly number[];
    }
  | { readonly state: 'failed'; readonly message: string };

/** What one run took. Times in seconds, those of all workers added up. */
export interface RunMeasures {
  readonly sourceTokens: number;
  readonly targetTokens: number;
  readonly encodeSeconds: number;
  readonly decodeSeconds: number;
}

/** A run's measures and what it ran on. */
export interface RunFacts extends RunMeasures, Pick<EngineInfo, 'path' | 'reason'> {}
