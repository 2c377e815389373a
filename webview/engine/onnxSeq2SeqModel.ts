/** The model as ONNX graphs over one weight file: encoder, one decoder step, a run of steps, choice of rows; onnxInspector.ts has the inspect pass. */
import { deviceOf, isRecorded, type EnginePath } from '../../src/shared/engineStatus.ts';
import { SaccadeError } from '../../src/shared/failure.ts';
import { t } from '../../src/shared/words.ts';
import { DynamicDecoding, type DecoderGraphs, type OnnxEncodedSources } from './dynamicDecoding.ts';
import { loadCapturedDecoder, type CaptureGraphs } from './loadCapturedDecoder.ts';
import { BATCH_TEXTS } from './likeLength.ts';
import type { OwnModelConfig } from './modelConfig.ts';
import { loadOnnxInspector, type InspectGraphs, type OnnxInspector } from './onnxInspector.ts';
import { bytesOf, disposeAll, floatsOf, loadGraph, type Graph, type GraphOptions } from './onnxRuntime.ts';
import { OutputColumns } from './outputColumns.ts';
import { packedSources, type PackedSources } from './packedSources.ts';
import { scoresFailure } from './selfCheck.ts';
import { watchedStep, type Classified, type DecodeOptions, type Decoding, type EncodedSources, type Seq2SeqModel } from './seq2seqModel.ts';
import type { Shortlist } from './shortlist.ts';
import type { Weights } from './weights.ts';

export interface ModelGraphs {
  readonly encoder: Uint8Array;
  readonly step: Uint8Array;
  /** Steps in a loop, for the processor: on a GPU the loop would wait for the GPU at each step. */
  readonly greedy: Uint8Array;
  readonly rows: Uint8Array;
  readonly inspect: InspectGraphs;
  readonly capture: CaptureGraphs;
  /** Shared by the graphs. */
  readonly weights: Weights;
}

/**
 * @param shortlist what `greedy` chooses among where it need not be exact; undefined for the whole vocabulary
 * @throws SaccadeError of kind "device"
 */
export async function loadOnnxSeq2SeqModel(
  config: OwnModelConfig,
  graphs: ModelGraphs,
  path: EnginePath,
  shortlist?: Shortlist,
): Promise<Seq2SeqModel> {
  const device = deviceOf(path);
  const names = (...kinds: string[]): string[] =>
    Array.from({ length: config.decoderLayers }, (_, layer) => kinds.map((kind) => `${kind}.${layer}`)).flat();
  const crossNames = names('cross_key', 'cross_value');
  const presentNames = names('present_key', 'present_value');
  const withWeights = (): GraphOptions => ({ device, weights: bytesOf(graphs.weights.expanded()) });
  const loadStep = (): Promise<Graph> =>
    loadGraph('step.onnx', graphs.step, { ...withWeights(), isOptimized: true, keepOnDevice: presentNames });
  // No function below has these, so that the expanded weights are gone once all is loaded.
  const options = { ...withWeights(), isOptimized: true };
  const encoder = await loadGraph('encoder.onnx', graphs.encoder, { ...options, keepOnDevice: crossNames });
  // On the processor only what asks for every score makes single steps, so theirs is not waited for at the start.
  const greedy = device === 'wasm' ? await loadGraph('greedy.onnx', graphs.greedy, options) : undefined;
  let step: Promise<Graph> | undefined = greedy ? undefined : Promise.resolve(await loadStep());
  const choose = await loadGraph('rows.onnx', graphs.rows, { ...options, keepOnDevice: ['chosen'] });
  const columns = new OutputColumns(graphs.weights, config.hiddenSize);
  const decoder: DecoderGraphs = { config, step: () => (step ??= checkedStep()), greedy, choose, shortlist, columns };
  // Looking is rarer than translating: its graphs take no memory before somebody does.
  let inspector: Promise<OnnxInspector> | undefined;

  const packed = (sources: readonly (readonly number[])[]): PackedSources => packedSources(sources, graphs.weights, config.hiddenSize);

  async function encode(sources: readonly (readonly number[])[]): Promise<OnnxEncodedSources> {
    const { feeds, sourceMask } = packed(sources);
    const crossKeyValues = await encoder.run(feeds, crossNames);
    return {
      count: sources.length,
      sourceIds: sources,
      sourceMask,
      lengths: sources.map(({ length }) => length),
      crossKeyValues,
      dispose: () => disposeAll(Object.values(crossKeyValues)),
    };
  }

  /** @throws SaccadeError of kind "device" where it does not give the reference's answers */
  async function checkedStep(): Promise<Graph> {
    const graph = await loadStep();
    const encoded = await encode([config.selfCheck.sourceIds]);
    const decoding = await DynamicDecoding.begin({ ...decoder, step: () => Promise.resolve(graph) }, encoded, [0], {});
    const failure = await scoresFailure(config.selfCheck, async (token) => [
      watchedStep(await decoding.step([token], { logits: true }), config.selfCheck.logitIds),
    ]);
    decoding.dispose();
    encoded.dispose();
    if (failure === undefined) return graph;
    await graph.release();
    throw new SaccadeError('device', t('The model does not give the right answers step by step: {0}.', failure));
  }

  async function classify(sources: readonly (readonly number[])[]): Promise<Classified> {
    const results = await encoder.run(packed(sources).feeds, ['language_scores', 'class_scores']);
    return { languageScores: await floatsOf(results['language_scores']!), classScores: await floatsOf(results['class_scores']!) };
  }

  const captured = isRecorded(path) ? await loadCapturedDecoder(config, graphs.capture, graphs.weights, encode) : undefined;

  async function decode(encoded: EncodedSources, sources: readonly number[], options: DecodeOptions = {}): Promise<Decoding> {
    const own = encoded as OnnxEncodedSources;
    const dynamically = (rows: readonly number[]): Promise<Decoding> => DynamicDecoding.begin(decoder, own, rows, options);
    if (!captured) return dynamically(sources);
    return captured.decode({ keyValues: own.crossKeyValues, lengths: own.lengths }, sources, options.watched ?? [], dynamically);
  }

  return {
    config,
    // Its encoder does without the padding, and a step of many rows reads the weights as often as one of few.
    leastRows: BATCH_TEXTS,
    encode,
    classify,
    decode,
    inspector: () => (inspector ??= loadOnnxInspector(config, graphs.inspect, withWeights())),
    async release() {
      await Promise.all([
        encoder.release(),
        step?.then((graph) => graph.release()),
        greedy?.release(),
        choose.release(),
        captured?.release(),
        inspector?.then((graphs) => graphs.release()),
      ]);
    },
  };
}
