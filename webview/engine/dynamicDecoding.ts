/** Targets in the making whose cache grows with each token, on whatever device the graphs are. Knows neither search nor text. */
import type { OwnModelConfig } from './modelConfig.ts';
import { disposeAll, float32Tensor, floatsOf, int32Tensor, integersOf, type Graph, type Tensor, type Tensors } from './onnxRuntime.ts';
import {
  DROPPED_SHARE,
  watchedStep,
  type DecodeOptions,
  type Decoding,
  type EncodedSources,
  type GreedyStep,
  type Step,
} from './seq2seqModel.ts';
import type { OutputColumns } from './outputColumns.ts';
import { amongAll, type Choice, type Shortlist } from './shortlist.ts';

export interface OnnxEncodedSources extends EncodedSources {
  readonly sourceIds: readonly (readonly number[])[];
  /** 1 for a token, 0 for padding: `[count, longest source]`, row-major. */
  readonly sourceMask: Float32Array;
  /** Tokens of each source. */
  readonly lengths: readonly number[];
  /** `cross_key.i` and `cross_value.i` of each decoder layer: `[count, heads, longest source, headSize]`. */
  readonly crossKeyValues: Readonly<Record<string, Tensor>>;
}

export interface DecoderGraphs {
  readonly config: OwnModelConfig;
  /** One step; loaded when it is first needed. */
  readonly step: () => Promise<Graph>;
  /** Steps in a loop; undefined on a device where it would wait at each of them. */
  readonly greedy: Graph | undefined;
  /** Keys or values of chosen rows. */
  readonly choose: Graph;
  /** What `greedy` chooses among where it need not be exact; undefined for the whole vocabulary. */
  readonly shortlist: Shortlist | undefined;
  readonly columns: OutputColumns;
}

export class DynamicDecoding implements Decoding {
  private cross: Readonly<Record<string, Tensor>>;
  /** `[rows, longest source]`, row-major */
  private mask: Float32Array;
  private readonly longest: number;
  /** Keys and values of what each row has read. */
  private past: Readonly<Record<string, Tensor>>;
  /** The first token that each row has read; none before the first step. */
  private startTokens: readonly number[] = [];
  /** Made anew when the rows change. */
  private choice: Choice | undefined;

  private constructor(
    private readonly graphs: DecoderGraphs,
    private readonly encoded: OnnxEncodedSources,
    private readonly options: DecodeOptions,
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
    options: DecodeOptions,
  ): Promise<DynamicDecoding> {
    const isEverySource = sources.length === encoded.count && sources.every((source, row) => source === row);
    const cross = isEverySource ? encoded.crossKeyValues : await chosenRows(graphs.choose, encoded.crossKeyValues, sources);
    return new DynamicDecoding(graphs, encoded, options, sources, cross);
  }

  async step(tokens: readonly number[], { logits }: { readonly logits: boolean }): Promise<Step> {
    const [result] = await this.read(await this.graphs.step(), tokens, {}, [logits ? 'logits' : 'next_token']);
    if (!logits) return { next: await integersOf(result!), logits: undefined };
    const scores = await floatsOf(result!);
    return { next: bestOfEachRow(scores, this.sources.length), logits: scores };
  }

  async greedy(tokens: readonly number[], count: number): Promise<readonly GreedyStep[]> {
    const { greedy, config, columns } = this.graphs;
    const { watched = [] } = this.options;
    if (!greedy) return [watchedStep(await this.step(tokens, { logits: watched.length > 0 }), watched)];
    const rows = this.sources.length;
    const { frequent, candidates, leastProbabilities } = (this.choice ??= this.choiceOf(tokens));
    const watchedTokens = watched.length > 0 ? watched : [config.endToken];
    const limits = {
      steps: int32Tensor([count], []),
      least_open: int32Tensor([Math.floor((1 - DROPPED_SHARE) * rows) + 1], []),
      frequent: int32Tensor(frequent, [frequent.length]),
      frequent_columns: float32Tensor(columns.of(frequent), [config.hiddenSize, frequent.length]),
      candidates: int32Tensor(candidates, [candidates.length]),
      least_probability: float32Tensor(Float32Array.from(leastProbabilities), [rows, 1]),
      watched: int32Tensor(watchedTokens, [watchedTokens.length]),
    };
    const wanted = watched.length > 0 ? ['next_tokens', 'scores', 'watched_scores'] : ['next_tokens'];
    const [next, best, scores] = await this.read(greedy, tokens, limits, wanted);
    const written = await integersOf(next!);
    const [bestOfAll, watchedOfAll] = best && scores ? [await floatsOf(best), await floatsOf(scores)] : [];
    const ofStep = <Values extends Int32Array | Float32Array>(all: Values, step: number, width: number): Values =>
      all.subarray(step * rows * width, (step + 1) * rows * width) as Values;
    return Array.from({ length: written.length / rows }, (_, step) => ({
      next: ofStep(written, step, 1),
      scores: bestOfAll && watchedOfAll && { best: ofStep(bestOfAll, step, 1), watched: ofStep(watchedOfAll, step, watchedTokens.length) },
    }));
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
    this.startTokens = this.startTokens.length > 0 ? rows.map((row) => this.startTokens[row]!) : [];
    this.choice = undefined;
  }

  dispose(): void {
    disposeAll(Object.values(this.past));
    this.disposeCross();
  }

  /** What belongs to the encoded sources serves other decodings too. */
  private disposeCross(): void {
    if (this.cross !== this.encoded.crossKeyValues) disposeAll(Object.values(this.cross));
  }

  /** Runs a graph that reads tokens, keeps the cache that it gives, and gives the outputs that are wanted. */
  private async read(graph: Graph, tokens: readonly number[], more: Tensors, wanted: readonly string[]): Promise<Tensor[]> {
    if (this.startTokens.length === 0) this.startTokens = tokens;
    const rows = this.sources.length;
    const feeds = {
      decoder_input_ids: int32Tensor(tokens, [rows, 1]),
      source_mask: float32Tensor(this.mask, [rows, this.longest]),
      ...more,
      ...this.past,
      ...this.cross,
    };
    const present = (name: string): string => name.replace('past', 'present');
    const names = Object.keys(this.past);
    const results = await graph.run(feeds, [...wanted, ...names.map(present)]);
    disposeAll(Object.values(this.past));
    this.past = Object.fromEntries(names.map((name) => [name, results[present(name)]!]));
    return wanted.map((name) => results[name]!);
  }

  private choiceOf(tokens: readonly number[]): Choice {
    const { shortlist, config } = this.graphs;
    const begun = this.startTokens.length > 0 ? this.startTokens : tokens;
    if (!shortlist) return amongAll(this.sources.length, config.endToken);
    return shortlist.choice(
      this.sources.map((source, row) => ({
        startToken: begun[row]!,
        sourceIds: this.encoded.sourceIds[source]!,
        isExact: this.options.isExact?.(source) ?? false,
      })),
    );
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
