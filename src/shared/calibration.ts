/** Which way of running the model is used, from the setting, the machine and what was measured on it. Knows no worker. */
import { ENGINE_PATHS, type DeviceChoice, type EnginePath } from './engineStatus.ts';
import type { Variant } from './hubLayout.ts';
import type { ModelReference } from './modelReference.ts';
import { t } from './words.ts';

/** A device, how it decodes, and which files of the model it is given. */
export interface EngineWay {
  readonly path: EnginePath;
  /** Undefined for models that come in one form. */
  readonly variant?: Variant | undefined;
}

/** How fast a way is here, or why it cannot be used. */
export type Measured = (EngineWay & { readonly secondsPerToken: number }) | (EngineWay & { readonly failure: string });

export interface Calibration {
  /** Adapter, driver, browser and model that it was measured with. */
  readonly key: string;
  readonly measured: readonly Measured[];
  /** What the ways were compared with; undefined where the model's files have that. */
  readonly reference?: ModelReference | undefined;
}

export interface Machine {
  /** What the browser says of the GPU, for example "google swiftshader"; undefined where it has none. */
  readonly gpu: string | undefined;
  /** Those that machine and model have, in the order of `ENGINE_PATHS`: wasm always. */
  readonly paths: readonly EnginePath[];
  /** Of a calibration that holds for this machine and model. */
  readonly key: string;
}

export interface EngineCandidate extends EngineWay {
  /** One sentence for the user, true once the candidate has passed its self-check. */
  readonly reason: string;
}

export interface EnginePlan {
  /** Best first; the last is wasm, which runs everywhere. */
  readonly candidates: readonly [EngineCandidate, ...EngineCandidate[]];
  /** To be measured while nobody waits; the plan is made again then. */
  readonly unmeasured: readonly EngineWay[];
}

/** Of a model that is there in several forms, those that any device runs first, the most exact before the smaller; of others none. */
type Variants = readonly Variant[];

export function planEngine(
  choice: DeviceChoice,
  { gpu, paths: there, key }: Machine,
  calibration: Calibration | undefined,
  variants: Variants = [],
): EnginePlan {
  const paths = gpu === undefined || choice === 'wasm' ? [] : choice === 'auto' ? there : pathsFrom(choice, there);
  // Where the user has chosen the device, there is a choice among the model's forms alone.
  const hasChoice = choice === 'auto' && gpu !== undefined;
  const measurable = hasChoice || variants.length > 1 ? waysOf(paths.length > 0 ? paths : ['wasm'], variants) : [];
  const holds = calibration?.key === key && measurable.every((way) => calibration.measured.some((other) => isSameWay(way, other)));
  if (holds && measurable.length > 0) return planMeasured(measurable, calibration.measured, variants);
  if (hasChoice) {
    const reason = t('WebGPU ({0}) is timed while nobody waits, and used if it is faster.', gpu);
    return { candidates: withWasm([], reason, variants), unmeasured: measurable };
  }
  const reasonForWasm =
    choice === 'wasm'
      ? t('The setting saccade.device asks for wasm.')
      : gpu === undefined
        ? t('WebGPU is not available here.')
        : t('WebGPU ({0}) was not used.', gpu);
  const onGpu = waysOf(paths, variants).map((way) => ({ ...way, reason: t('{0} passed the self-check.', wayName(way)) }));
  return { candidates: withWasm(onGpu, reasonForWasm, variants), unmeasured: measurable };
}

/** Those on the GPU that need no more than the one that was chosen. */
function pathsFrom(choice: EnginePath, there: readonly EnginePath[]): EnginePath[] {
  return there.filter((path) => path !== 'wasm' && ENGINE_PATHS.indexOf(path) >= ENGINE_PATHS.indexOf(choice));
}

/** After the GPU was lost for the second time in a run. */
export function planWithoutGpu(variants: Variants = []): EnginePlan {
  return { candidates: withWasm([], t('WebGPU was lost twice in one run.'), variants), unmeasured: [] };
}

export function isSameWay(one: EngineWay, other: EngineWay): boolean {
  return one.path === other.path && one.variant === other.variant;
}

/** The fastest first, up to the first on wasm, which does not fail. */
function planMeasured(measurable: readonly EngineWay[], measured: readonly Measured[], variants: Variants): EnginePlan {
  const own = measured.filter((each) => measurable.some((way) => isSameWay(way, each)));
  const timed = own.flatMap((each) => ('secondsPerToken' in each ? [each] : []));
  timed.sort((one, other) => one.secondsPerToken - other.secondsPerToken);
  const figures = timed.map((each) => `${wayName(each)} ${milliseconds(each.secondsPerToken)}`).join(', ');
  const reason = figures === '' ? '' : t('Measured here, a token takes: {0}.', figures);
  const failures = own.flatMap((each) => ('failure' in each ? [` ${failureName(each)}${each.failure}`] : []));
  const place = timed.findIndex(({ path }) => path === 'wasm');
  const best = timed.slice(0, place === -1 ? timed.length : place + 1).map(({ path, variant }) => ({ path, variant, reason }));
  return { candidates: withWasm(best, `${reason}${failures.join('')}`.trim(), variants), unmeasured: [] };
}

function waysOf(paths: readonly EnginePath[], variants: Variants): EngineWay[] {
  return variants.length === 0 ? paths.map((path) => ({ path })) : paths.flatMap((path) => variants.map((variant) => ({ path, variant })));
}

/** Wasm is the last to be tried, in every form of the model. */
function withWasm(before: readonly EngineCandidate[], reason: string, variants: Variants): EnginePlan['candidates'] {
  const onWasm = waysOf(['wasm'], variants).map((way): EngineCandidate => ({ ...way, reason }));
  const rest = onWasm.filter((way) => !before.some((other) => isSameWay(way, other)));
  const [first, ...others] = [...before.map((each) => (each.path === 'wasm' ? { ...each, reason } : each)), ...rest];
  return [first!, ...others];
}

function wayName({ path, variant }: EngineWay): string {
  const name = pathName(path);
  return variant === undefined ? name : `${name} (${variant})`;
}

function pathName(path: EnginePath): string {
  switch (path) {
    case 'webgpu-fp16':
      return t('WebGPU in half precision');
    case 'webgpu':
      return 'WebGPU';
    case 'webgpu-dynamic':
      return t('WebGPU without a recorded step');
    case 'wasm':
      return 'wasm';
  }
}

/** With several forms nobody could tell which one is meant. */
function failureName(way: EngineWay): string {
  return way.variant === undefined ? '' : `${wayName(way)}: `;
}

function milliseconds(seconds: number): string {
  return `${Number((seconds * 1000).toPrecision(2))} ms`;
}
