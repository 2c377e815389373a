/**
 * The one file that imports onnxruntime-web: sessions, tensors and devices. Knows nothing of models or text.
 *
 * package.json's `imports` says which build of it: the one with WebGPU is twice as large, and on wasm slower.
 */
import * as ort from '#onnxruntime';
import type { Device } from '../../src/shared/engineStatus.ts';
import { SaccadeError } from '../../src/shared/failure.ts';
import { t } from '../../src/shared/words.ts';
import { fromHalfPrecision } from './halfPrecision.ts';
import { noteHeap } from './wasmHeaps.ts';

export type Tensor = ort.Tensor;
export type Tensors = Readonly<Record<string, Tensor>>;

/** One loaded ONNX graph. */
export interface Graph {
  /** Runs the graph and computes only the outputs named in `wanted`. The caller disposes of the results. */
  run(feeds: Tensors, wanted: readonly string[]): Promise<Record<string, Tensor>>;
  /** Runs the graph, all of whose outputs go into these tensors of the device's. */
  runInto(feeds: Tensors, outputs: Tensors): Promise<void>;
  release(): Promise<void>;
}

export interface GraphOptions {
  readonly device: Device;
  /** fp32 bytes of the file that the graph's external tensors point into. */
  readonly weights: Uint8Array;
  /** Further files that its external tensors point into, by name. */
  readonly otherWeights?: ReadonlyMap<string, Uint8Array>;
  /** Outputs that are only fed to later runs and therefore stay in the device's memory. */
  readonly keepOnDevice?: readonly string[];
  /** Whether the graph is exported as it is to run: on wasm the runtime's optimizer makes such a graph no faster, and is a sixth of a cold start. */
  readonly isOptimized?: boolean;
}

/** The name that the graphs of a model give their shared file of external tensors. */
export const WEIGHTS_LOCATION = 'weights.bin';

/** The runtime makes its memory itself and tells nobody its size, so the memory is noted when it is made. */
WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
  construct(Memory, [descriptor]: [WebAssembly.MemoryDescriptor]) {
    const memory = new Memory(descriptor);
    // The runtime also makes an empty one, to see whether it may share memory.
    if (descriptor.initial > 0) noteHeap(memory);
    return memory;
  },
});

/** Must be called once, before the first graph is loaded: the engine never fetches. */
export function provideWasm(wasm: ArrayBuffer | Uint8Array): void {
  ort.env.wasm.wasmBinary = wasm;
  // Webviews are not cross-origin isolated, so there is no SharedArrayBuffer to run threads on.
  ort.env.wasm.numThreads = 1;
}

/** onnxruntime-web hangs without an error when runs overlap, and cannot create sessions in parallel: all take turns. */
let turn: Promise<unknown> = Promise.resolve();
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const result = turn.then(work);
  turn = result.catch(() => undefined);
  return result;
}

/** @throws SaccadeError of kind "device" where the device cannot run the graph. */
export async function loadGraph(name: string, bytes: Uint8Array, options: GraphOptions): Promise<Graph> {
  const { device, weights, otherWeights = new Map<string, Uint8Array>(), keepOnDevice = [], isOptimized = false } = options;
  const onGpu = device === 'webgpu' && keepOnDevice.length > 0;
  const preferredOutputLocation = Object.fromEntries(keepOnDevice.map((output) => [output, 'gpu-buffer'] as const));
  const externalData = [...otherWeights].map(([path, data]) => ({ path, data }));
  const more = externalData.length > 0 ? { externalData: [{ path: WEIGHTS_LOCATION, data: weights }, ...externalData] } : {};
  const session = await openSession(name, bytes, device, weights, {
    graphOptimizationLevel: isOptimized && device === 'wasm' ? 'disabled' : 'all',
    ...more,
    ...(onGpu ? { preferredOutputLocation } : {}),
  });
  const run = runner(name, options.device, session);
  return {
    run: (feeds, wanted) => run(feeds, [...wanted]),
    async runInto(feeds, outputs) {
      await run(feeds, outputs);
    },
    release: () => inTurn(() => session.release()),
  };
}

async function openSession(
  name: string,
  bytes: Uint8Array,
  device: Device,
  weights: Uint8Array,
  more: ort.InferenceSession.SessionOptions,
): Promise<ort.InferenceSession> {
  const options: ort.InferenceSession.SessionOptions = {
    // As an object: with the bare name the runtime drops the wish for a capture without a word.
    executionProviders: [{ name: device }],
    externalData: [{ path: WEIGHTS_LOCATION, data: weights }],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    ...more,
  };
  const session = await inTurn(() => ort.InferenceSession.create(bytes, options)).catch((error: unknown) => {
    throw new SaccadeError('device', t('The graph {0} cannot be loaded on {1}: {2}', name, device, String(error)));
  });
  // Read once, by the first session; kept it would take as much memory as a third of the model.
  delete ort.env.wasm.wasmBinary;
  return session;
}

/** A graph whose commands the device has recorded. */
export interface CapturedGraph {
  /** Plays them again: the host sends no data and waits for nothing. */
  replay(): Promise<void>;
  release(): Promise<void>;
}

