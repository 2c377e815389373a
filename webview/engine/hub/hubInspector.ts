/** The inspect pass of a model whose files give no attention: its graphs are made to tell it. One text at a time. Knows no intervention by name. */
import type { Device } from '../../../src/shared/engineStatus.ts';
import type { AttentionMaps, HiddenStates, ValueProducts } from '../../../src/shared/inspection.ts';
import { argmax } from '../argmax.ts';
import type { ModelConfig } from '../modelConfig.ts';
import { chooseBranch } from '../onnxGraph/chooseBranch.ts';
import { exposeAttentions, HEAD_MASKS, type ExposedAttention } from '../onnxGraph/exposeAttentions.ts';
import { keepOutputs } from '../onnxGraph/keepOutputs.ts';
import type { OnnxFile } from '../onnxGraph/onnxFile.ts';
import { readAsFloats } from '../onnxGraph/readAsFloats.ts';
import { disposeAll, float32Tensor, floatsOf, int64Tensor, type Tensor, type Tensors } from '../onnxRuntime.ts';
import { watchedStep, type DecoderMemory, type Decoding, type Inspector } from '../seq2seqModel.ts';
import type { HubFiles } from './hubModel.ts';
import { feedsOf, loadHubGraph } from './hubGraph.ts';
import { applyScoreRules, type ScoreRules } from './scoreRules.ts';

export interface HubInspector extends Inspector {
  release(): Promise<void>;
}

/** Decides in a merged decoder whether there are cached keys and values. */
const USES_CACHE = 'use_cache_branch';

/** An attention that a graph hides is left out, all others are told. @throws SaccadeError of kind "badModel" or "device" */
export async function loadHubInspector(config: ModelConfig, rules: ScoreRules, files: HubFiles, device: Device): Promise<HubInspector> {
  const { layout, open, content } = files;
  const encoderFile = open(layout.encoder);
  const exposedEncoder = exposeAttentions(encoderFile.graph);
  const decoderFile = decoderWithoutCache(open(layout.inspected));
  const exposedDecoder = exposeAttentions(decoderFile.graph);
  readAsFloats(decoderFile.graph, 'encoder_hidden_states');
  const encoderSelf = layersOf(exposedEncoder.self, config.encoderLayers, config.encoderHeads);
  const decoderSelf = layersOf(exposedDecoder.self, config.decoderLayers, config.decoderHeads);
  const cross = layersOf(exposedDecoder.cross, config.decoderLayers, config.decoderHeads);
  const encoder = await loadHubGraph(encoderFile, device, content);
  const decoder = await loadHubGraph(decoderFile, device, content);

  function maskTensor(mask: Float32Array): Tensor {
    return int64Tensor([...mask], [1, mask.length]);
  }

  function runDecoder(memory: DecoderMemory, ids: readonly number[], wanted: readonly string[]): Promise<Record<string, Tensor>> {
    const { states, sourceMask, decoderHeads, crossHeads } = memory;
    const offered: Tensors = {
      input_ids: int64Tensor(ids, [1, ids.length]),
      encoder_hidden_states: float32Tensor(states, [1, sourceMask.length, config.hiddenSize]),
      encoder_attention_mask: maskTensor(sourceMask),
      [HEAD_MASKS.self]: headMask(decoderSelf, decoderHeads),
      [HEAD_MASKS.cross]: headMask(cross, crossHeads),
    };
    return decoder.graph.run(feedsOf(decoder, layout.inspected, offered), wanted);
  }

  return {
    async encode(sourceIds, sourceMask, heads) {
      const offered: Tensors = {
        input_ids: int64Tensor(sourceIds, [1, sourceIds.length]),
        attention_mask: maskTensor(sourceMask),
        [HEAD_MASKS.self]: headMask(encoderSelf, heads),
      };
      const feeds = feedsOf(encoder, layout.encoder, offered);
      const results = await encoder.graph.run(feeds, ['last_hidden_state', ...namesOf(encoderSelf)]);
      const last = await floatsOf(results['last_hidden_state']!);
      return {
        hiddenStates: await hiddenStates(encoderSelf, results, last, config.hiddenSize),
        attentions: await attentionMaps(encoderSelf, results, sourceIds.length, sourceIds.length),
        valueProducts: await valueProducts(encoderSelf, results),
        languageScores: new Float32Array(0),
        classScores: new Float32Array(0),
      };
    },
    async decode(memory, decoderInput) {
      const results = await runDecoder(memory, decoderInput, ['logits', ...namesOf(decoderSelf), ...namesOf(cross)]);
      const logits = await floatsOf(results['logits']!);
      const width = logits.length / decoderInput.length;
      for (const position of decoderInput.keys())
        applyScoreRules(logits.subarray(position * width, (position + 1) * width), 1, position, rules);
      return {
        logits,
        attentions: await attentionMaps(decoderSelf, results, decoderInput.length, decoderInput.length),
        crossAttentions: await attentionMaps(cross, results, decoderInput.length, memory.sourceMask.length),
        valueProducts: await valueProducts(decoderSelf, results),
        crossValueProducts: await valueProducts(cross, results),
      };
    },
    begin(memory, watched) {
      const read: number[] = [];
      const logitsAfter = async (tokens: readonly number[]): Promise<Float32Array> => {
        if (tokens.length !== 1) throw new RangeError(`The inspect pass has one row, not ${tokens.length}.`);
        read.push(tokens[0]!);
        const results = await runDecoder(memory, read, ['logits']);
        const all = await floatsOf(results['logits']!);
        const logits = all.slice(-all.length / read.length);
        applyScoreRules(logits, 1, read.length - 1, rules);
        disposeAll(Object.values(results));
        return logits;
      };
      return {
        async step(tokens, wanted) {
          const logits = await logitsAfter(tokens);
          return { next: Int32Array.of(argmax(logits)), logits: wanted.logits ? logits : undefined };
        },
        async greedy(tokens) {
          const logits = await logitsAfter(tokens);
          return [watchedStep({ next: Int32Array.of(argmax(logits)), logits }, watched)];
        },
        select: () => Promise.resolve(),
        dispose: () => undefined,
      } satisfies Decoding;
    },
    async release() {
      await Promise.all([encoder.graph.release(), decoder.graph.release()]);
    },
  };
}

