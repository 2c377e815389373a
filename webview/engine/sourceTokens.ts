/** A source text as the encoder reads it: spans and terms protected, cut to the model's limit. Knows no graphs. */
import { protect, type SourceProtectedText } from '../../src/shared/protectedSpans.ts';
import type { Language, Task } from '../../src/shared/task.ts';
import type { PlacedTerm } from '../../src/shared/terms.ts';
import type { SentinelTokens } from './keepSpans.ts';
import { beginningOf, type ModelConfig, type TaskBeginning } from './modelConfig.ts';
import type { TextTokenizer, Tokenized } from './tokenizer.ts';

export interface SourceTokens {
  readonly protectedText: SourceProtectedText;
  /** With the closing `</s>`. */
  readonly sourceIds: readonly number[];
  /** True where the text is longer than the model reads. */
  readonly truncated: boolean;
}

/** Stands in a text for what is to be reconstructed. */
const MASK = '<mask>';

/** More than a model reads, in UTF-16 units. A picture written as text has many more, and no model without sentinels will keep it. */
const LONGEST_TEXT = 8000;

/** A pattern that is found nowhere. */
const NOTHING = '(?!)';

/** @param from the language of the text, which some models are told; undefined where nobody knows it */
export function sourceTokens(
  text: string,
  task: Task,
  config: ModelConfig,
  tokenizer: TextTokenizer,
  { sentinelOf }: SentinelTokens,
  from: Language | undefined,
  terms: readonly PlacedTerm[],
): SourceTokens {
  const { maxSourceTokens, maskToken, protection, sourceWraps } = config;
  // Of a model that does who knows what, such as writing sounds for letters, nothing can be kept.
  const protectedText = protect(text, task.kind === 'text2text' ? { ...protection, pattern: NOTHING } : protection, terms);
  const beginning = beginningOf(config, task);
  const wrap = beginning.sourceWrap ?? sourceWraps?.[from ?? 'en'];
  const { ids: tokens, closing } = tokenizeSource(protectedText.text, { ...beginning, sourceWrap: wrap }, tokenizer);
  // To the pattern the mask is a tag, but training knows it as a token of its own.
  const mask = task.kind === 'reconstruct' && maskToken !== undefined ? protectedText.spans.indexOf(MASK) : -1;
  const ids = mask < 0 ? tokens : tokens.map((token) => (sentinelOf.get(token) === mask ? maskToken! : token));
  const isTooLong = ids.length > maxSourceTokens;
  const truncated = isTooLong || protectedText.text.length > LONGEST_TEXT;
  const kept = maxSourceTokens - closing;
  return { protectedText, sourceIds: isTooLong ? [...ids.slice(0, kept), ...ids.slice(ids.length - closing)] : ids, truncated };
}

/** The tokens of a source as a task wants them, of its beginning where it is too long; those that are not of `text` itself stand for none of its characters. */
export function tokenizeSource(
  text: string,
  { sourcePrefix, sourceWrap }: Pick<TaskBeginning, 'sourcePrefix' | 'sourceWrap'>,
  tokenizer: TextTokenizer,
): Tokenized {
  const { ids, spans, opening, closing } = tokenizer.tokenize(`${sourcePrefix}${text.slice(0, LONGEST_TEXT)}`);
  const { before, after } = sourceWrap ?? { before: ids.slice(0, opening), after: ids.slice(ids.length - closing) };
  const inText = (offset: number): number => Math.max(0, offset - sourcePrefix.length);
  const own = spans.slice(opening, spans.length - closing).map(({ start, end }) => ({ start: inText(start), end: inText(end) }));
  return {
    ids: [...before, ...ids.slice(opening, ids.length - closing), ...after],
    spans: [...before.map(() => ({ start: 0, end: 0 })), ...own, ...after.map(() => ({ start: text.length, end: text.length }))],
    opening: before.length,
    closing: after.length,
  };
}
