/** Reads a model's config.json. The file is untrusted: whatever is missing or of another type is named. */
import { withKept } from '../../src/shared/keptPattern.ts';
import { SaccadeError } from '../../src/shared/failure.ts';
import { ROW_STEPS, type CrossAttentionChoice } from '../../src/shared/inspection.ts';
import { LANGUAGES, type Language, type Task } from '../../src/shared/task.ts';
import type { Protection } from '../../src/shared/protectedSpans.ts';
import { t } from '../../src/shared/words.ts';
import { Fields } from './fields.ts';
import { WEIGHT_BITS, type StoredWeights } from './weights.ts';

export interface SelfCheck {
  readonly sourceIds: readonly number[];
  /** First decoder token. */
  readonly task: number;
  /** What greedy decoding gave in Python, `</s>` included. */
  readonly targetIds: readonly number[];
  /** Vocabulary entries whose logits are compared. */
  readonly logitIds: readonly number[];
  /** Their logits at the first steps: `[steps, logitIds]`. */
  readonly logits: readonly (readonly number[])[];
}

/** What the encoder-only heads tell apart. */
export interface Classifiers {
  /** A language code, or "other". */
  readonly languages: readonly string[];
  /** Of a token: prose, code or identifier. */
  readonly classes: readonly string[];
}

/** How tokens are chosen among the candidates of shortlist.bin. */
export interface ShortlistSettings {
  /** How many tokens are candidates for every source. */
  readonly always: number;
  /** A token less likely than this among the candidates is looked for in the whole vocabulary. */
  readonly leastProbability: number;
}

