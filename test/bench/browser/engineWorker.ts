/** The engine in a worker, as webview/engine/worker.ts has it, with what only the bench asks: where time went, what the GPU was asked, memory. */
import { countsSince, gpuCounts } from './gpuCounters.ts';
import * as ort from '#onnxruntime';
import { arraysOf } from '../../../src/shared/inspection.ts';
import type { SegmentResult } from '../../../src/shared/segmentResult.ts';
import type { Task } from '../../../src/shared/task.ts';
import type { Engine } from '../../../webview/engine/engine.ts';
import type { EngineFiles } from '../../../webview/engine/arrivingFiles.ts';
import { loadEngine } from '../../../webview/engine/loadEngine.ts';
import { MODEL_MADE } from '../../../webview/engine/loadOwnEngine.ts';
import { heapBytes } from '../../../webview/engine/wasmHeaps.ts';
import { multiplyRate, type ProductShape } from './multiplyRate.ts';
import { readBandwidth } from './readBandwidth.ts';
import { answer, Transferred } from './rpc.ts';
import type { Translated, TranslateRequest } from './translator.ts';

export interface LoadSeconds {
  /** Making the model: tokenizer, configuration, weights where they are read, and the sessions. */
  readonly model: number;
  /** The sessions' share of it; none on the processor. */
  readonly session: number;
  /** The self-check. */
  readonly warmUp: number;
}

let engine: Engine | undefined;

function loaded(): Engine {
  if (!engine) throw new Error('The engine was asked to work before it was loaded.');
  return engine;
}

const now = (): number => performance.now() / 1000;
let sessionSeconds = 0;
const createSession = ort.InferenceSession.create.bind(ort.InferenceSession) as (...values: unknown[]) => Promise<ort.InferenceSession>;
Reflect.set(ort.InferenceSession, 'create', async (...values: unknown[]) => {
  const begun = now();
  const session = await createSession(...values);
  sessionSeconds += now() - begun;
  return session;
});

const breath = new MessageChannel();
let breathe: () => void = () => undefined;
breath.port1.onmessage = () => breathe();
/** The product's worker lets messages in after each token, which is a part of what a token costs. */
function takeBreath(): Promise<void> {
  return new Promise((resolve) => {
    breathe = resolve;
    breath.port2.postMessage(null);
  });
}

const methods = {
  async load(files: EngineFiles): Promise<LoadSeconds> {
    const begun = now();
    engine = await loadEngine(files);
    const made = performance.getEntriesByName(MODEL_MADE).at(-1)!.startTime / 1000;
    return { model: made - begun, session: sessionSeconds, warmUp: now() - made };
  },

  async translate({ to, texts, maxTargetTokens }: TranslateRequest): Promise<Translated> {
    const gpu = gpuCounts();
    const begun = now();
    let firstTokenSeconds: number | undefined;
    const { results, encodeSeconds, decodeSeconds } = await loaded().run({ kind: 'translate', to }, texts, {
      ...(maxTargetTokens === undefined ? {} : { maxTargetTokens }),
      onProgress: () => {
        firstTokenSeconds ??= now() - begun;
        return takeBreath();
      },
    });
    // What comes again is to be encoded again, as it is by the peer.
    await loaded().forgetEncoded();
    return {
      sourceIds: results.map((result) => result.sourceIds),
      targetIds: results.map((result) => result.targetIds),
      overruled: results.map((result) => result.overruled),
      seconds: now() - begun,
      modelSeconds: encodeSeconds + decodeSeconds,
      decodeSeconds,
      ...(firstTokenSeconds === undefined ? {} : { firstTokenSeconds }),
      gpu: countsSince(gpu),
    };
  },

  /** The maps go back to the page as in the product: by transfer where they have buffers of their own. */
  async inspect({ task, segment }: { readonly task: Task; readonly segment: SegmentResult }) {
    const begun = now();
    const inspection = await loaded().inspect(task, segment);
    const arrays = arraysOf(inspection);
    const isWhole = arrays.every(({ byteLength, buffer }) => byteLength === buffer.byteLength && buffer instanceof ArrayBuffer);
    return new Transferred({ seconds: now() - begun, inspection }, isWhole ? arrays.map(({ buffer }) => buffer as ArrayBuffer) : []);
  },

  readBandwidth: ({ bytes, rounds }: { readonly bytes: number; readonly rounds: number }) => readBandwidth(bytes, rounds),

  multiplyRate: ({ shape, rounds }: { readonly shape: ProductShape; readonly rounds: number }) => multiplyRate(shape, rounds),

  wasmHeapBytes: heapBytes,
};

export type EngineMethods = typeof methods;

answer<EngineMethods>(methods);
