/** The model as three ONNX graphs over one weight file: encoder, one decoder step, inspect pass. */
import type { Device } from '../../src/shared/engineStatus.ts';
import type { AttentionMaps } from '../../src/shared/inspection.ts';
import type { ModelConfig } from './modelConfig.ts';
import { disposeAll, float32Tensor, floatsOf, int32Tensor, integersOf, loadGraph, type Graph, type Tensor } from './onnxRuntime.ts';
import type { Decoding, EncodedSource, Seq2SeqModel, TeacherForced } from './seq2seqModel.ts';

export interface ModelGraphs {
  readonly encoder: Uint8Array;
  readonly step: Uint8Array;
  readonly inspect: Uint8Array;
  /** fp32, shared by the three graphs. */
  readonly weights: Uint8Array;
}

interface OnnxEncodedSource extends EncodedSource {
  readonly sourceMask: Tensor;
  /** `cross_key.i` and `cross_value.i` of each decoder layer: `[1, heads, source, headSize]`. */
  readonly crossKeyValues: Readonly<Record<string, Tensor>>;
}

/** @throws SaccadeError of kind "device" */
export async function loadOnnxSeq2SeqModel(config: ModelConfig, graphs: ModelGraphs, device: Device): Promise<Seq2SeqModel> {
  const names = (...kinds: string[]): string[] =>
    Array.from({ length: config.decoderLayers }, (_, layer) => kinds.map((kind) => `${kind}.${layer}`)).flat();
  const crossNames = names('cross_key', 'cross_value');
  const presentNames = names('present_key', 'present_value');
  const { weights } = graphs;
  const encoder = await loadGraph('encoder.onnx', graphs.encoder, { device, weights, keepOnDevice: crossNames });
  const step = await loadGraph('step.onnx', graphs.step, { device, weights, keepOnDevice: presentNames });
  // Looking is rarer than translating: the inspect graph takes no memory before somebody does.
  let inspect: Promise<Graph> | undefined;

  async function encode(sourceIds: readonly number[]): Promise<OnnxEncodedSource> {
    const sourceLength = sourceIds.length;
    const sourceMask = float32Tensor(new Float32Array(sourceLength).fill(1), [1, sourceLength]);
    const feeds = { input_ids: int32Tensor(sourceIds, [1, sourceLength]), source_mask: sourceMask };
    const crossKeyValues = await encoder.run(feeds, crossNames);
    return { sourceLength, sourceMask, crossKeyValues, dispose: () => disposeAll(Object.values(crossKeyValues)) };
  }

  function decode(encoded: EncodedSource): Decoding {
    const { sourceMask, crossKeyValues } = encoded as OnnxEncodedSource;
    const headSize = config.hiddenSize / config.heads;
    let past: Record<string, Tensor> = Object.fromEntries(
      names('past_key', 'past_value').map((name) => [name, float32Tensor(new Float32Array(0), [1, config.heads, 0, headSize])]),
    );
    async function advance(token: number, wanted: readonly string[]): Promise<Record<string, Tensor>> {
      const feeds = { decoder_input_ids: int32Tensor([token], [1, 1]), source_mask: sourceMask, ...past, ...crossKeyValues };
      const results = await step.run(feeds, [...wanted, ...presentNames]);
      disposeAll(Object.values(past));
      past = Object.fromEntries(presentNames.map((name) => [name.replace('present', 'past'), results[name]!]));
      return results;
    }
    return {
      async step(token) {
        const { next_token } = await advance(token, ['next_token']);
        return (await integersOf(next_token!))[0]!;
      },
      async stepWithLogits(token) {
        const { next_token, logits } = await advance(token, ['next_token', 'logits']);
        return { next: (await integersOf(next_token!))[0]!, logits: await floatsOf(logits!) };
      },
      dispose: () => disposeAll(Object.values(past)),
    };
  }

  async function teacherForce(sourceIds: readonly number[], decoderInput: readonly number[]): Promise<TeacherForced> {
    inspect ??= loadGraph('inspect.onnx', graphs.inspect, { device, weights });
    const feeds = {
      input_ids: int32Tensor(sourceIds, [1, sourceIds.length]),
      decoder_input_ids: int32Tensor(decoderInput, [1, decoderInput.length]),
    };
    const results = await (
      await inspect
    ).run(feeds, ['logits', 'encoder_hidden_states', 'encoder_attentions', 'decoder_attentions', 'cross_attentions']);
    return {
      logits: await floatsOf(results['logits']!),
      encoderHiddenStates: await floatsOf(results['encoder_hidden_states']!),
      encoderAttentions: await attentionMaps(results['encoder_attentions']!),
      decoderAttentions: await attentionMaps(results['decoder_attentions']!),
      crossAttentions: await attentionMaps(results['cross_attentions']!),
    };
  }

  return {
    config,
    encode,
    decode,
    teacherForce,
    async release() {
      await Promise.all([encoder.release(), step.release(), inspect?.then((graph) => graph.release())]);
    },
  };
}

async function attentionMaps(tensor: Tensor): Promise<AttentionMaps> {
  const [layers = 0, heads = 0, queries = 0, keys = 0] = tensor.dims;
  return { layers, heads, queries, keys, data: await floatsOf(tensor) };
}
