/** Code, identifiers, URLs, placeholders and terms stand as one private character each in a model's text. Does not know how the model was made. */
import type { Span } from './span.ts';
import { withCapital, type PlacedTerm } from './terms.ts';

/** From the model's config.json. */
export interface Protection {
  /** Source of a regular expression without flags. */
  readonly pattern: string;
  /** Code unit that stands for the first protected span. */
  readonly firstSentinel: number;
  readonly sentinels: number;
}

export interface ProtectedText {
  /** As written: every span in full. */
  readonly written: string;
  /** For the model: sentinels where `written` has protected spans. */
  readonly text: string;
  /** Every sentinel of `text`, in order, and what it stands for in `written`. */
  readonly sentinels: readonly SentinelAt[];
}

/** A text before the model has read it. */
export interface SourceProtectedText extends ProtectedText {
  /** `spans[k]` is what sentinel k stands for in a target: the span itself, or the translation of a term. */
  readonly spans: readonly string[];
  /** The same for a target that begins with it. */
  readonly spansAtStart: readonly string[];
  /** What is to be in a target although no sentinel was left for it: the model reads it as it is. */
  readonly exposed: readonly string[];
}

export interface SentinelAt {
  /** Which sentinel, counted from 0. */
  readonly index: number;
  /** In `text`. */
  readonly offset: number;
  /** In `written`. */
  readonly span: Span;
}

/**
 * Spans that are the same in a target share a sentinel; those beyond the last sentinel stay as they are. Same as models/training/protect.py.
 * @param terms in order and apart, none of which cuts a protected span (`uncutTerms`)
 */
export function protect(written: string, protection: Protection, terms: readonly PlacedTerm[] = []): SourceProtectedText {
  const { pattern, firstSentinel, sentinels: count } = protection;
  const known = new Map<string, number>();
  const spansAtStart: string[] = [];
  const sentinels: SentinelAt[] = [];
  const exposed: string[] = [];
  const parts: string[] = [];
  let done = 0;
  let length = 0;
  for (const { span, target, isTerm } of places(written, pattern, terms)) {
    let index = known.get(target);
    if (index === undefined) {
      if (known.size === count) {
        exposed.push(target);
        continue;
      }
      known.set(target, (index = known.size));
      spansAtStart.push(isTerm && /^\p{Lu}/u.test(written) ? withCapital(target) : target);
    }
    parts.push(written.slice(done, span.start), String.fromCharCode(firstSentinel + index));
    length += span.start - done;
    done = span.end;
    sentinels.push({ index, offset: length++, span });
  }
  parts.push(written.slice(done));
  return { written, text: parts.join(''), spans: [...known.keys()], spansAtStart, sentinels, exposed };
}

/** Those of the terms that are not a part of code or of a placeholder, nor cut one in two. One that covers such a span takes its place. */
export function uncutTerms(written: string, { pattern }: Protection, terms: readonly PlacedTerm[]): PlacedTerm[] {
  const spans = terms.length > 0 ? spansOf(written, pattern) : [];
  let next = 0;
  return terms.filter(({ span: { start, end } }) => {
    while (next < spans.length && spans[next]!.end <= start) next++;
    for (let at = next; at < spans.length && spans[at]!.start < end; at++)
      if (spans[at]!.start < start || spans[at]!.end > end) return false;
    return true;
  });
}

interface Place extends PlacedTerm {
  readonly isTerm: boolean;
}

/** Everything that gets a sentinel, in order and apart. */
function places(written: string, pattern: string, terms: readonly PlacedTerm[]): Place[] {
  const all = [
    ...terms.map((term) => ({ ...term, isTerm: true })),
    ...spansOf(written, pattern).map((span) => ({ span, target: written.slice(span.start, span.end), isTerm: false })),
  ].sort((one, other) => one.span.start - other.span.start || other.span.end - one.span.end);
  let done = 0;
  return all.filter(({ span }) => span.start >= done && (done = span.end) > 0);
}

function spansOf(written: string, pattern: string): Span[] {
  return Array.from(written.matchAll(compiled(pattern)), ({ 0: span, index }) => ({ start: index, end: index + span.length }));
}

/** Of the last pattern: a run has thousands of texts and one pattern. */
let last: { readonly pattern: string; readonly expression: RegExp } | undefined;

function compiled(pattern: string): RegExp {
  if (last?.pattern !== pattern) last = { pattern, expression: new RegExp(pattern, 'g') };
  return last.expression;
}

