/** Code, identifiers, URLs and placeholders stand as one private character each in a model's text. Does not know how the model was made. */
import type { Span } from './span.ts';

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
  /** `spans[k]` is what sentinel k stands for. */
  readonly spans: readonly string[];
  /** Every sentinel of `text`, in order, and what it stands for in `written`. */
  readonly sentinels: readonly SentinelAt[];
}

/** A text before the model has read it. */
export interface SourceProtectedText extends ProtectedText {
  /** Spans for which no sentinel was left: the model reads them as they are. */
  readonly exposed: readonly string[];
}

export interface SentinelAt {
  /** In `text`. */
  readonly offset: number;
  /** In `written`. */
  readonly span: Span;
}

/** Equal spans share a sentinel; spans beyond the last sentinel stay as they are. Same as models/training/protect.py. */
export function protect(written: string, { pattern, firstSentinel, sentinels: count }: Protection): SourceProtectedText {
  const known = new Map<string, number>();
  const sentinels: SentinelAt[] = [];
  const exposed: string[] = [];
  const parts: string[] = [];
  let done = 0;
  let length = 0;
  for (const match of written.matchAll(new RegExp(pattern, 'g'))) {
    const span = match[0];
    if (!known.has(span)) {
      if (known.size === count) {
        exposed.push(span);
        continue;
      }
      known.set(span, known.size);
    }
    parts.push(written.slice(done, match.index), String.fromCharCode(firstSentinel + known.get(span)!));
    length += match.index - done;
    done = match.index + span.length;
    sentinels.push({ offset: length++, span: { start: match.index, end: done } });
  }
  parts.push(written.slice(done));
  return { written, text: parts.join(''), spans: [...known.keys()], sentinels, exposed };
}

/** A beginning of a target, with the sentinels that its source has for the spans that stand in it. */
export function protectAs(written: string, spans: readonly string[], { pattern, firstSentinel }: Protection): string {
  return written.replace(new RegExp(pattern, 'g'), (span) => {
    const index = spans.indexOf(span);
    return index < 0 ? span : String.fromCharCode(firstSentinel + index);
  });
}

/** Puts `spans` back into a text that the model wrote. A sentinel that stands for nothing is nothing the user should see. */
export function restore(text: string, spans: readonly string[], { firstSentinel, sentinels: count }: Protection): ProtectedText {
  const sentinels: SentinelAt[] = [];
  const parts: string[] = [];
  let done = 0;
  let length = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const index = text.charCodeAt(offset) - firstSentinel;
    if (index < 0 || index >= count) continue;
    const span = spans[index] ?? '';
    parts.push(text.slice(done, offset), span);
    const start = length + offset - done;
    length = start + span.length;
    done = offset + 1;
    sentinels.push({ offset, span: { start, end: length } });
  }
  parts.push(text.slice(done));
  return { written: parts.join(''), text, spans, sentinels };
}

/** The spans of a source that its target lacks, each as often as it is missing; one that has grown together with its neighbour is missing. */
export function lostSpans(source: SourceProtectedText, target: ProtectedText): string[] {
  const textOf = ({ written }: ProtectedText, { start, end }: Span): string => written.slice(start, end);
  const gluedInSource = new Set(
    source.sentinels.filter(({ span }) => isGlued(source.written, span)).map(({ span }) => textOf(source, span)),
  );
  const left = new Map<string, number>();
  for (const { span } of target.sentinels) {
    const written = textOf(target, span);
    if (!isGlued(target.written, span) || gluedInSource.has(written)) left.set(written, (left.get(written) ?? 0) + 1);
  }
  const lost = source.exposed.filter((span) => !target.written.includes(span));
  for (const { span } of source.sentinels) {
    const written = textOf(source, span);
    const count = left.get(written) ?? 0;
    if (count === 0) lost.push(written);
    else left.set(written, count - 1);
  }
  return lost;
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
