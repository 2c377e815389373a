/** What generation and the inspect pass need of an encoder-decoder, whatever its files look like. Knows no text. */
import type { AttentionMaps, HiddenStates, ValueProducts } from '../../src/shared/inspection.ts';
import type { BatchLimits } from './likeLength.ts';
import type { ModelConfig } from './modelConfig.ts';

/** Sources after the encoder; holds device memory until it is disposed of. Serves any number of decodings. */
export interface EncodedSources {
  readonly count: number;
  dispose(): void;
}

/** What the encoder-only heads say of sources. */
export interface Classified {
  /** `[sources, languages]`, row-major: logits. */
  readonly languageScores: Float32Array;
  /** `[sources, longest source, classes]`, row-major: logits; those of padding mean nothing. */
  readonly classScores: Float32Array;
}

/** Scores of the next tokens. */
export interface Step {
  /** The most probable next token of each row. `[rows]` */
  readonly next: Int32Array;
  /** The scores of the whole vocabulary, where they were asked for. `[rows, vocabulary]`, row-major */
  readonly logits: Float32Array | undefined;
}

/** One of the steps that a decoding has gone on by itself. */
export interface GreedyStep {
  /** The most probable next token of each row. `[rows]` */
  readonly next: Int32Array;
  /** Scores as the logits have them, where tokens are watched. */
  readonly scores: WatchedScores | undefined;
}

export interface WatchedScores {
  /** Of the most probable token. `[rows]` */
  readonly best: Float32Array;
  /** Of the watched tokens. `[rows, watched]`, row-major */
  readonly watched: Float32Array;
}

/** Finished rows are dropped when they are this share of a batch: dropping copies the cache of the rest. */
export const DROPPED_SHARE = 0.25;

/** Target sequences in the making, all of one length; holds the cached keys and values of the tokens read so far. */
export interface Decoding {
  /** Reads one more token in each row. */
  step(tokens: readonly number[], wanted: { readonly logits: boolean }): Promise<Step>;
  /**
   * Reads one more token in each row and goes on by itself with the most probable ones; at least one step, at most `count`, fewer where
   * `DROPPED_SHARE` of the rows have ended. What a row has behind its `</s>` means nothing.
   */
  greedy(tokens: readonly number[], count: number): Promise<readonly GreedyStep[]>;
  /** Goes on with these of its rows, in this order; a row named several times goes on as several. */
  select(rows: readonly number[]): Promise<void>;
  dispose(): void;
}

export interface DecodeOptions {
  /** Whether a source's most probable token must be that of the whole vocabulary, however unlikely another than a candidate of the source is. */
  readonly isExact?: ((source: number) => boolean) | undefined;
  /** Tokens whose scores `greedy` is to tell; where there are any, a device that cannot read scores behind a run of steps makes one step. */
  readonly watched?: readonly number[] | undefined;
}

/** The encoder's share of an inspect pass over one source. */
export interface InspectedEncoder {
  readonly hiddenStates: HiddenStates;
  readonly attentions: AttentionMaps;
  readonly valueProducts: ValueProducts;
  /** `[languages]`: logits. */
  readonly languageScores: Float32Array;
  /** `[source positions, classes]`, row-major: logits. */
  readonly classScores: Float32Array;
}

/** What the decoder reads besides the target. In masks 1 is there and 0 is hidden. */
export interface DecoderMemory {
  /** `[source positions, hiddenSize]`, row-major. */
  readonly states: Float32Array;
  /** `[source positions]` */
  readonly sourceMask: Float32Array;
  /** `[layers, heads]`, row-major: of the self-attention. */
  readonly decoderHeads: Float32Array;
  /** `[layers, heads]`, row-major: of the cross-attention. */
  readonly crossHeads: Float32Array;
}

/** The decoder's share: one teacher-forced pass. */
export interface InspectedDecoder {
  /** `[decoder positions, vocabulary]`, row-major. */
  readonly logits: Float32Array;
  readonly attentions: AttentionMaps;
  readonly crossAttentions: AttentionMaps;
  readonly valueProducts: ValueProducts;
  readonly crossValueProducts: ValueProducts;
}

/** The model opened up: one text at a time, with everything that can be seen of it and heads and positions that can be hidden. */
export interface Inspector {
  /** @param encoderHeads `[layers, heads]`, row-major */
  encode(sourceIds: readonly number[], sourceMask: Float32Array, encoderHeads: Float32Array): Promise<InspectedEncoder>;
  decode(memory: DecoderMemory, decoderInput: readonly number[]): Promise<InspectedDecoder>;
  /** Begins one target; each `greedy` of it is one step, and tells the scores of the watched tokens. */
  begin(memory: DecoderMemory, watched: readonly number[]): Decoding;
}

export interface Seq2SeqModel {
  readonly config: ModelConfig;
  /** How many texts it is best given at once. */
  readonly batches: BatchLimits;
  /** @param onPart called where some of the sources are encoded and others are not; what it throws ends the work */
  encode(sources: readonly (readonly number[])[], onPart?: () => void | Promise<void>): Promise<EncodedSources>;
  classify(sources: readonly (readonly number[])[]): Promise<Classified>;
  /** Begins one target for each of the named sources; a source may be named several times. */
  decode(encoded: EncodedSources, sources: readonly number[], options?: DecodeOptions): Promise<Decoding>;
  inspector(): Promise<Inspector>;
  release(): Promise<void>;
}

/** What writing targets needs of it. */
export type DecodingModel = Pick<Seq2SeqModel, 'config' | 'decode'>;

/** One step as a run of one: with the scores of the tokens that are watched, where there are any. */
export function watchedStep({ next, logits }: Step, watched: readonly number[]): GreedyStep {
  if (!logits) return { next, scores: undefined };
  const width = logits.length / next.length;
  const scores = new Float32Array(next.length * watched.length);
  for (const row of next.keys())
    for (const [index, token] of watched.entries()) scores[row * watched.length + index] = logits[row * width + token]!;
  return { next, scores: { best: Float32Array.from(next, (token, row) => logits[row * width + token]!), watched: scores } };
}
