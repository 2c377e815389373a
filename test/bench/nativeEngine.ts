/** The engine over the graphs that a GPU runs step by step, on the processor: the product has kernels there. */
import type { EngineFiles } from '../../webview/engine/arrivingFiles.ts';
import { fileReader } from '../../webview/engine/arrivingFiles.ts';
import { Engine } from '../../webview/engine/engine.ts';
import { parseModelConfig } from '../../webview/engine/modelConfig.ts';
import { loadOnnxSeq2SeqModel } from '../../webview/engine/onnxSeq2SeqModel.ts';
import { Tokenizer } from '../../webview/engine/tokenizer.ts';
import { Weights, WEIGHTS_PATH } from '../../webview/engine/weights.ts';

export async function loadNativeEngine({ modelId, files }: EngineFiles): Promise<Engine> {
  const { bytes, json } = fileReader(modelId, files);
  const graph = async (name: string): Promise<Uint8Array> => new Uint8Array(await bytes(`onnx/${name}.onnx`));
  const config = parseModelConfig(await json('config.json'));
  const graphs = {
    encoder: await graph('encoder'),
    step: await graph('step'),
    rows: await graph('rows'),
    inspect: { encoder: await graph('inspect_encoder'), decoder: await graph('inspect_decoder') },
    weights: new Weights(await bytes(WEIGHTS_PATH), config.weights),
  };
  const model = await loadOnnxSeq2SeqModel(config, graphs, 'wasm');
  return new Engine(model, new Tokenizer(await json('tokenizer.json'), await json('tokenizer_config.json'), config.endToken));
}
