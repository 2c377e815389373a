/** The bytes of a model folder -> a checked engine. The same door for the worker and the command line. */
import type { Device } from '../../src/shared/engineStatus.ts';
import { SaccadeError } from '../../src/shared/failure.ts';
import { Engine } from './engine.ts';
import { parseModelConfig } from './modelConfig.ts';
import { provideWasm } from './onnxRuntime.ts';
import { loadOnnxSeq2SeqModel } from './onnxSeq2SeqModel.ts';
import { Shortlist } from './shortlist.ts';
import { selfCheckFailure } from './selfCheck.ts';
import { Tokenizer } from './tokenizer.ts';
import { expandHalfPrecision } from './weights.ts';

export interface EngineFiles {
  readonly modelId: string;
  readonly wasm: ArrayBuffer | Uint8Array;
  /** Path inside the model's folder -> content, checksums already verified. */
  readonly files: ReadonlyMap<string, ArrayBuffer>;
  readonly device: Device;
}

/** @throws SaccadeError of kind "badModel", or of kind "device" where the device does not give the reference's answers */
export async function loadEngine({ modelId, wasm, files, device }: EngineFiles): Promise<Engine> {
  const bytes = (path: string): ArrayBuffer => {
    const content = files.get(path);
    if (!content) throw new SaccadeError('badModel', `${path} is missing from the model ${modelId}. Reinstall the model.`);
    return content;
  };
  const json = (path: string): unknown => {
    try {
      return JSON.parse(new TextDecoder().decode(bytes(path)));
    } catch (error) {
      if (error instanceof SaccadeError) throw error;
      throw new SaccadeError('badModel', `${path} of the model ${modelId} is not JSON. Reinstall the model.`);
    }
  };
  provideWasm(wasm);
  const config = parseModelConfig(json('config.json'));
  const tokenizer = new Tokenizer(json('tokenizer.json'), json('tokenizer_config.json'), config.endToken);
  const graphs = {
    encoder: new Uint8Array(bytes('onnx/encoder.onnx')),
    step: new Uint8Array(bytes('onnx/step.onnx')),
    greedy: new Uint8Array(bytes('onnx/greedy.onnx')),
    rows: new Uint8Array(bytes('onnx/rows.onnx')),
    inspect: new Uint8Array(bytes('onnx/inspect.onnx')),
    weights: expandHalfPrecision(bytes('onnx/weights.fp16.bin')),
  };
  const model = await loadOnnxSeq2SeqModel(config, graphs, device, Shortlist.read(config, files.get('onnx/shortlist.bin')));
  const failure = await selfCheckFailure(model);
  if (failure === undefined) return new Engine(model, tokenizer);
  await model.release();
  throw new SaccadeError('device', `The model does not give the right answers on ${device}: ${failure}.`);
}