/** Tokens around a source. */
export interface SourceWrap {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** How a task is told to the model. */
export interface TaskBeginning {
  /** First decoder token. */
  readonly startToken: number;
  /** What every target begins with, whatever the model prefers. */
  readonly forcedTokens: readonly number[];
  /** Words in front of the source. */
  readonly sourcePrefix: string;
  /** Undefined where the task does not show in the tokens around the source. */
  readonly sourceWrap: SourceWrap | undefined;
}

/** The tasks that a model knows. */
export interface TaskBeginnings {
  readonly translate: Readonly<Partial<Record<Language, TaskBeginning>>>;
  readonly summarise?: TaskBeginning | undefined;
  readonly headline?: TaskBeginning | undefined;
  readonly reconstruct?: TaskBeginning | undefined;
  readonly text2text?: TaskBeginning | undefined;
}

export interface ModelConfig {
  readonly vocabularySize: number;
  readonly hiddenSize: number;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  readonly encoderHeads: number;
  readonly decoderHeads: number;
  readonly endToken: number;
  readonly padToken: number;
  /** Undefined where the model does not fill in what is missing. */
  readonly maskToken: number | undefined;
  /** No sequence of so many tokens is written twice; 0 where any may be. */
  readonly noRepeatNgram: number;
  readonly languages: readonly Language[];
  readonly tasks: TaskBeginnings;
  /** Tokens around a source of each language; undefined where the tokenizer puts the same around all. */
  readonly sourceWraps?: Readonly<Partial<Record<Language, SourceWrap>>> | undefined;
  readonly protection: Protection;
  readonly classifiers: Classifiers;
  readonly maxSourceTokens: number;
  readonly maxTargetTokens: number;
  /** A target that has so many tokens is ended by the model's rules, whatever it would say; undefined where none is. */
  readonly endedAt?: number | undefined;
  readonly defaultCrossAttention: CrossAttentionChoice;
  /** Undefined where nobody has noted what the model answers. */
  readonly selfCheck?: SelfCheck | undefined;
}

/** Of a model with the graphs of models/training/graphs.py. */
export interface OwnModelConfig extends ModelConfig {
  /** Undefined where every token is chosen among the whole vocabulary. */
  readonly shortlist: ShortlistSettings | undefined;
  readonly selfCheck: SelfCheck;
  readonly weights: StoredWeights;
  /** Of the inner states of the feed-forward layers. */
  readonly feedForwardSizes: { readonly encoder: number; readonly decoder: number };
  /** How many the position table has. */
  readonly positions: number;
}

/** @throws SaccadeError of kind "badModel" that names the property. */
export function parseModelConfig(json: unknown): OwnModelConfig {
  const config = new Fields(json, 'config.json');
  const saccade = config.object('saccade');
  const tasks = saccade.object('tasks');
  const translate = tasks.object('translate');
  const languages = LANGUAGES.filter((language) => translate.has(language));
  const attention = saccade.object('attention');
  const selfCheck = saccade.object('selfCheck');
  const heads = saccade.object('heads');
  const weights = saccade.object('weights');
  const shortlist = saccade.has('shortlist') ? saccade.object('shortlist') : undefined;
  return {
    vocabularySize: config.integer('vocab_size'),
    hiddenSize: config.integer('d_model'),
    encoderLayers: config.integer('encoder_layers'),
    decoderLayers: config.integer('decoder_layers'),
    encoderHeads: config.integer('encoder_attention_heads'),
    decoderHeads: config.integer('decoder_attention_heads'),
    endToken: config.integer('eos_token_id'),
    padToken: config.integer('pad_token_id'),
    maskToken: saccade.integer('maskToken'),
    noRepeatNgram: saccade.integer('noRepeatNgram'),
    languages,
    tasks: {
      translate: Object.fromEntries(languages.map((language) => [language, begunWith(translate.integer(language))])),
      summarise: begunWith(tasks.integer('summarise')),
      headline: begunWith(tasks.integer('headline')),
      reconstruct: begunWith(tasks.integer('reconstruct')),
    },
    protection: {
      pattern: withKept(saccade.text('protectedPattern')),
      firstSentinel: saccade.integer('firstSentinel'),
      sentinels: saccade.integer('sentinels'),
    },
    classifiers: { languages: heads.texts('languages'), classes: heads.texts('classes') },
    maxSourceTokens: saccade.integer('maxSourceTokens'),
    maxTargetTokens: saccade.integer('maxTargetTokens'),
    defaultCrossAttention: {
      layer: attention.integer('crossLayer'),
      head: attention.integerOrNull('crossHead'),
      step: attention.oneOf('crossStep', ROW_STEPS),
    },
    shortlist: shortlist && { always: shortlist.integer('always'), leastProbability: shortlist.share('leastProbability') },
    selfCheck: {
      sourceIds: selfCheck.numbers('sourceIds'),
      task: selfCheck.integer('task'),
      targetIds: selfCheck.numbers('targetIds'),
      logitIds: selfCheck.numbers('logitIds'),
      logits: selfCheck.rowsOfNumbers('logits'),
    },
    feedForwardSizes: { encoder: config.integer('encoder_ffn_dim'), decoder: config.integer('decoder_ffn_dim') },
    positions: config.integer('max_position_embeddings'),
    weights: { bits: weights.oneOf('bits', WEIGHT_BITS), blocks: weights.integer('blocks'), halves: weights.integer('halves') },
  };
}

/** How many tokens a target may have. */
export function targetLimit({ maxTargetTokens }: ModelConfig, sourceTokens: number): number {
  return Math.min(maxTargetTokens, 16 + 2 * sourceTokens);
}

function begunWith(startToken: number): TaskBeginning {
  return { startToken, forcedTokens: [], sourcePrefix: '', sourceWrap: undefined };
}

/** Where it does not matter which. @throws SaccadeError of kind "badModel" where the model knows none */
export function anyBeginning({ text2text, summarise, translate }: TaskBeginnings): TaskBeginning {
  const beginning = text2text ?? summarise ?? Object.values(translate)[0];
  if (beginning) return beginning;
  throw new SaccadeError('badModel', t('The model knows none of the tasks or languages that Saccade has. Choose another model.'));
}

/**
 * How the model is told of a task.
 * @throws SaccadeError of kind "badInput" where the model was not trained for it.
 */
export function beginningOf({ tasks, languages }: Pick<ModelConfig, 'tasks' | 'languages'>, task: Task): TaskBeginning {
  const beginning = task.kind === 'translate' ? tasks.translate[task.to] : tasks[task.kind];
  if (beginning) return beginning;
  if (task.kind !== 'translate') throw new SaccadeError('badInput', t('The model does not know the task "{0}".', task.kind));
  throw new SaccadeError(
    'badInput',
    languages.length > 0
      ? t('The model does not translate into "{0}". It knows: {1}.', task.to, languages.join(', '))
      : t('The model does not translate into "{0}". It does one thing only: leave the language out.', task.to),
  );
}
