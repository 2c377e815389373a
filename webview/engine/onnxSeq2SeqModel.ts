/** The model as ONNX graphs over one weight file: encoder, one decoder step, a run of steps, choice of rows; onnxInspector.ts has the inspect pass. */
import { deviceOf, type EnginePath } from '../../src/shared/engineStatus.ts';
import { loadCapturedDecoder, type CaptureGraphs } from './loadCapturedDecoder.ts';
import type { ModelConfig } from './modelConfig.ts';
import { loadOnnxInspector, type InspectGraphs, type OnnxInspector } from './onnxInspector.ts';
import {
  disposeAll,
  float32Tensor,
  floatsOf,
  int32Tensor,
  integersOf,
  loadGraph,
  type Graph,
  type Tensor,
  type Tensors,
} from './onnxRuntime.ts';
import {
  DROPPED_SHARE,
  type Classified,
  type DecodeOptions,
  type Decoding,
  type EncodedSources,
  type Seq2SeqModel,
} from './seq2seqModel.ts';
import { amongAll, type Choice, type Shortlist } from './shortlist.ts';

export interface ModelGraphs {
  readonly encoder: Uint8Array;
  readonly step: Uint8Array;
  /** Steps in a loop, for the processor: on a GPU the loop would wait for the GPU at each step. */
  readonly greedy: Uint8Array;
  readonly rows: Uint8Array;
  readonly inspect: InspectGraphs;
  readonly capture: CaptureGraphs;
  /** fp32, shared by the graphs. */
  readonly weights: Uint8Array;
}

interface OnnxEncodedSources extends EncodedSources {
  readonly sourceIds: readonly (readonly number[])[];
  /** 1 for a token, 0 for padding: `[count, longest source]`, row-major. */
  readonly sourceMask: Float32Array;
  /** Tokens of each source. */
  readonly lengths: readonly number[];
  /** `cross_key.i` and `cross_value.i` of each decoder layer: `[count, heads, longest source, headSize]`. */
  readonly crossKeyValues: Readonly<Record<string, Tensor>>;
}

/**
 * @param shortlist what `greedy` chooses among where it need not be exact; undefined for the whole vocabulary
 * @throws SaccadeError of kind "device"
 */
