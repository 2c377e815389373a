/** Reads a model's config.json. The file is untrusted: whatever is missing or of another type is named. */
import { SaccadeError } from '../../src/shared/failure.ts';
import { ROW_STEPS, type CrossAttentionChoice } from '../../src/shared/inspection.ts';
import { LANGUAGES, type Language, type Task } from '../../src/shared/task.ts';
import type { Protection } from '../../src/shared/protectedSpans.ts';

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

export interface ModelConfig {
  readonly vocabularySize: number;
  readonly hiddenSize: number;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  readonly heads: number;
  readonly endToken: number;
  readonly padToken: number;
  readonly maskToken: number;
  /** No sequence of so many tokens is written twice. */
  readonly noRepeatNgram: number;
  readonly languages: readonly Language[];
  /** First decoder token of translating into each language. */
  readonly translate: Readonly<Partial<Record<Language, number>>>;
  readonly summarise: number;
  readonly headline: number;
  readonly reconstruct: number;
  readonly protection: Protection;
  readonly classifiers: Classifiers;
  readonly maxSourceTokens: number;
  readonly maxTargetTokens: number;
  readonly defaultCrossAttention: CrossAttentionChoice;
  /** Undefined where every token is chosen among the whole vocabulary. */
  readonly shortlist: ShortlistSettings | undefined;
  readonly selfCheck: SelfCheck;
}

/** Reads properties of an object of unknown form; a wrong one is an error that says where. */
class Fields {
  private readonly content: Readonly<Record<string, unknown>>;

  constructor(
    value: unknown,
    private readonly where: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail('is not an object');
    this.content = value as Record<string, unknown>;
  }

  private fail(what: string): never {
    throw new SaccadeError('badModel', `config.json: ${this.where} ${what}. Reinstall the model.`);
  }

  has(key: string): boolean {
    return Object.hasOwn(this.content, key);
  }

  object(key: string): Fields {
    return new Fields(this.content[key], `${this.where}.${key}`);
  }

  integer(key: string): number {
    const value = this.content[key];
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
    return this.fail(`has no whole number "${key}"`);
  }

  share(key: string): number {
    const value = this.content[key];
    return typeof value === 'number' && value >= 0 && value <= 1 ? value : this.fail(`has no share "${key}"`);
  }

  text(key: string): string {
    const value = this.content[key];
    return typeof value === 'string' ? value : this.fail(`has no text "${key}"`);
  }

  numbers(key: string): readonly number[] {
    const value = this.content[key];
    return areNumbers(value) ? value : this.fail(`has no list of numbers "${key}"`);
  }

  texts(key: string): readonly string[] {
    const value = this.content[key];
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : this.fail(`has no list of texts "${key}"`);
  }

  rowsOfNumbers(key: string): readonly (readonly number[])[] {
    const value = this.content[key];
    return Array.isArray(value) && value.every(areNumbers) ? value : this.fail(`has no rows of numbers "${key}"`);
  }

  oneOf<Text extends string>(key: string, allowed: readonly Text[]): Text {
    const value = allowed.find((each) => each === this.content[key]);
    return value ?? this.fail(`has none of ${allowed.map((each) => `"${each}"`).join(', ')} as "${key}"`);
  }

  integerOrNull(key: string): number | null {
    return this.content[key] === null ? null : this.integer(key);
  }
}

function areNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isFinite(item));
}

/** @throws SaccadeError of kind "badModel" that names the property. */
export function parseModelConfig(json: unknown): ModelConfig {
  const config = new Fields(json, 'the file');
  const saccade = config.object('saccade');
  const tasks = saccade.object('tasks');
  const translate = tasks.object('translate');
  const languages = LANGUAGES.filter((language) => translate.has(language));
  const attention = saccade.object('attention');
  const selfCheck = saccade.object('selfCheck');
  const heads = saccade.object('heads');
  const shortlist = saccade.has('shortlist') ? saccade.object('shortlist') : undefined;
  return {
    vocabularySize: config.integer('vocab_size'),
    hiddenSize: config.integer('d_model'),
    encoderLayers: config.integer('encoder_layers'),
    decoderLayers: config.integer('decoder_layers'),
    heads: config.integer('decoder_attention_heads'),
    endToken: config.integer('eos_token_id'),
    padToken: config.integer('pad_token_id'),
    maskToken: saccade.integer('maskToken'),
    noRepeatNgram: saccade.integer('noRepeatNgram'),
    languages,
    translate: Object.fromEntries(languages.map((language) => [language, translate.integer(language)])),
    summarise: tasks.integer('summarise'),
    headline: tasks.integer('headline'),
    reconstruct: tasks.integer('reconstruct'),
    protection: {
      pattern: saccade.text('protectedPattern'),
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
  };
}

/** How many tokens a target may have. */
export function targetLimit({ maxTargetTokens }: ModelConfig, sourceTokens: number): number {
  return Math.min(maxTargetTokens, 16 + 2 * sourceTokens);
}

/**
 * The first decoder token of a task.
 * @throws SaccadeError of kind "badInput" where the model was not trained for it.
 */
export function taskToken(config: ModelConfig, task: Task): number {
  if (task.kind !== 'translate') return config[task.kind];
  const token = config.translate[task.to];
  if (token !== undefined) return token;
  throw new SaccadeError('badInput', `The model does not translate into "${task.to}". It knows: ${config.languages.join(', ')}.`);
}
