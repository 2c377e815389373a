/** The bytes of a folder with the graphs of models/training/graphs.py -> a checked engine. */
import { deviceOf, precisionOf } from '../../src/shared/engineStatus.ts';
import { SaccadeError } from '../../src/shared/failure.ts';
import { t } from '../../src/shared/words.ts';
import { fileReader, type ArrivingFiles } from './arrivingFiles.ts';
import { Engine } from './engine.ts';
import { parseModelConfig } from './modelConfig.ts';
import { loadGraph, provideWasm, withoutGpuErrors } from './onnxRuntime.ts';
import { loadOnnxSeq2SeqModel } from './onnxSeq2SeqModel.ts';
import { Shortlist } from './shortlist.ts';
import { selfCheckFailure } from './selfCheck.ts';
import type { Seq2SeqModel } from './seq2seqModel.ts';
import { Tokenizer } from './tokenizer.ts';
import { Weights, WEIGHTS_PATH } from './weights.ts';

/** @throws SaccadeError of kind "badModel", or of kind "device" where the device does not give the reference's answers */
export async function loadOwnEngine({ modelId, wasm, files, path }: ArrivingFiles): Promise<Engine> {
  const { bytes, json } = fileReader(modelId, files);
  const graph = async (name: string): Promise<Uint8Array> => new Uint8Array(await bytes(`onnx/${name}.onnx`));
  const rows = await graph('rows');
  provideWasm(await wasm);
  // The smallest graph needs no weights: with it the runtime starts while they are still on their way.
  const starter = await loadGraph('rows.onnx', rows, { device: deviceOf(path), weights: new Uint8Array(), isOptimized: true });
  const config = parseModelConfig(await json('config.json'));
  const tokenizer = new Tokenizer(await json('tokenizer.json'), await json('tokenizer_config.json'), config.endToken);
  const weights = new Weights(await bytes(WEIGHTS_PATH), config.weights);
  const precision = precisionOf(path);
  const inPrecision = (name: string): Promise<Uint8Array> => graph(precision === 'float16' ? `${name}_fp16` : name);
  const graphs = {
    encoder: await graph('encoder'),
    step: await graph('step'),
    greedy: await graph('greedy'),
    rows,
    inspect: { encoder: await graph('inspect_encoder'), decoder: await graph('inspect_decoder') },
    capture: {
      precision,
      step: await inPrecision('captured_step'),
      batch: await inPrecision('captured_batch'),
      cross: await inPrecision('static_cross'),
      zeros: await inPrecision('zeros'),
    },
    weights,
  };
  const shortlist = Shortlist.read(config, await files.get('onnx/shortlist.bin'));
  const checked = async (): Promise<readonly [Seq2SeqModel, string | undefined]> => {
    const model = await loadOnnxSeq2SeqModel(config, graphs, path, shortlist);
    return [model, await selfCheckFailure(model, config.selfCheck, precision)];
  };
  const [model, failure] = await (path === 'wasm' ? checked() : withoutGpuErrors(checked));
  // Not earlier: a GPU goes with its last session.
  await starter.release();
  if (failure === undefined) return new Engine(model, tokenizer);
  await model.release();
  throw new SaccadeError('device', t('The model does not give the right answers on {0}: {1}.', path, failure));
}
