/** The bytes of a folder that models/training/export.py wrote -> a checked engine. */
import { deviceOf, isRecorded, precisionOf, type StepPrecision } from '../../src/shared/engineStatus.ts';
import { SaccadeError } from '../../src/shared/failure.ts';
import { t } from '../../src/shared/words.ts';
import { fileReader, type ArrivingFiles } from './arrivingFiles.ts';
import { Engine } from './engine.ts';
import { parseModelConfig, type OwnModelConfig } from './modelConfig.ts';
import { loadOnnxInspector } from './onnxInspector.ts';
import { bytesOf, loadGraph, provideWasm, withoutGpuErrors } from './onnxRuntime.ts';
import { loadOnnxSeq2SeqModel } from './onnxSeq2SeqModel.ts';
import { loadProcessorModel, openKernels } from './processor/loadProcessorModel.ts';
import { Shortlist } from './shortlist.ts';
import { selfCheckFailure } from './selfCheck.ts';
import type { Seq2SeqModel } from './seq2seqModel.ts';
import { Tokenizer } from './tokenizer.ts';
import { Weights, WEIGHTS_PATH } from './weights.ts';

/** @throws SaccadeError of kind "badModel", or of kind "device" where the device does not give the reference's answers */
export async function loadOwnEngine(arriving: ArrivingFiles): Promise<Engine> {
  const { path } = arriving;
  const { json } = fileReader(arriving.modelId, arriving.files);
  const config = parseModelConfig(await json('config.json'));
  const tokenizer = new Tokenizer(await json('tokenizer.json'), await json('tokenizer_config.json'), config.endToken);
  const [model, failure] = path === 'wasm' ? await onProcessor(arriving, config) : await onGpu(arriving, config);
  if (failure === undefined) return new Engine(model, tokenizer);
  await model.release();
  throw new SaccadeError('device', t('The model does not give the right answers on {0}: {1}.', path, failure));
}

/** With what is wrong with its answers; undefined where they are right. */
type CheckedModel = readonly [model: Seq2SeqModel, failure: string | undefined];

/** The name of the mark that tells a profiler when the model was made; the rest of a start is the self-check, which warms it up. */
export const MODEL_MADE = 'saccade-model-made';

async function checked(model: Seq2SeqModel, { selfCheck }: OwnModelConfig, precision: StepPrecision): Promise<CheckedModel> {
  performance.mark(MODEL_MADE);
  return [model, await selfCheckFailure(model, selfCheck, precision)];
}

/** The runtime is needed by who looks into the model, and so may come last. */
async function onProcessor({ modelId, wasm, files }: ArrivingFiles, config: OwnModelConfig): Promise<CheckedModel> {
  const { bytes } = fileReader(modelId, files);
  // The weights are the last to come.
  const shortlist = Shortlist.read(config, await files.get('onnx/shortlist.bin'));
  const kernels = await openKernels(config);
  const weights = new Weights(await bytes(WEIGHTS_PATH), config.weights);
  const model = loadProcessorModel(kernels, config, weights, shortlist, async () => {
    provideWasm(await wasm);
    const [encoder, decoder] = [await bytes('onnx/inspect_encoder.onnx'), await bytes('onnx/inspect_decoder.onnx')];
    const graphs = { encoder: new Uint8Array(encoder), decoder: new Uint8Array(decoder) };
    return loadOnnxInspector(config, graphs, { device: 'wasm', weights: bytesOf(weights.expanded()) });
  });
  return checked(model, config, 'float32');
}

async function onGpu({ modelId, wasm, files, path }: ArrivingFiles, config: OwnModelConfig): Promise<CheckedModel> {
  const { bytes } = fileReader(modelId, files);
  const graph = async (name: string): Promise<Uint8Array> => new Uint8Array(await bytes(`onnx/${name}.onnx`));
  const device = deviceOf(path);
  const rows = await graph('rows');
  provideWasm(await wasm);
  // The smallest graph needs no weights: with it the runtime starts while they are still on their way.
  const starter = await loadGraph('rows.onnx', rows, { device, weights: new Uint8Array(), isOptimized: true });
  const weights = new Weights(await bytes(WEIGHTS_PATH), config.weights);
  const precision = precisionOf(path);
  const inPrecision = (name: string): Promise<Uint8Array> => graph(precision === 'float16' ? `${name}_fp16` : name);
  const graphs = {
    encoder: await graph('encoder'),
    step: await graph('step'),
    rows,
    inspect: { encoder: await graph('inspect_encoder'), decoder: await graph('inspect_decoder') },
    capture: isRecorded(path)
      ? {
          precision,
          step: await inPrecision('captured_step'),
          batch: await inPrecision('captured_batch'),
          cross: await inPrecision('static_cross'),
          zeros: await inPrecision('zeros'),
        }
      : undefined,
    weights,
  };
  const found = await withoutGpuErrors(async () => checked(await loadOnnxSeq2SeqModel(config, graphs, device), config, precision));
  // Not earlier: a GPU goes with its last session.
  await starter.release();
  return found;
}
