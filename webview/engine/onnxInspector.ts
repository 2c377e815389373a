/** The inspect pass as two ONNX graphs, encoder and decoder, of one text at a time. Knows no intervention by name. */
import type { AttentionMaps, ValueProducts } from '../../src/shared/inspection.ts';
import { argmax } from './argmax.ts';
import type { OwnModelConfig } from './modelConfig.ts';
import {
  disposeAll,
  float32Tensor,
  floatsOf,
  int32Tensor,
  loadGraph,
  type GraphOptions,
  type Tensor,
  type Tensors,
} from './onnxRuntime.ts';
import {
  watchedStep,
  type DecoderMemory,
  type Decoding,
  type InspectedDecoder,
  type InspectedEncoder,
  type Inspector,
} from './seq2seqModel.ts';

export interface InspectGraphs {
  readonly encoder: Uint8Array;
  readonly decoder: Uint8Array;
}

export interface OnnxInspector extends Inspector {
  release(): Promise<void>;
}

const ENCODER_OUTPUTS = ['encoder_hidden_states', 'encoder_attentions', 'encoder_value_products', 'language_scores', 'class_scores'];
const DECODER_OUTPUTS = ['logits', 'decoder_attentions', 'cross_attentions', 'decoder_value_products', 'cross_value_products'];

/** @throws SaccadeError of kind "device" */
export async function loadOnnxInspector(
  { encoderLayers, decoderLayers, encoderHeads, decoderHeads: heads, hiddenSize }: OwnModelConfig,
  graphs: InspectGraphs,
  options: Pick<GraphOptions, 'device' | 'weights'>,
): Promise<OnnxInspector> {
  const pastNames = Array.from({ length: decoderLayers }, (_, layer) => [`past_key.${layer}`, `past_value.${layer}`]).flat();
  const presentNames = pastNames.map((name) => name.replace('past', 'present'));
  const encoder = await loadGraph('inspect_encoder.onnx', graphs.encoder, options);
  const decoder = await loadGraph('inspect_decoder.onnx', graphs.decoder, { ...options, keepOnDevice: presentNames });

  function emptyPast(): Tensors {
    return Object.fromEntries(pastNames.map((name) => [name, float32Tensor(new Float32Array(0), [1, heads, 0, hiddenSize / heads])]));
  }

  function feedsOf({ states, sourceMask, decoderHeads, crossHeads }: DecoderMemory): Tensors {
    return {
      encoder_states: float32Tensor(states, [1, sourceMask.length, hiddenSize]),
      source_mask: float32Tensor(sourceMask, [1, sourceMask.length]),
      decoder_head_mask: float32Tensor(decoderHeads, [decoderLayers, heads]),
      cross_head_mask: float32Tensor(crossHeads, [decoderLayers, heads]),
    };
  }

  async function encode(sourceIds: readonly number[], sourceMask: Float32Array, encoderHeadMask: Float32Array): Promise<InspectedEncoder> {
    const length = sourceIds.length;
    const feeds = {
      input_ids: int32Tensor(sourceIds, [1, length]),
      source_mask: float32Tensor(sourceMask, [1, length]),
      encoder_head_mask: float32Tensor(encoderHeadMask, [encoderLayers, encoderHeads]),
    };
    const results = await encoder.run(feeds, ENCODER_OUTPUTS);
    return {
      hiddenStates: {
        layers: encoderLayers + 1,
        positions: length,
        size: hiddenSize,
        data: await floatsOf(results['encoder_hidden_states']!),
      },
      attentions: await attentionMaps(results['encoder_attentions']!),
      valueProducts: await valueProducts(results['encoder_value_products']!),
      languageScores: await floatsOf(results['language_scores']!),
      classScores: await floatsOf(results['class_scores']!),
    };
  }

  async function decode(memory: DecoderMemory, decoderInput: readonly number[]): Promise<InspectedDecoder> {
    const ids = int32Tensor(decoderInput, [1, decoderInput.length]);
    const results = await decoder.run({ ...feedsOf(memory), decoder_input_ids: ids, ...emptyPast() }, DECODER_OUTPUTS);
    return {
      logits: await floatsOf(results['logits']!),
      attentions: await attentionMaps(results['decoder_attentions']!),
      crossAttentions: await attentionMaps(results['cross_attentions']!),
      valueProducts: await valueProducts(results['decoder_value_products']!),
      crossValueProducts: await valueProducts(results['cross_value_products']!),
    };
  }

  function begin(memory: DecoderMemory, watched: readonly number[]): Decoding {
    const feeds = feedsOf(memory);
    let past = emptyPast();
    const logitsAfter = async (token: number): Promise<Float32Array> => {
      const results = await decoder.run({ ...feeds, decoder_input_ids: int32Tensor([token], [1, 1]), ...past }, [
        'logits',
        ...presentNames,
      ]);
      disposeAll(Object.values(past));
      past = Object.fromEntries(pastNames.map((name, index) => [name, results[presentNames[index]!]!]));
      return floatsOf(results['logits']!);
    };
    const onlyRow = (rows: readonly number[]): number => {
      if (rows.length !== 1) throw new RangeError(`The inspect pass has one row, not ${rows.length}.`);
      return rows[0]!;
    };
    return {
      async step(tokens, wanted) {
        const logits = await logitsAfter(onlyRow(tokens));
        return { next: Int32Array.of(argmax(logits)), logits: wanted.logits ? logits : undefined };
      },
      async greedy(tokens) {
        const logits = await logitsAfter(onlyRow(tokens));
        return [watchedStep({ next: Int32Array.of(argmax(logits)), logits }, watched)];
      },
      select(rows) {
        onlyRow(rows);
        return Promise.resolve();
      },
      dispose: () => disposeAll(Object.values(past)),
    };
  }

  return {
    encode,
    decode,
    begin,
    async release() {
      await Promise.all([encoder.release(), decoder.release()]);
    },
  };
}

async function attentionMaps(tensor: Tensor): Promise<AttentionMaps> {
  const [layers = 0, heads = 0, queries = 0, keys = 0] = tensor.dims;
  return { layers, heads, queries, keys, data: await floatsOf(tensor) };
}

async function valueProducts(tensor: Tensor): Promise<ValueProducts> {
  const [layers = 0, keys = 0, heads = 0] = tensor.dims;
  return { layers, keys, heads, data: await floatsOf(tensor) };
}
