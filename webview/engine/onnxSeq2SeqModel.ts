/** The model as ONNX graphs over one weight file: encoder, decoder step, choice of rows; onnxInspector.ts has the inspect pass. */
import type { Device } from '../../src/shared/engineStatus.ts';
import { DynamicDecoding, type DecoderGraphs, type OnnxEncodedSources } from './dynamicDecoding.ts';
import { loadCapturedDecoder, type CaptureGraphs } from './loadCapturedDecoder.ts';
import type { BatchLimits } from './likeLength.ts';
import type { OwnModelConfig } from './modelConfig.ts';
import { loadOnnxInspector, type InspectGraphs, type OnnxInspector } from './onnxInspector.ts';
import { bytesOf, disposeAll, floatsOf, loadGraph, type GraphOptions } from './onnxRuntime.ts';
import { packedSources, type PackedSources } from './packedSources.ts';
import type { Classified, DecodeOptions, Decoding, EncodedSources, Seq2SeqModel } from './seq2seqModel.ts';
import type { Weights } from './weights.ts';

export interface ModelGraphs {
  readonly encoder: Uint8Array;
  readonly step: Uint8Array;
  readonly rows: Uint8Array;
  readonly inspect: InspectGraphs;
  /** Undefined where steps are not to be recorded. */
  readonly capture?: CaptureGraphs | undefined;
  /** Shared by the graphs. */
  readonly weights: Weights;
}

/**
 * Its encoder does without the padding, and a step of many rows reads the weights as often as one of few. It reads all tokens at once, and until
 * then nobody can stop it.
 */
const BATCHES: BatchLimits = { leastTexts: 32, mostTexts: 32, mostTokens: 1024 };

/** @throws SaccadeError of kind "device" */
export async function loadOnnxSeq2SeqModel(config: OwnModelConfig, graphs: ModelGraphs, device: Device): Promise<Seq2SeqModel> {
  const names = (...kinds: string[]): string[] =>
    Array.from({ length: config.decoderLayers }, (_, layer) => kinds.map((kind) => `${kind}.${layer}`)).flat();
  const crossNames = names('cross_key', 'cross_value');
  const presentNames = names('present_key', 'present_value');
  const withWeights = (): GraphOptions => ({ device, weights: bytesOf(graphs.weights.expanded()) });
  // No function below has these, so that the expanded weights are gone once all is loaded.
  const options = { ...withWeights(), isOptimized: true };
  const encoder = await loadGraph('encoder.onnx', graphs.encoder, { ...options, keepOnDevice: crossNames });
  const step = await loadGraph('step.onnx', graphs.step, { ...options, keepOnDevice: presentNames });
  const choose = await loadGraph('rows.onnx', graphs.rows, { ...options, keepOnDevice: ['chosen'] });
  const decoder: DecoderGraphs = { config, step, choose };
  // Looking is rarer than translating: its graphs take no memory before somebody does.
  let inspector: Promise<OnnxInspector> | undefined;

  const packed = (sources: readonly (readonly number[])[]): PackedSources => packedSources(sources, graphs.weights, config.hiddenSize);

  async function encode(sources: readonly (readonly number[])[]): Promise<OnnxEncodedSources> {
    const { feeds, sourceMask } = packed(sources);
    const crossKeyValues = await encoder.run(feeds, crossNames);
    return {
      count: sources.length,
      sourceMask,
      lengths: sources.map(({ length }) => length),
      crossKeyValues,
      dispose: () => disposeAll(Object.values(crossKeyValues)),
    };
  }

  async function classify(sources: readonly (readonly number[])[]): Promise<Classified> {
    const results = await encoder.run(packed(sources).feeds, ['language_scores', 'class_scores']);
    return { languageScores: await floatsOf(results['language_scores']!), classScores: await floatsOf(results['class_scores']!) };
  }

  const captured = graphs.capture && (await loadCapturedDecoder(config, graphs.capture, graphs.weights, encode));

  async function decode(encoded: EncodedSources, sources: readonly number[], options: DecodeOptions = {}): Promise<Decoding> {
    const own = encoded as OnnxEncodedSources;
    const dynamically = (rows: readonly number[]): Promise<Decoding> => DynamicDecoding.begin(decoder, own, rows, options.watched);
    if (!captured) return dynamically(sources);
    return captured.decode({ keyValues: own.crossKeyValues, lengths: own.lengths }, sources, options.watched ?? [], dynamically);
  }

  return {
    config,
    batches: BATCHES,
    encode,
    classify,
    decode,
    inspector: () => (inspector ??= loadOnnxInspector(config, graphs.inspect, withWeights())),
    async release() {
      await Promise.all([
        encoder.release(),
        step.release(),
        choose.release(),
        captured?.release(),
        inspector?.then((graphs) => graphs.release()),
      ]);
    },
  };
}
