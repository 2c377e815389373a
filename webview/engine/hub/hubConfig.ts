/** Reads config.json and generation_config.json as `transformers` writes them. The files are untrusted. Knows no graphs. */
import { withKept } from '../../../src/shared/keptPattern.ts';
import { SaccadeError } from '../../../src/shared/failure.ts';
import { PROTECTED_PATTERN } from '../../../src/shared/protectedPattern.ts';
import { LANGUAGES } from '../../../src/shared/task.ts';
import { t } from '../../../src/shared/words.ts';
import { unusableFile } from '../fileFailure.ts';
import { Fields } from '../fields.ts';
import type { ModelConfig } from '../modelConfig.ts';
import { FAMILIES } from './families.ts';
import type { HubTokenizer } from './hubTokenizer.ts';
import type { ScoreRules } from './scoreRules.ts';

export interface HubConfig {
  readonly config: ModelConfig;
  readonly rules: ScoreRules;
}

/** The longest text that is looked at; maps grow with its square. */
const MOST_TOKENS = 1024;
const LARGEST = { size: 16_384, layers: 128, heads: 128, vocabulary: 2 ** 20 };

/** @throws SaccadeError of kind "badModel" that names the property */
export function hubConfig(modelId: string, configJson: unknown, generationJson: unknown, tokenizer: HubTokenizer): HubConfig {
  const config = new Fields(configJson, 'config.json');
  const generation = new Fields(generationJson ?? {}, 'generation_config.json');
  const type = config.text('model_type');
  const family = Object.hasOwn(FAMILIES, type) ? FAMILIES[type] : undefined;
  if (!family) {
    const known = Object.keys(FAMILIES).join(', ');
    throw new SaccadeError(
      'badModel',
      t('The model is of the type "{0}", which is not supported. Use one of: {1}.', type.slice(0, 40), known),
    );
  }
  const integer = (key: string): number | undefined =>
    generation.optional(key, (fields) => fields.integer(key)) ?? config.optional(key, (fields) => fields.integer(key));
  const most = (key: string, limit: number): number => {
    const value = config.integer(key);
    if (value > 0 && value <= limit) return value;
    throw unusableFile('config.json', `"${key}" is ${value}, which is not from 1 to ${limit}`);
  };
  const needed = (key: string): number => integer(key) ?? config.integer(key);
  const vocabularySize = most('vocab_size', LARGEST.vocabulary);
  const token = (key: string): number | undefined => {
    const value = firstOf(generation, key) ?? firstOf(config, key);
    if (value === undefined || value < vocabularySize) return value;
    throw unusableFile('config.json', `"${key}" is ${value}, but there are only ${vocabularySize} tokens`);
  };
  const endToken = token('eos_token_id') ?? config.integer('eos_token_id');
  const startToken = token('decoder_start_token_id') ?? needed('decoder_start_token_id');
  const forced = token('forced_bos_token_id');
  const { tasks, sourceWraps } = family.tasks({
    ...{ modelId, config, startToken, endToken },
    forcedTokens: forced === undefined ? [] : [forced],
    tokenId: (name) => tokenizer.tokenId(name),
  });
  const readable = config.optional('max_position_embeddings', (fields) => fields.integer('max_position_embeddings')) ?? family.longest;
  const longest = Math.min(readable, MOST_TOKENS);
  const written = integer('max_new_tokens') ?? (integer('max_length') ?? longest) - 1;
  const maxTargetTokens = Math.max(1, Math.min(written, longest - 1));
  const endedAt = token('forced_eos_token_id') === endToken ? maxTargetTokens : undefined;
  const { sizes } = family;
  const decoderLayers = most(sizes.decoderLayers, LARGEST.layers);
  return {
    config: {
      vocabularySize,
      hiddenSize: most(sizes.hiddenSize, LARGEST.size),
      encoderLayers: most(sizes.encoderLayers, LARGEST.layers),
      decoderLayers,
      encoderHeads: most(sizes.encoderHeads, LARGEST.heads),
      decoderHeads: most(sizes.decoderHeads, LARGEST.heads),
      endToken,
      padToken: token('pad_token_id') ?? endToken,
      maskToken: undefined,
      noRepeatNgram: integer('no_repeat_ngram_size') ?? 0,
      languages: LANGUAGES.filter((language) => tasks.translate[language] !== undefined),
      tasks,
      sourceWraps,
      protection: { pattern: withKept(PROTECTED_PATTERN), firstSentinel: 0xe000, sentinels: 0 },
      classifiers: { languages: [], classes: [] },
      maxSourceTokens: Math.min(longest, tokenizer.longest),
      maxTargetTokens,
      endedAt,
      // Which head aligns best nobody has measured; that of the last layer but one is the usual guess, as its mean.
      defaultCrossAttention: { layer: Math.max(0, decoderLayers - 2), head: null, step: 'predicts' },
    },
    rules: {
      endToken,
      suppressed: tokensOf(generation, config, vocabularySize),
      suppressedAtFirst: generation.optional('begin_suppress_tokens', (fields) => fields.numbers('begin_suppress_tokens')) ?? [],
      // Python's counts the start token too.
      leastTokens: Math.max(0, (integer('min_length') ?? 0) - 1, integer('min_new_tokens') ?? 0),
      endedAt,
    },
  };
}

/** Some models have a list of tokens that end a text; the first is the one that they write. */
function firstOf(fields: Fields, key: string): number | undefined {
  return fields.optional(key, (own) => (own.isList(key) ? own.numbers(key)[0] : own.integer(key)));
}

/** Tokens that are never written: those that are suppressed, and bad words of one token, such as Marian's padding. */
function tokensOf(generation: Fields, config: Fields, vocabularySize: number): readonly number[] {
  const words = [generation, config].flatMap(
    (fields) => fields.optional('bad_words_ids', (own) => own.rowsOfNumbers('bad_words_ids')) ?? [],
  );
  const suppressed = generation.optional('suppress_tokens', (fields) => fields.numbers('suppress_tokens')) ?? [];
  const single = words.flatMap((word) => (word.length === 1 ? word : []));
  return [...new Set([...suppressed, ...single])].filter((id) => Number.isInteger(id) && id >= 0 && id < vocabularySize);
}