export interface CaptureOptions {
  readonly weights: Uint8Array;
  /** Its symbolic dimensions, which a recording fixes. */
  readonly dimensions: Readonly<Record<string, number>>;
  /** All of its inputs and outputs, in buffers that a graph has made: the runtime cannot replay with others. */
  readonly inputs: Tensors;
  readonly outputs: Tensors;
}

/**
 * Runs a graph on WebGPU, twice: what it asks of the GPU is recorded and then played. What it leaves in its buffers means nothing.
 * @throws SaccadeError of kind "device" where any node is not on the GPU, or the GPU fails
 */
export async function captureGraph(name: string, bytes: Uint8Array, options: CaptureOptions): Promise<CapturedGraph> {
  const { weights, dimensions, inputs, outputs } = options;
  const session = await openSession(name, bytes, 'webgpu', weights, { enableGraphCapture: true, freeDimensionOverrides: dimensions });
  const run = runner(name, 'webgpu', session);
  await run(inputs, outputs);
  const wanted = Object.keys(outputs);
  return {
    async replay() {
      // The buffers are bound since the first run; given again as outputs, each would cost the runtime a handle that is never let go.
      disposeAll(Object.values(await run(inputs, wanted)));
    },
    release: () => inTurn(() => session.release()),
  };
}

type RunSession = (feeds: Tensors, wanted: string[] | Tensors) => Promise<Record<string, Tensor>>;

function runner(name: string, device: Device, session: ort.InferenceSession): RunSession {
  return async (feeds, wanted) => {
    try {
      const running = inTurn(() => (Array.isArray(wanted) ? session.run(feeds, wanted) : session.run(feeds, wanted)));
      // What was asked of a lost GPU may never be answered.
      return await Promise.race(device === 'webgpu' ? [running, gpuLoss()] : [running]);
    } catch (error) {
      throw new SaccadeError('device', t('The model failed on {0} ({1}). Run the command again.', device, `${name}: ${String(error)}`));
    }
  };
}

/** The runtime's own; there is one once a graph was loaded on WebGPU. */
export function gpuDevice(): Promise<GPUDevice> {
  return Promise.resolve(ort.env.webgpu.device);
}

let loss: Promise<never> | undefined;

/** Rejects when the GPU is lost. */
function gpuLoss(): Promise<never> {
  if (loss) return loss;
  loss = gpuDevice().then(async (device) => {
    const { message } = await device.lost;
    throw new Error(`the GPU was lost: ${message || 'no reason given'}`);
  });
  loss.catch(() => undefined);
  return loss;
}

const ERROR_FILTERS: readonly GPUErrorFilter[] = ['validation', 'out-of-memory', 'internal'];

/**
 * What `work` gives, unless WebGPU reports an error meanwhile: kernels fail without failing the run that asked for them.
 * @throws SaccadeError of kind "device" with the first error
 */
export async function withoutGpuErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  const device = await gpuDevice();
  for (const filter of ERROR_FILTERS) device.pushErrorScope(filter);
  const popErrors = (): Promise<(GPUError | null)[]> => Promise.all(ERROR_FILTERS.map(() => device.popErrorScope()));
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    popErrors().catch(() => undefined);
    throw error;
  }
  const error = (await popErrors()).find((found) => found !== null);
  if (error) throw new SaccadeError('device', t('The model failed on {0} ({1}). Run the command again.', 'webgpu', error.message));
  return result;
}

export function int32Tensor(values: ArrayLike<number>, dims: readonly number[]): Tensor {
  return new ort.Tensor('int32', Int32Array.from(values), dims);
}

export function int64Tensor(values: readonly number[], dims: readonly number[]): Tensor {
  return new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims);
}

export function booleanTensor(value: boolean): Tensor {
  return new ort.Tensor('bool', [value], [1]);
}

/** A tensor without a number. */
export function emptyTensor(type: 'float32' | 'float16', dims: readonly number[]): Tensor {
  return type === 'float32' ? new ort.Tensor('float32', [], dims) : new ort.Tensor('float16', new Uint16Array(0), dims);
}

export function float32Tensor(values: Float32Array, dims: readonly number[]): Tensor {
  return new ort.Tensor('float32', values, dims);
}

/** The numbers of a float tensor, wherever they are. */
export async function floatsOf(tensor: Tensor): Promise<Float32Array> {
  const data = await tensor.getData();
  if (tensor.type === 'float16') return fromHalfPrecision(data as Uint16Array);
  if (!(data instanceof Float32Array))
    throw new SaccadeError('badModel', t('A graph gave {0} where {1} was expected.', tensor.type, 'float32'));
  return data;
}

export async function integersOf(tensor: Tensor): Promise<Int32Array> {
  const data = await tensor.getData();
  if (!(data instanceof Int32Array))
    throw new SaccadeError('badModel', t('A graph gave {0} where {1} was expected.', tensor.type, 'int32'));
  return data;
}

export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export function disposeAll(tensors: Iterable<Tensor>): void {
  for (const tensor of tensors) tensor.dispose();
}
