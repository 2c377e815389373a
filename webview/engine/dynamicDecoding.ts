/** Targets in the making whose cache grows with each token, on whatever device the graphs are. Knows neither search nor text. */
import type { OwnModelConfig } from './modelConfig.ts';
import { disposeAll, float32Tensor, floatsOf, int32Tensor, integersOf, type Graph, type Tensor } from './onnxRuntime.ts';
import { watchedStep, type Decoding, type EncodedSources, type GreedyStep, type Step } from './seq2seqModel.ts';

export interface OnnxEncodedSources extends EncodedSources {
  /** 1 for a token, 0 for padding: `[count, longest source]`, row-major. */
  readonly sourceMask: Float32Array;
  /** Tokens of each source. */
  readonly lengths: readonly number[];
  /** `cross_key.i` and `cross_value.i` of each decoder layer: `[count, heads, longest source, headSize]`. */
  readonly crossKeyValues: Readonly<Record<string, Tensor>>;
}

export interface DecoderGraphs {
  readonly config: OwnModelConfig;
  /** One step. */
  readonly step: Graph;
  /** Keys or values of chosen rows. */
  readonly choose: Graph;
}

export class DynamicDecoding implements Decoding {
  private cross: Readonly<Record<string, Tensor>>;
  /** `[rows, longest source]`, row-major */
  private mask: Float32Array;
  private readonly longest: number;
  /** Keys and values of what each row has read. */
  private past: Readonly<Record<string, Tensor>>;

  private constructor(
    private readonly graphs: DecoderGraphs,
    private readonly encoded: OnnxEncodedSources,
    private readonly watched: readonly number[],
    /** Which source each row writes a target of. */
    private sources: readonly number[],
    cross: Readonly<Record<string, Tensor>>,
  ) {
    const { config } = graphs;
    this.cross = cross;
    this.longest = encoded.sourceMask.length / encoded.count;
    this.mask = this.maskOf(encoded.sourceMask, sources);
    const dims = [sources.length, config.decoderHeads, 0, config.hiddenSize / config.decoderHeads];
    this.past = Object.fromEntries(
      Array.from({ length: config.decoderLayers }, (_, layer) => [`past_key.${layer}`, `past_value.${layer}`])
        .flat()
        .map((name) => [name, float32Tensor(new Float32Array(0), dims)]),
    );
  }

  static async begin(
    graphs: DecoderGraphs,
    encoded: OnnxEncodedSources,
    sources: readonly number[],
    watched: readonly number[] = [],
  ): Promise<DynamicDecoding> {
    const isEverySource = sources.length === encoded.count && sources.every((source, row) => source === row);
    const cross = isEverySource ? encoded.crossKeyValues : await chosenRows(graphs.choose, encoded.crossKeyValues, sources);
    return new DynamicDecoding(graphs, encoded, watched, sources, cross);
  }

  async step(tokens: readonly number[], { logits }: { readonly logits: boolean }): Promise<Step> {
    const result = await this.read(tokens, logits ? 'logits' : 'next_token');
    if (!logits) return { next: await integersOf(result), logits: undefined };
    const scores = await floatsOf(result);
    return { next: bestOfEachRow(scores, this.sources.length), logits: scores };
  }

  /** One step: in a graph a loop of them would wait for the GPU at each. */
  async greedy(tokens: readonly number[]): Promise<readonly GreedyStep[]> {
    const { watched } = this;
    return [watchedStep(await this.step(tokens, { logits: watched.length > 0 }), watched)];
  }

  async select(rows: readonly number[]): Promise<void> {
    const { choose } = this.graphs;
    if (rows.length === this.sources.length && rows.every((row, index) => row === index)) return;
    const sources = rows.map((row) => this.sources[row]!);
    const past = await chosenRows(choose, this.past, rows);
    disposeAll(Object.values(this.past));
    this.past = past;
    // Beams change places among the rows of their own source, which therefore stay.
    if (rows.length !== this.sources.length || sources.some((source, index) => source !== this.sources[index])) {
      const cross = await chosenRows(choose, this.cross, rows);
      this.disposeCross();
      this.cross = cross;
      this.mask = this.maskOf(this.mask, rows);
    }
    this.sources = sources;
  }

  dispose(): void {
    disposeAll(Object.values(this.past));
    this.disposeCross();
  }

  /** What belongs to the encoded sources serves other decodings too. */
  private disposeCross(): void {
    if (this.cross !== this.encoded.crossKeyValues) disposeAll(Object.values(this.cross));
  }

  /** Runs the step, keeps the cache that it gives, and gives the output that is wanted. */
  private async read(tokens: readonly number[], wanted: string): Promise<Tensor> {
    const rows = this.sources.length;
    const feeds = {
      decoder_input_ids: int32Tensor(tokens, [rows, 1]),
      source_mask: float32Tensor(this.mask, [rows, this.longest]),
      ...this.past,
      ...this.cross,
    };
    const present = (name: string): string => name.replace('past', 'present');
    const names = Object.keys(this.past);
    const results = await this.graphs.step.run(feeds, [wanted, ...names.map(present)]);
    disposeAll(Object.values(this.past));
    this.past = Object.fromEntries(names.map((name) => [name, results[present(name)]!]));
    return results[wanted]!;
  }

  private maskOf(all: Float32Array, rows: readonly number[]): Float32Array {
    const { longest } = this;
    const mask = new Float32Array(rows.length * longest);
    rows.forEach((row, index) => mask.set(all.subarray(row * longest, (row + 1) * longest), index * longest));
    return mask;
  }
}

async function chosenRows(
  choose: Graph,
  tensors: Readonly<Record<string, Tensor>>,
  rows: readonly number[],
): Promise<Record<string, Tensor>> {
  const wanted = int32Tensor(rows, [rows.length]);
  const chosen: Record<string, Tensor> = {};
  for (const [name, tensor] of Object.entries(tensors))
    chosen[name] = (await choose.run({ all: tensor, rows: wanted }, ['chosen']))['chosen']!;
  return chosen;
}

/** The first of the largest in each of `rows` rows, as the graph's own ArgMax. */
function bestOfEachRow(scores: Float32Array, rows: number): Int32Array {
  const width = scores.length / rows;
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = row * width;
    for (let i = best + 1; i < (row + 1) * width; i++) if (scores[i]! > scores[best]!) best = i;
    return best - row * width;
  });
}