/** The graph of a first step, which reads a whole target as well as one token. */
export function decoderWithoutCache(file: OnnxFile): OnnxFile {
  chooseBranch(file.graph, USES_CACHE, false);
  keepOutputs(file.graph, (name) => name === 'logits');
  return file;
}

/** One kind of attention: of all layers, or of none, because nobody could say of which layers the found ones are. */
interface Layers {
  readonly exposed: readonly ExposedAttention[];
  readonly count: number;
  readonly heads: number;
}

function layersOf(found: readonly ExposedAttention[], count: number, heads: number): Layers {
  return { exposed: found.length === count ? found : [], count, heads };
}

/** Heads of an attention that is hidden work, whatever is asked. */
function headMask({ exposed, count, heads }: Layers, mask: Float32Array): Tensor {
  return float32Tensor(exposed.length > 0 ? mask : new Float32Array(count * heads).fill(1), [count, heads]);
}

function namesOf({ exposed }: Layers): string[] {
  return exposed.flatMap((each) => [each.probabilities, each.valueProducts, each.layerInput].filter((name) => name !== undefined));
}

/** Zeros where the graph hides them. */
async function attentionMaps({ exposed, count, heads }: Layers, results: Tensors, queries: number, keys: number): Promise<AttentionMaps> {
  const tensors = exposed.map(({ probabilities }) => results[probabilities]!);
  const data = exposed.length > 0 ? await joined(tensors) : new Float32Array(count * heads * queries * keys);
  return { layers: count, heads, queries, keys, data };
}

/** Of no layer where one hides them. */
async function valueProducts({ exposed, count, heads }: Layers, results: Tensors): Promise<ValueProducts> {
  const tensors = exposed.flatMap(({ valueProducts: name }) => (name === undefined ? [] : results[name]!));
  if (tensors.length < count) return { layers: 0, keys: 0, heads: 0, data: new Float32Array(0) };
  return { layers: count, keys: tensors[0]?.dims[0] ?? 0, heads, data: await joined(tensors) };
}

/** Of the encoder's end alone where a layer hides what goes into it. */
async function hiddenStates({ exposed, count }: Layers, results: Tensors, last: Float32Array, size: number): Promise<HiddenStates> {
  const inputs = exposed.flatMap(({ layerInput }) => (layerInput === undefined ? [] : results[layerInput]!));
  const positions = last.length / size;
  if (inputs.length < count) return { layers: 1, positions, size, data: last };
  const before = await joined(inputs);
  const data = new Float32Array(before.length + last.length);
  data.set(before);
  data.set(last, before.length);
  return { layers: inputs.length + 1, positions, size, data };
}

async function joined(tensors: readonly Tensor[]): Promise<Float32Array> {
  const parts = await Promise.all(tensors.map(floatsOf));
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