export async function loadOnnxSeq2SeqModel(
  config: ModelConfig,
  graphs: ModelGraphs,
  path: EnginePath,
  shortlist?: Shortlist,
): Promise<Seq2SeqModel> {
  const device = deviceOf(path);
  const names = (...kinds: string[]): string[] =>
    Array.from({ length: config.decoderLayers }, (_, layer) => kinds.map((kind) => `${kind}.${layer}`)).flat();
  const crossNames = names('cross_key', 'cross_value');
  const presentNames = names('present_key', 'present_value');
  const { weights } = graphs;
  const encoder = await loadGraph('encoder.onnx', graphs.encoder, { device, weights, keepOnDevice: crossNames });
  const step = await loadGraph('step.onnx', graphs.step, { device, weights, keepOnDevice: presentNames });
  const greedy = device === 'wasm' ? await loadGraph('greedy.onnx', graphs.greedy, { device, weights }) : undefined;
  const choose = await loadGraph('rows.onnx', graphs.rows, { device, weights, keepOnDevice: ['chosen'] });
  // Looking is rarer than translating: its graphs take no memory before somebody does.
  let inspector: Promise<OnnxInspector> | undefined;

  /** The encoder's inputs; sources are padded on the right. */
  function feedsOf(sources: readonly (readonly number[])[]): { feeds: Tensors; sourceMask: Float32Array } {
    const longest = Math.max(...sources.map((ids) => ids.length));
    const dims = [sources.length, longest];
    const padded = sources.flatMap((ids) => [...ids, ...new Array<number>(longest - ids.length).fill(config.padToken)]);
    const sourceMask = Float32Array.from({ length: padded.length }, (_, index) =>
      index % longest < sources[Math.floor(index / longest)]!.length ? 1 : 0,
    );
    return { feeds: { input_ids: int32Tensor(padded, dims), source_mask: float32Tensor(sourceMask, dims) }, sourceMask };
  }

  async function encode(sources: readonly (readonly number[])[]): Promise<OnnxEncodedSources> {
    const { feeds, sourceMask } = feedsOf(sources);
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

  async function classify(sources: readonly (readonly number[])[]): Promise<Classified> {
    const results = await encoder.run(feedsOf(sources).feeds, ['language_scores', 'class_scores']);
    return { languageScores: await floatsOf(results['language_scores']!), classScores: await floatsOf(results['class_scores']!) };
  }

  async function chosenRows(tensors: Readonly<Record<string, Tensor>>, rows: readonly number[]): Promise<Record<string, Tensor>> {
    const wanted = int32Tensor(rows, [rows.length]);
    const chosen: Record<string, Tensor> = {};
    for (const [name, tensor] of Object.entries(tensors))
      chosen[name] = (await choose.run({ all: tensor, rows: wanted }, ['chosen']))['chosen']!;
    return chosen;
  }

  const captured = path === 'webgpu' ? await loadCapturedDecoder(config, graphs.capture, weights, encode) : undefined;

  async function decode(encoded: EncodedSources, sources: readonly number[], options: DecodeOptions = {}): Promise<Decoding> {
    if (!captured) return decodeDynamically(encoded, sources, options);
    const { crossKeyValues, lengths } = encoded as OnnxEncodedSources;
    return captured.decode({ keyValues: crossKeyValues, lengths }, sources, (others) => decodeDynamically(encoded, others, options));
  }

  async function decodeDynamically(
    encoded: EncodedSources,
    sources: readonly number[],
    { exact = false }: DecodeOptions,
  ): Promise<Decoding> {
    const { count, sourceIds, crossKeyValues, sourceMask } = encoded as OnnxEncodedSources;
    const isEverySource = sources.length === count && sources.every((source, row) => source === row);
    const headSize = config.hiddenSize / config.heads;
    const longest = sourceMask.length / count;
    const maskOf = (all: Float32Array, rows: readonly number[]): Float32Array => {
      const mask = new Float32Array(rows.length * longest);
      rows.forEach((row, index) => mask.set(all.subarray(row * longest, (row + 1) * longest), index * longest));
      return mask;
    };
    let mask = maskOf(sourceMask, sources);
    let cross = isEverySource ? crossKeyValues : await chosenRows(crossKeyValues, sources);
    let sourceOfRow = sources;
    let rowCount = sources.length;
    /** The first token that each row has read; none before the first step. */
    let startTokens: readonly number[] = [];
    /** Made anew when the rows change. */
    let choice: Choice | undefined;
    let past: Record<string, Tensor> = Object.fromEntries(
      names('past_key', 'past_value').map((name) => [name, float32Tensor(new Float32Array(0), [rowCount, config.heads, 0, headSize])]),
    );
    const dispose = (): void => {
      disposeAll(Object.values(past));
      // What belongs to the encoded sources serves other decodings too.
      if (cross !== crossKeyValues) disposeAll(Object.values(cross));
    };
    /** Runs a graph that reads tokens, and keeps the cache that it gives. */
    const read = async (graph: Graph, tokens: readonly number[], more: Tensors, wanted: string): Promise<Tensor> => {
      if (startTokens.length === 0) startTokens = tokens;
      const feeds = {
        decoder_input_ids: int32Tensor(tokens, [rowCount, 1]),
        source_mask: float32Tensor(mask, [rowCount, longest]),
        ...more,
        ...past,
        ...cross,
      };
      const results = await graph.run(feeds, [wanted, ...presentNames]);
      disposeAll(Object.values(past));
      past = Object.fromEntries(presentNames.map((name) => [name.replace('present', 'past'), results[name]!]));
      return results[wanted]!;
    };
    const choiceOfRows = (tokens: readonly number[]): Choice => {
      const begun = startTokens.length > 0 ? startTokens : tokens;
      const rows = sourceOfRow.map((source, row) => ({ startToken: begun[row]!, sourceIds: sourceIds[source]! }));
      return exact || !shortlist ? amongAll(rowCount, config.endToken) : shortlist.choice(rows);
    };
    return {
      async step(tokens, { logits }) {
        if (!logits) return { next: await integersOf(await read(step, tokens, {}, 'next_token')), logits: undefined };
        const scores = await floatsOf(await read(step, tokens, {}, 'logits'));
        return { next: bestOfEachRow(scores, rowCount), logits: scores };
      },
      async greedy(tokens, count) {
        if (!greedy) return [await integersOf(await read(step, tokens, {}, 'next_token'))];
        const leastOpen = Math.floor((1 - DROPPED_SHARE) * rowCount) + 1;
        const { candidates, leastProbabilities } = (choice ??= choiceOfRows(tokens));
        const limits = {
          steps: int32Tensor([count], []),
          least_open: int32Tensor([leastOpen], []),
          candidates: int32Tensor(candidates, [candidates.length]),
          least_probability: float32Tensor(Float32Array.from(leastProbabilities), [rowCount, 1]),
          watched: int32Tensor([config.endToken], [1]),
        };
        const next = await integersOf(await read(greedy, tokens, limits, 'next_tokens'));
        return Array.from({ length: next.length / rowCount }, (_, index) => next.subarray(index * rowCount, (index + 1) * rowCount));
      },
      async select(rows) {
        if (rows.length === rowCount && rows.every((row, index) => row === index)) return;
        const chosenSources = rows.map((row) => sourceOfRow[row]!);
        const chosenPast = await chosenRows(past, rows);
        disposeAll(Object.values(past));
        past = chosenPast;
        // Beams change places among the rows of their own source, which therefore stay.
        if (rows.length !== rowCount || chosenSources.some((source, index) => source !== sourceOfRow[index])) {
          const chosenCross = await chosenRows(cross, rows);
          if (cross !== crossKeyValues) disposeAll(Object.values(cross));
          cross = chosenCross;
          mask = maskOf(mask, rows);
        }
        sourceOfRow = chosenSources;
        startTokens = startTokens.length > 0 ? rows.map((row) => startTokens[row]!) : [];
        choice = undefined;
        rowCount = rows.length;
      },
      dispose,
    };
  }

  return {
    config,
    encode,
    classify,
    decode,
    inspector: () => (inspector ??= loadOnnxInspector(config, graphs.inspect, device, weights)),
    async release() {
      await Promise.all([
        encoder.release(),
        step.release(),
        greedy?.release(),
        choose.release(),
        captured?.release(),
        inspector?.then((graphs) => graphs.release()),
      ]);
    },
  };
}

/** The first of the largest in each of `rows` rows, as the graph's own ArgMax. */
export function bestOfEachRow(scores: Float32Array, rows: number): Int32Array {
  const width = scores.length / rows;
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = row * width;
    for (let i = best + 1; i < (row + 1) * width; i++) if (scores[i]! > scores[best]!) best = i;
    return best - row * width;
  });
}
