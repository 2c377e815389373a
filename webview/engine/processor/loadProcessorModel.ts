/** The model on the processor, without a graph: webview/kernels/ has the arithmetic, and onnxruntime opens it up for who looks into it. */
import type { BatchLimits } from '../likeLength.ts';
import type { OwnModelConfig } from '../modelConfig.ts';
import type { OnnxInspector } from '../onnxInspector.ts';
import type { Seq2SeqModel } from '../seq2seqModel.ts';
import type { Shortlist } from '../shortlist.ts';
import type { Weights } from '../weights.ts';
import { Kernels } from './kernels.ts';
import { OutputLayer } from './outputLayer.ts';
import { ProcessorDecoder } from './processorDecoder.ts';
import { ProcessorDecoding, type DecodingParts } from './processorDecoding.ts';
import { ProcessorEncoder, type ProcessorSources } from './processorEncoder.ts';
import { placeWeights, weightBytes } from './processorWeights.ts';

/** What is in use besides the weights while a batch is written, 14 MB of it by the output layer's panels; more makes the memory grow. */
const WORKING_BYTES = 48e6;

/** Nothing is padded, and a step of many rows expands the weights as often as one of few. Keys and values of so many tokens are 34 MB. */
const BATCHES: BatchLimits = { leastTexts: 64, mostTexts: 64, mostTokens: 4096 };

/** Kernels with room for the model. */
export function openKernels(config: OwnModelConfig): Promise<Kernels> {
  return Kernels.open(weightBytes(config) + WORKING_BYTES);
}

/**
 * @param shortlist what tokens are chosen among where they need not be exact; undefined for the whole vocabulary
 * @param loadInspector called when somebody first looks
 * @throws SaccadeError of kind "badModel" where the weights are not those of the configuration
 */
export function loadProcessorModel(
  kernels: Kernels,
  config: OwnModelConfig,
  weights: Weights,
  shortlist: Shortlist | undefined,
  loadInspector: () => Promise<OnnxInspector>,
): Seq2SeqModel {
  const placed = placeWeights(kernels, weights, config);
  const encoder = new ProcessorEncoder(kernels, placed, config);
  const output = new OutputLayer(kernels, placed, config.hiddenSize, config.vocabularySize);
  const parts: DecodingParts = { config, kernels, decoder: new ProcessorDecoder(kernels, placed, config), output, shortlist };
  let inspector: Promise<OnnxInspector> | undefined;
  return {
    config,
    batches: BATCHES,
    encode: (sources, onPart) => encoder.encode(sources, onPart),
    classify: (sources) => Promise.resolve(encoder.classify(sources)),
    decode: (encoded, sources, options = {}) =>
      Promise.resolve(new ProcessorDecoding(parts, encoded as ProcessorSources, sources, options)),
    inspector: () => (inspector ??= loadInspector()),
    release: async () => (await inspector)?.release(),
  };
}
