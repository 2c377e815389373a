/** Loads the model on the best device that passes the self-check, and says why it is that one. */
import type { Device, DeviceChoice } from '../../src/shared/engineStatus.ts';
import { SaccadeError, failureOf } from '../../src/shared/failure.ts';
import { loadOnnxSeq2SeqModel, type ModelGraphs } from './onnxSeq2SeqModel.ts';
import type { ModelConfig } from './modelConfig.ts';
import { selfCheckFailure } from './selfCheck.ts';
import type { Seq2SeqModel } from './seq2seqModel.ts';

export interface LoadedModel {
  readonly model: Seq2SeqModel;
  readonly device: Device;
  /** One sentence for the user. */
  readonly reason: string;
  readonly adapter?: string;
}

/** @throws SaccadeError of kind "device" where not even wasm gives the reference's answers */
export async function loadOnBestDevice(config: ModelConfig, graphs: ModelGraphs, choice: DeviceChoice): Promise<LoadedModel> {
  let whyNotGpu = 'The setting saccade.device asks for wasm.';
  if (choice !== 'wasm') {
    const adapter = await gpuAdapter();
    if (typeof adapter === 'string') {
      const tried = await tryDevice(config, graphs, 'webgpu');
      if (typeof tried !== 'string') return { model: tried, device: 'webgpu', reason: 'WebGPU passed the self-check.', adapter };
      whyNotGpu = `WebGPU (${adapter}) was not used: ${tried}.`;
    } else {
      whyNotGpu = 'WebGPU is not available here.';
    }
  }
  const model = await tryDevice(config, graphs, 'wasm');
  if (typeof model === 'string') throw new SaccadeError('device', `The model does not run on this machine: ${model}.`);
  return { model, device: 'wasm', reason: whyNotGpu };
}

/** The model on that device, or what is wrong with it there. */
async function tryDevice(config: ModelConfig, graphs: ModelGraphs, device: Device): Promise<Seq2SeqModel | string> {
  try {
    const model = await loadOnnxSeq2SeqModel(config, graphs, device);
    const failure = await selfCheckFailure(model);
    if (failure === undefined) return model;
    await model.release();
    return failure;
  } catch (error) {
    return failureOf(error).message;
  }
}

/** What the browser says of its GPU; undefined where there is none to use. */
async function gpuAdapter(): Promise<string | undefined> {
  if (!('gpu' in navigator)) return undefined;
  const adapter = await navigator.gpu.requestAdapter().catch(() => null);
  if (!adapter) return undefined;
  return [adapter.info.vendor, adapter.info.architecture].filter(Boolean).join(' ') || 'unnamed adapter';
}
