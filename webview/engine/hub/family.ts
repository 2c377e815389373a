/** What differs between families of encoder-decoders, as data: each family is a file of its own in families/. Knows no graphs. */
import type { Language } from '../../../src/shared/task.ts';
import type { Fields } from '../fields.ts';
import type { SourceWrap, TaskBeginnings } from '../modelConfig.ts';

/** What is read of a model before its family has its say. */
export interface HubSettings {
  readonly modelId: string;
  /** config.json */
  readonly config: Fields;
  readonly startToken: number;
  readonly endToken: number;
  /** What every target begins with, whatever the task; the Hub's `forced_bos_token_id`. */
  readonly forcedTokens: readonly number[];
  /** The id of a token by its name; undefined where there is none. */
  readonly tokenId: (token: string) => number | undefined;
}

export interface FamilyTasks {
  readonly tasks: TaskBeginnings;
  readonly sourceWraps?: Readonly<Partial<Record<Language, SourceWrap>>> | undefined;
}

export interface Family {
  /** Names that config.json gives the sizes. */
  readonly sizes: Readonly<Record<'hiddenSize' | 'encoderLayers' | 'decoderLayers' | 'encoderHeads' | 'decoderHeads', string>>;
  /** Tokens that the model can read, where config.json does not say `max_position_embeddings`. */
  readonly longest: number;
  readonly tasks: (settings: HubSettings) => FamilyTasks;
}

/** Names as in Bart's configuration, which most families took over. */
export const BART_SIZES: Family['sizes'] = {
  hiddenSize: 'd_model',
  encoderLayers: 'encoder_layers',
  decoderLayers: 'decoder_layers',
  encoderHeads: 'encoder_attention_heads',
  decoderHeads: 'decoder_attention_heads',
};
