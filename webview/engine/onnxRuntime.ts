/**
 * The one file that imports onnxruntime-web: sessions, tensors and devices. Knows nothing of models or text.
 *
 * package.json's `imports` says which build of it: the one with WebGPU is twice as large, and on wasm slower.
 */
import * as ort from '#onnxruntime';
import type { Device } from '../../src/shared/engineStatus.ts';
import { SaccadeError } from '../../src/shared/failure.ts';

export type Tensor = ort.Tensor;
export type Tensors = Readonly<Record<string, Tensor>>;

/** One loaded ONNX graph. */
export interface Graph {
  /** Runs the graph and computes only the outputs named in `wanted`. The caller disposes of the results. */
  run(feeds: Tensors, wanted: readonly string[]): Promise<Record<string, Tensor>>;
  release(): Promise<void>;
}

export interface GraphOptions {
  readonly device: Device;
  /** fp32 bytes of the file that the graph's external tensors point into. */
  readonly weights: Uint8Array;
  /** Outputs that are only fed to later runs and therefore stay in the device's memory. */
  readonly keepOnDevice?: readonly string[];
}

/** The name that the graphs of a model give their shared file of external tensors. */
const WEIGHTS_PATH = 'weights.bin';

/** The runtime makes its memory itself and tells nobody its size, so the memory is noted when it is made. */
let heap: WebAssembly.Memory | undefined;
WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
  construct(Memory, [descriptor]: [WebAssembly.MemoryDescriptor]) {
    const memory = new Memory(descriptor);
    // The runtime also makes an empty one, to see whether it may share memory.
    if (descriptor.initial > 0) heap = memory;
    return memory;
  },
});

/** Memory of the runtime, which grows and never shrinks; 0 before the first graph is loaded. */
export function heapBytes(): number {
  return heap?.buffer.byteLength ?? 0;
}

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
  const onGpu = options.device === 'webgpu' ? options.keepOnDevice : undefined;
  const sessionOptions: ort.InferenceSession.SessionOptions = {
    executionProviders: [{ name: options.device }],
    externalData: [{ path: WEIGHTS_PATH, data: options.weights }],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  };
  if (onGpu) sessionOptions.preferredOutputLocation = Object.fromEntries(onGpu.map((output) => [output, 'gpu-buffer']));
  const session = await inTurn(() => ort.InferenceSession.create(bytes, sessionOptions)).catch((error: unknown) => {
    throw new SaccadeError('device', `The graph ${name} cannot be loaded on ${options.device}: ${String(error)}`);
  });
  // Read once, by the first session; kept it would take as much memory as a third of the model.
  delete ort.env.wasm.wasmBinary;
  return {
    async run(feeds, wanted) {
      try {
        return await inTurn(() => session.run(feeds, [...wanted]));
      } catch (error) {
        throw new SaccadeError('device', `The model failed on ${options.device} (${name}: ${String(error)}). Run the command again.`);
      }
    },
    release: () => inTurn(() => session.release()),
  };
}

export function int32Tensor(values: readonly number[], dims: readonly number[]): Tensor {
  return new ort.Tensor('int32', Int32Array.from(values), dims);
}

export function float32Tensor(values: Float32Array, dims: readonly number[]): Tensor {
  return new ort.Tensor('float32', values, dims);
}

/** The numbers of a float32 tensor, wherever they are. */
export async function floatsOf(tensor: Tensor): Promise<Float32Array> {
  const data = await tensor.getData();
  if (!(data instanceof Float32Array)) throw new SaccadeError('badModel', `A graph gave ${tensor.type} where float32 was expected.`);
  return data;
}

export async function integersOf(tensor: Tensor): Promise<Int32Array> {
  const data = await tensor.getData();
  if (!(data instanceof Int32Array)) throw new SaccadeError('badModel', `A graph gave ${tensor.type} where int32 was expected.`);
  return data;
}

export function disposeAll(tensors: Iterable<Tensor>): void {
  for (const tensor of tensors) tensor.dispose();
}
