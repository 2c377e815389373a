/** Subword tokens as words: which token is of which word, and a map of tokens as a map of words. Does not know the model. */
import type { AxisToken } from '../inspection.ts';
import type { Span } from '../span.ts';

export interface Word {
  /** The word's characters without the space before it; a control token's name. */
  readonly label: string;
  /** Of all characters of its tokens, so that every character of the text is some word's; empty for control tokens. */
  readonly span: Span;
  /** `punctuation` has neither a letter nor a digit; `control` stands for no characters, such as `</s>`. */
  readonly kind: 'word' | 'punctuation' | 'control';
  /** Positions of its tokens, half-open; they are neighbours. */
  readonly tokens: Span;
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** True of a token that stands for no characters but has a name, such as `</s>`. */
export function isControl({ label, span }: AxisToken): boolean {
  return span.start === span.end && label !== '';
}

/**
 * The words of a text in the order of its tokens, each token in exactly one. A new word begins where a token begins at a boundary between
 * words (Unicode Standard Annex #29, as Intl.Segmenter has it); a token across such a boundary, such as one that stands for inline code,
 * joins what it touches, as do the bytes of one character. Space belongs to the word behind it, at the end of the text to the one before.
 * `tokens` are those of `text`.
 */
export function wordsOf(text: string, tokens: readonly AxisToken[]): Word[] {
  const starts = new Set(Array.from(new Intl.Segmenter('und', { granularity: 'word' }).segment(text), ({ index }) => index));
  const words: Word[] = [];
  const close = (first: number, end: number): void => {
    if (end === first) return;
    const before = words.at(-1);
    const joins = before !== undefined && before.kind !== 'control' && !hasInk(text, tokens[first]!.span.start, tokens[end - 1]!.span.end);
    if (joins) words.pop();
    words.push(wordOf(text, tokens, joins ? before.tokens.start : first, end));
  };
  let first = 0;
  /** End of the characters of the word in the making. */
  let reached = 0;
  for (const [position, token] of tokens.entries()) {
    const { start, end } = token.span;
    if (isControl(token)) {
      close(first, position);
      words.push({ label: token.label, span: token.span, kind: 'control', tokens: { start: position, end: position + 1 } });
      first = position + 1;
    } else if (position > first && start < end && start >= reached && starts.has(start) && hasInk(text, tokens[first]!.span.start, start)) {
      close(first, position);
      first = position;
    }
    reached = Math.max(reached, end);
  }
  close(first, tokens.length);
  return words;
}

/** The index of each token's word. `[tokens]` */
export function wordOfToken(words: readonly Word[]): Int32Array {
  const out = new Int32Array(words.at(-1)?.tokens.end ?? 0);
  for (const [index, { tokens }] of words.entries()) out.fill(index, tokens.start, tokens.end);
  return out;
}

/**
 * A map of tokens as a map of words: `[row words, column words]`, row-major. Attention to a word is the sum of that to its tokens; a word's
 * attention is the mean of that of its tokens (Clark et al. 2019). So each row has the mass that its tokens' rows have on average.
 */
export function mergeToWords(values: Float32Array, rows: readonly Word[], columns: readonly Word[]): Float32Array {
  const keys = columns.at(-1)?.tokens.end ?? 0;
  const wordOfKey = wordOfToken(columns);
  const out = new Float32Array(rows.length * columns.length);
  const sums = new Float64Array(columns.length);
  for (const [row, { tokens }] of rows.entries()) {
    sums.fill(0);
    for (let query = tokens.start; query < tokens.end; query++) {
      for (let key = 0, i = query * keys; key < keys; key++, i++) sums[wordOfKey[key]!]! += values[i]!;
    }
    const count = tokens.end - tokens.start;
    for (let column = 0; column < sums.length; column++) out[row * sums.length + column] = sums[column]! / count;
  }
  return out;
}

function wordOf(text: string, tokens: readonly AxisToken[], first: number, end: number): Word {
  const span = { start: tokens[first]!.span.start, end: tokens[end - 1]!.span.end };
  const label = text.slice(span.start, span.end).trim();
  return { label, span, kind: LETTER_OR_DIGIT.test(label) ? 'word' : 'punctuation', tokens: { start: first, end } };
}

/** Whether anything but space stands in the range. */
function hasInk(text: string, start: number, end: number): boolean {
  return text.slice(start, end).trim() !== '';
}
