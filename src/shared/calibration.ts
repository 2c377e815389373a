/** Which way of running the model is used, from the setting, the GPU and what was measured on this machine. Knows no worker. */
import type { DeviceChoice, EnginePath } from './engineStatus.ts';
import { t } from './words.ts';

/** How fast a path is here, or why it cannot be used. */
export type Measured =
  { readonly path: EnginePath; readonly secondsPerToken: number } | { readonly path: EnginePath; readonly failure: string };

export interface Calibration {
  /** Adapter, driver, browser and model that it was measured with. */
  readonly key: string;
  readonly measured: readonly Measured[];
}

export interface Gpu {
  /** What the browser says of it, for example "google swiftshader". */
  readonly name: string;
  /** Of a calibration that holds for this machine and model. */
  readonly key: string;
}

export interface EngineCandidate {
  readonly path: EnginePath;
  /** One sentence for the user, true once the candidate has passed its self-check. */
  readonly reason: string;
}

export interface EnginePlan {
  /** Best first; the last is wasm, which runs everywhere. */
  readonly candidates: readonly [EngineCandidate, ...EngineCandidate[]];
  /** To be measured while nobody waits; the plan is made again then. */
  readonly unmeasured: readonly EnginePath[];
}

const PATHS: readonly EnginePath[] = ['webgpu', 'webgpu-dynamic', 'wasm'];

/** @param gpu undefined where the browser has none */
export function planEngine(choice: DeviceChoice, gpu: Gpu | undefined, calibration: Calibration | undefined): EnginePlan {
  if (choice === 'wasm') return only(t('The setting saccade.device asks for wasm.'));
  if (gpu === undefined) return only(t('WebGPU is not available here.'));
  if (choice !== 'auto') {
    const paths = PATHS.slice(PATHS.indexOf(choice), -1);
    const onGpu = paths.map((path): EngineCandidate => ({ path, reason: t('{0} passed the self-check.', pathName(path)) }));
    return { candidates: withWasm(onGpu, t('WebGPU ({0}) was not used.', gpu.name)), unmeasured: [] };
  }
  if (calibration?.key !== gpu.key) {
    const reason = t('WebGPU ({0}) is timed while nobody waits, and used if it is faster.', gpu.name);
    return { candidates: [{ path: 'wasm', reason }], unmeasured: PATHS };
  }
  const timed = calibration.measured.flatMap((each) => ('secondsPerToken' in each ? [each] : []));
  timed.sort((one, other) => one.secondsPerToken - other.secondsPerToken);
  const figures = timed.map(({ path, secondsPerToken }) => `${pathName(path)} ${milliseconds(secondsPerToken)}`).join(', ');
  const failures = calibration.measured.flatMap((each) => ('failure' in each ? [` ${each.failure}`] : []));
  const measured = figures === '' ? '' : t('Measured here, a token takes: {0}.', figures);
  const place = timed.findIndex(({ path }) => path === 'wasm');
  const beforeWasm = timed.slice(0, place === -1 ? timed.length : place).map(({ path }) => ({ path, reason: measured }));
  return { candidates: withWasm(beforeWasm, `${measured}${failures.join('')}`.trim()), unmeasured: [] };
}

/** After the GPU was lost for the second time in a run. */
export function planWithoutGpu(): EnginePlan {
  return only(t('WebGPU was lost twice in one run.'));
}

function only(reason: string): EnginePlan {
  return { candidates: [{ path: 'wasm', reason }], unmeasured: [] };
}

function withWasm(candidates: readonly EngineCandidate[], reason: string): EnginePlan['candidates'] {
  const [first, ...rest] = [...candidates, { path: 'wasm' as const, reason }];
  return [first, ...rest];
}

function pathName(path: EnginePath): string {
  return path === 'webgpu-dynamic' ? t('WebGPU without a recorded step') : path === 'webgpu' ? 'WebGPU' : 'wasm';
}

function milliseconds(seconds: number): string {
  return `${Number((seconds * 1000).toPrecision(2))} ms`;
}
