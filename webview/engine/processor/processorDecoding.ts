/** Targets in the making on the processor. Rows that have ended cost nothing, so there is no need to drop them early. Knows neither search nor text. */
import type { OwnModelConfig } from '../modelConfig.ts';
import { DROPPED_SHARE, type DecodeOptions, type Decoding, type GreedyStep, type Step } from '../seq2seqModel.ts';
import { amongAll, type Choice, type Shortlist } from '../shortlist.ts';
import type { Kernels } from './kernels.ts';
import type { Chosen, OutputLayer, OwnCandidates, TokenList } from './outputLayer.ts';
import { argmax } from '../argmax.ts';
import type { ProcessorDecoder, Target } from './processorDecoder.ts';
import type { ProcessorSources } from './processorEncoder.ts';
import { RoundedStates } from './roundedStates.ts';

/** What every decoding of a model shares. */
export interface DecodingParts {
  readonly config: OwnModelConfig;
  readonly kernels: Kernels;
  readonly decoder: ProcessorDecoder;
  readonly output: OutputLayer;
  /** What tokens are chosen among where they need not be exact; undefined for the whole vocabulary. */
  readonly shortlist: Shortlist | undefined;
}

interface Row extends Target {
  readonly source: number;
}

/** What tokens are chosen among until the rows change. */
interface Listed {
  readonly frequent: Uint16Array;
  /** Of each row. */
  readonly own: readonly OwnCandidates[];
}

export class ProcessorDecoding implements Decoding {
  private rows: readonly Row[];
  /** Tokens that each row has read. */
  private length = 0;
  /** The first token that each row has read; none before the first step. */
  private startTokens: readonly number[] = [];
  private listed: Listed | undefined;
  private readonly watched: TokenList | undefined;

  constructor(
    private readonly parts: DecodingParts,
    private readonly encoded: ProcessorSources,
    sources: readonly number[],
    private readonly options: DecodeOptions,
  ) {
    const { decoder, output } = parts;
    const { watched = [] } = options;
    this.watched = watched.length > 0 ? output.list(Uint16Array.from(watched)) : undefined;
    this.rows = sources.map((source) => ({
      source,
      cache: decoder.newCache(),
      cross: encoded.crossKeyValues.map((ofSources) => ofSources[source]!),
    }));
  }

  step(tokens: readonly number[], wanted: { readonly logits: boolean }): Promise<Step> {
    const { output } = this.parts;
    const rows = [...this.rows.keys()];
    return Promise.resolve(
      this.read(rows, tokens, (states): Step => {
        const logits = output.logits(states);
        const width = logits.length / rows.length;
        const next = Int32Array.from(rows, (row) => argmax(logits.subarray(row * width, (row + 1) * width)));
        return { next, logits: wanted.logits ? logits : undefined };
      }),
    );
  }

  greedy(tokens: readonly number[], count: number): Promise<readonly GreedyStep[]> {
    const { endToken } = this.parts.config;
    const leastOpen = Math.floor((1 - DROPPED_SHARE) * this.rows.length) + 1;
    const steps: GreedyStep[] = [];
    let last = tokens;
    let open = [...this.rows.keys()].filter((row) => tokens[row] !== endToken);
    do {
      const step = this.greedyStep(open, last);
      steps.push(step);
      last = [...step.next];
      open = open.filter((row) => last[row] !== endToken);
    } while (steps.length < count && open.length >= leastOpen);
    return Promise.resolve(steps);
  }

  select(rows: readonly number[]): Promise<void> {
    const taken = new Set<Row>();
    const selected = rows.map((index) => {
      const row = this.rows[index]!;
      if (taken.has(row)) return { ...row, cache: row.cache.copy() };
      taken.add(row);
      return row;
    });
    for (const row of this.rows) if (!taken.has(row)) row.cache.free();
    this.rows = selected;
    if (this.startTokens.length > 0) this.startTokens = rows.map((index) => this.startTokens[index]!);
    this.forgetLists();
    return Promise.resolve();
  }

  dispose(): void {
    for (const { cache } of this.rows) cache.free();
    this.forgetLists();
    if (this.watched) this.parts.kernels.free(this.watched.address);
  }

  /** What the other rows get means nothing. */
  private greedyStep(open: readonly number[], tokens: readonly number[]): GreedyStep {
    const { output, config } = this.parts;
    const { watched } = this;
    const next = new Int32Array(this.rows.length).fill(config.endToken);
    const best = new Float32Array(this.rows.length);
    const scores = new Float32Array(this.rows.length * (watched?.tokens.length ?? 0));
    if (open.length === 0) return { next, scores: watched && { best, watched: scores } };
    this.read(open, tokens, (states) => {
      for (const [index, { token, score }] of this.choose(states, open).entries()) {
        next[open[index]!] = token;
        best[open[index]!] = score;
      }
      if (!watched) return;
      const width = watched.tokens.length;
      const all = output.logitsOf(states, watched);
      for (const [index, row] of open.entries()) scores.set(all.subarray(index * width, (index + 1) * width), row * width);
    });
    return { next, scores: watched && { best, watched: scores } };
  }

  private read<Result>(open: readonly number[], tokens: readonly number[], use: (states: RoundedStates) => Result): Result {
    const { decoder, kernels, config } = this.parts;
    if (this.startTokens.length === 0) this.startTokens = tokens;
    const targets = open.map((row) => this.rows[row]!);
    const read = open.map((row) => tokens[row]!);
    return decoder.read(targets, read, this.length++, (states) => RoundedStates.lend(kernels, states, open.length, config.hiddenSize, use));
  }

  private choose(states: RoundedStates, open: readonly number[]): Chosen[] {
    const { frequent, own } = (this.listed ??= this.listedFor(this.choice()));
    return this.parts.output.choose(
      states,
      frequent,
      open.map((row) => own[row]!),
    );
  }

  private choice(): Choice {
    const { shortlist } = this.parts;
    if (!shortlist) return amongAll(this.rows.length);
    return shortlist.choice(
      this.rows.map(({ source }, row) => ({
        startToken: this.startTokens[row]!,
        sourceIds: this.encoded.sourceIds[source]!,
        isExact: this.options.isExact?.(source) ?? false,
      })),
    );
  }

  private listedFor({ frequent, rows }: Choice): Listed {
    const { output } = this.parts;
    return {
      frequent,
      own: rows.map(({ candidates, leastProbability }) => ({ list: output.list(candidates), leastProbability })),
    };
  }

  private forgetLists(): void {
    if (!this.listed) return;
    for (const { list } of this.listed.own) this.parts.kernels.free(list.address);
    this.listed = undefined;
  }
}
