/** The bundled model loaded in Node, once for all golden tests. It protects what Python's does, and not what the extension keeps besides. */
import { fileURLToPath } from 'node:url';
import { readModelFolder } from '../../src/cli/modelFolder.ts';
import { NO_INTERVENTION } from '../../src/shared/intervention.ts';
import { PROTECTED_PATTERN } from '../../src/shared/protectedPattern.ts';
import { Engine } from '../../webview/engine/engine.ts';
import { intervene } from '../../webview/engine/intervene.ts';
import { parseModelConfig } from '../../webview/engine/modelConfig.ts';
import { loadOnnxInspector, type OnnxInspector } from '../../webview/engine/onnxInspector.ts';
import { bytesOf, provideWasm } from '../../webview/engine/onnxRuntime.ts';
import { loadOnnxSeq2SeqModel } from '../../webview/engine/onnxSeq2SeqModel.ts';
import { loadProcessorModel, openKernels } from '../../webview/engine/processor/loadProcessorModel.ts';
import type { InspectedDecoder, InspectedEncoder } from '../../webview/engine/seq2seqModel.ts';
import { Shortlist } from '../../webview/engine/shortlist.ts';
import { Tokenizer } from '../../webview/engine/tokenizer.ts';
import { Weights, WEIGHTS_PATH } from '../../webview/engine/weights.ts';

export const files = await readModelFolder(fileURLToPath(new URL('../../', import.meta.url)), undefined);

const json = (path: string): unknown => JSON.parse(new TextDecoder().decode(files.files.get(path)));
const own = parseModelConfig(json('config.json'));
export const config = { ...own, protection: { ...own.protection, pattern: PROTECTED_PATTERN } };
export const tokenizer = new Tokenizer(json('tokenizer.json'), json('tokenizer_config.json'), config.endToken);

export const shortlist = Shortlist.read(config, files.files.get('onnx/shortlist.bin'));

const bytes = (path: string): Uint8Array => new Uint8Array(files.files.get(path)!);
const weights = new Weights(files.files.get(WEIGHTS_PATH)!, config.weights);
provideWasm(files.wasm);
const graphs = {
  encoder: bytes('onnx/encoder.onnx'),
  step: bytes('onnx/step.onnx'),
  rows: bytes('onnx/rows.onnx'),
  inspect: { encoder: bytes('onnx/inspect_encoder.onnx'), decoder: bytes('onnx/inspect_decoder.onnx') },
  weights,
};

/** What a GPU runs step by step, here on the processor. */
export const modelOfGraphs = await loadOnnxSeq2SeqModel(config, graphs, 'wasm');
/** Always exact; the engine has the shortlist. */
export const model = loadProcessorModel(await openKernels(config), config, weights, undefined, loadInspector);
/** Chooses among the candidates of each source where it is certain. */
export const modelWithShortlist = loadProcessorModel(await openKernels(config), config, weights, shortlist, loadInspector);

export const engine = new Engine(modelWithShortlist, tokenizer);

async function loadInspector(): Promise<OnnxInspector> {
  return loadOnnxInspector(config, graphs.inspect, { device: 'wasm', weights: bytesOf(weights.expanded()) });
}

/** One pass of the model, as it is or intervened in. */
export async function teacherForce(
  sourceIds: readonly number[],
  decoderInput: readonly number[],
  intervention = NO_INTERVENTION,
): Promise<InspectedDecoder & { readonly encoded: InspectedEncoder }> {
  const inspector = await model.inspector();
  const { encoded, memory } = await intervene(inspector, config, sourceIds, intervention);
  return { encoded, ...(await inspector.decode(memory, decoderInput)) };
}
