/** What generation and the inspect pass need of an encoder-decoder, whatever its files look like. Knows no text. */
import type { AttentionMaps } from '../../src/shared/inspection.ts';
import type { ModelConfig } from './modelConfig.ts';

/** The source after the encoder; holds device memory until it is disposed of. One serves any number of decodings. */
export interface EncodedSource {
  readonly sourceLength: number;
  dispose(): void;
}

/** One target sequence in the making; holds the cached keys and values of the tokens read so far. */
export interface Decoding {
  /** Reads `token` and gives the most probable next one. */
  step(token: number): Promise<number>;
  /** The same, with the scores of the whole vocabulary: `[vocabulary]`. */
  stepWithLogits(token: number): Promise<{ readonly next: number; readonly logits: Float32Array }>;
  dispose(): void;
}

/** One teacher-forced pass over a source and the decoder's input. */
export interface TeacherForced {
  /** `[decoder positions, vocabulary]`, row-major. */
  readonly logits: Float32Array;
  /** `[source positions, hiddenSize]`, row-major. */
  readonly encoderHiddenStates: Float32Array;
  readonly encoderAttentions: AttentionMaps;
  readonly decoderAttentions: AttentionMaps;
  readonly crossAttentions: AttentionMaps;
}

export interface Seq2SeqModel {
  readonly config: ModelConfig;
  encode(sourceIds: readonly number[]): Promise<EncodedSource>;
  decode(encoded: EncodedSource): Decoding;
  teacherForce(sourceIds: readonly number[], decoderInput: readonly number[]): Promise<TeacherForced>;
  release(): Promise<void>;
}