/**
 * A beginning of a target, with the sentinels that its source has for the spans that stand in it.
 * @param terms translations of the source's protected terms, where they stand in it
 */
export function protectAs(
  written: string,
  { spans }: SourceProtectedText,
  { pattern, firstSentinel }: Protection,
  terms: readonly PlacedTerm[],
): string {
  let text = '';
  let done = 0;
  for (const { span, target } of places(written, pattern, terms)) {
    const index = spans.indexOf(target);
    if (index < 0) continue;
    text += written.slice(done, span.start) + String.fromCharCode(firstSentinel + index);
    done = span.end;
  }
  return text + written.slice(done);
}

type Spans = Pick<SourceProtectedText, 'spans' | 'spansAtStart'>;

/** Puts the spans of a source into a text that the model wrote. A sentinel that stands for nothing is nothing the user should see. */
export function restore(text: string, { spans, spansAtStart }: Spans, { firstSentinel, sentinels: count }: Protection): ProtectedText {
  const sentinels: SentinelAt[] = [];
  const parts: string[] = [];
  let done = 0;
  let length = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const index = text.charCodeAt(offset) - firstSentinel;
    if (index < 0 || index >= count) continue;
    const span = (offset === 0 ? spansAtStart : spans)[index] ?? '';
    parts.push(text.slice(done, offset), span);
    const start = length + offset - done;
    length = start + span.length;
    done = offset + 1;
    sentinels.push({ index, offset, span: { start, end: length } });
  }
  parts.push(text.slice(done));
  return { written: parts.join(''), text, sentinels };
}

/**
 * The spans of a source that its target lacks, each as often as it is missing; one that has grown together with its neighbour is missing. Else braces
 * that are no longer in pairs as they were, and the characters that the target has as broken bytes.
 */
export function lostSpans(source: SourceProtectedText, target: ProtectedText): string[] {
  const gluedInSource = new Set(source.sentinels.filter(({ span }) => isGlued(source.written, span)).map(({ index }) => index));
  const left = new Map<number, number>();
  for (const { index, span } of target.sentinels) {
    if (!isGlued(target.written, span) || gluedInSource.has(index)) left.set(index, (left.get(index) ?? 0) + 1);
  }
  const lost = source.exposed.filter((span) => !target.written.includes(span));
  for (const { index } of source.sentinels) {
    const count = left.get(index) ?? 0;
    if (count === 0) lost.push(source.spans[index]!);
    else left.set(index, count - 1);
  }
  if (lost.length === 0) lost.push(...lostBraces(source.text, target.text));
  return lost.length > 0 || source.written.includes(NO_CHARACTER) || !target.written.includes(NO_CHARACTER)
    ? lost
    : unwrittenCharacters(source.written, target.written);
}

/** Those that stand outside spans and that the target has more of, or fewer: to TeX and to templates they are code. */
function lostBraces(source: string, target: string): string[] {
  return ['{', '}'].filter((brace) => source.split(brace).length !== target.split(brace).length);
}

/** What bytes read as that are no UTF-8. */
const NO_CHARACTER = '\uFFFD';

/** The characters that a model could only write as bytes, and wrote wrongly, where there are few that it can have been. */
function unwrittenCharacters(source: string, target: string): string[] {
  const missing = [...new Set(source.match(/[^\0-\x7F]/gu))].filter((character) => !target.includes(character));
  return missing.length > 0 && missing.length <= 3 ? missing : [NO_CHARACTER];
}

const WORD_CHARACTER = /[A-Za-z0-9_]/;

/** Whether a word at either end of the span goes on outside it. */
function isGlued(text: string, { start, end }: Span): boolean {
  const isInsideWord = (offset: number): boolean =>
    WORD_CHARACTER.test(text.charAt(offset - 1)) && WORD_CHARACTER.test(text.charAt(offset));
  return isInsideWord(start) || isInsideWord(end);
}

/** Where characters `span` of `text` stand in `written`. A span that holds a sentinel takes all that it stands for. */
export function writtenSpan({ sentinels }: ProtectedText, { start, end }: Span): Span {
  const writtenStart = writtenOffset(sentinels, start);
  return { start: writtenStart, end: end > start ? writtenOffset(sentinels, end) : writtenStart };
}

function writtenOffset(sentinels: readonly SentinelAt[], offset: number): number {
  let low = 0;
  let high = sentinels.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sentinels[middle]!.offset < offset) low = middle + 1;
    else high = middle;
  }
  const before = sentinels[low - 1];
  return before === undefined ? offset : before.span.end + offset - before.offset - 1;
}
