/** A source text as the encoder reads it: spans and terms protected, cut to the model's limit. Knows no graphs. */
import { protect, type SourceProtectedText } from '../../src/shared/protectedSpans.ts';
import type { Task } from '../../src/shared/task.ts';
import type { PlacedTerm } from '../../src/shared/terms.ts';
import type { SentinelTokens } from './keepSpans.ts';
import type { ModelConfig } from './modelConfig.ts';
import type { Tokenizer } from './tokenizer.ts';

export interface SourceTokens {
  readonly protectedText: SourceProtectedText;
  /** With the closing `</s>`. */
  readonly sourceIds: readonly number[];
  /** True where the text is longer than the model reads. */
  readonly truncated: boolean;
}

/** Stands in a text for what is to be reconstructed. */
const MASK = '<mask>';

export function sourceTokens(
  text: string,
  kind: Task['kind'],
  { maxSourceTokens, endToken, maskToken, protection }: ModelConfig,
  tokenizer: Tokenizer,
  { sentinelOf }: SentinelTokens,
  terms: readonly PlacedTerm[],
): SourceTokens {
  const protectedText = protect(text, protection, terms);
  const tokens = tokenizer.tokenize(protectedText.text).ids;
  // To the pattern the mask is a tag, but training knows it as a token of its own.
  const mask = kind === 'reconstruct' ? protectedText.spans.indexOf(MASK) : -1;
  const ids = mask < 0 ? tokens : tokens.map((token) => (sentinelOf.get(token) === mask ? maskToken : token));
  const truncated = ids.length > maxSourceTokens;
  return { protectedText, sourceIds: truncated ? [...ids.slice(0, maxSourceTokens - 1), endToken] : ids, truncated };
}
