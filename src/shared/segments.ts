/** Splits a paragraph of prose into the texts that the model reads one by one, sentences where it can. Does not know the model. */
import { shortenedText } from './shortenedText.ts';
import { lastBefore, type Span } from './span.ts';
import { trimmedSpan } from './trimmedSpan.ts';
import { unbreakableSpans } from './unbreakableSpans.ts';
import { UNSPACED_CHARACTER } from './unspacedScripts.ts';

export interface Segmentation {
  readonly text: string;
  /** In order and apart; what stands between them (spaces, runs without a letter) is nobody's to translate. */
  readonly segments: readonly Span[];
}

export interface SegmentOptions {
  /** Of the text, for the rules of its sentences; a BCP 47 tag. */
  readonly locale?: string;
  /** The longest segment, in UTF-16 units. */
  readonly limit?: number;
}

const DEFAULT_LIMIT = 400;

/**
 * For how much a span counts that is not parted: to most models it is one token, however long a URL is. So few fit into a segment that a model has
 * a sentinel for each.
 */
const SPAN_UNITS = 25;

/** Abbreviations after which a sentence goes on, in the languages of the model; one that may end a sentence ("etc.") is not here. */
const ABBREVIATION = new RegExp(
  '(?:^|[^\\p{L}\\p{N}])(?:' +
    [
      /\p{Lu}/u, // initials
      /e\. ?g|i\. ?e|cf|vs|viz|resp|approx|Dr|Mr|Mrs|Ms|Prof|Jr|Figs?|Eqs?|Sect?|Ch|Vol|Nos?|pp|eds|et al/,
      /[zduo]|d\. ?h|u\. ?a|o\. ?ä|i\. ?d|s\. ?o|s\. ?u|bzw|bspw|vgl|ca|ggf|evtl|sog|inkl|exkl|Nr|Abb|Abs|Bd|Hrsg|St|Tab|Kap/,
      /p|p\. ?ex|c\.-à-d|éd|av|apr|MM|p\. ?ej|Sra?|Srta|Dra|Uds?|EE|UU|págs?|núm|aprox|Sr[ao]?s|Profa|Exm[ao]|séc/,
      /т\. ?[екн]|[Сс]м|[Рр]ис|[Тт]абл|[Гг]л|[Сс]тр|[Нн]апр|им/,
    ]
      .map(({ source }) => source)
      .join('|') +
    ')\\.[\'"»”’)\\]]*$',
  'u',
);
/** "1. First things", "3. Mai". */
const LIST_NUMBER = /^\s*\p{N}{1,3}\.$/u;
const ORDINAL = /\p{N}\.$/u;
const MONTH = /^(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?!\p{L})/u;

/** Ends a sentence in scripts that put no space between sentences. */
const FULL_WIDTH_END = /[。！？｡][」』）”’]*$/u;
/** To the segmenter, a quotation mark that opens the next sentence closes this one. */
const OPENED_BEHIND_END = /[。！？｡][」』）”’]*([“‘「『（【《〈]+)$/u;
/** Japanese goes on behind a quotation: 「はい。」と. */
const QUOTED = /[」』）”’]$/u;
const HIRAGANA = /^\p{Script=Hiragana}/u;
/** Behind it the next sentence begins without a space. */
const ENDS_FULL_WIDTH = new RegExp(`(?:${UNSPACED_CHARACTER}|[。！？｡、，；：」』）]|[。！？｡][”’]+)$`, 'u');
const FULL_WIDTH_CLAUSE_END = /[、，；：]/;
const CLAUSE_END = /[,;:–—、，；：)\]]/;
const UNSPACED = new RegExp(UNSPACED_CHARACTER, 'gu');
/** How many letters of an alphabet say what a character of these scripts does: the median of Chinese in the training texts. */
const UNSPACED_WORTH = 2.4;
const LETTER = /\p{L}/u;
/** May end a sentence, or a line, before the text's last characters. */
const END_INSIDE = /[\p{Sentence_Terminal}\u2024\uFE52\n\r\x85\u2028\u2029](?!\s*$)/u;

/** Linear in the length of `text`. */
export function segment(text: string, { locale = 'en', limit = DEFAULT_LIMIT }: SegmentOptions = {}): Segmentation {
  // Most comments are one short sentence.
  if (text.length * UNSPACED_WORTH <= limit && !END_INSIDE.test(text))
    return { text, segments: withWords(text, { start: 0, end: text.length }) };
  const short = shortenedText(text, unbreakableSpans(text), SPAN_UNITS);
  return {
    text,
    segments: shortSegments(short.text, breaksOutside(short.spans), locale, limit).map(({ start, end }) => ({
      start: short.originalOffset(start),
      end: short.originalOffset(end),
    })),
  };
}

function shortSegments(text: string, mayBreak: (offset: number) => boolean, locale: string, limit: number): Span[] {
  const segments: Span[] = [];
  for (const sentence of sentences(text, locale, limit, mayBreak)) {
    const { start: begin, end } = trimmedSpan(text, sentence);
    let start = begin;
    const most = unitsOf(text.slice(start, end), limit);
    while (start < end) {
      const stop = end - start <= most ? end : breakBefore(text, start, start + most, mayBreak);
      segments.push(...withWords(text, { start, end: stop }));
      start = stop;
      while (start < end && isSpace(text, start)) start++;
    }
  }
  return segments;
}

/** What of the span is to be read, if anything. */
function withWords(text: string, whole: Span): Span[] {
  const span = trimmedSpan(text, whole);
  return LETTER.test(text.slice(span.start, span.end)) ? [span] : [];
}

/** How many UTF-16 units of the text say, and so have as many tokens as, `letters` of an alphabet. */
export function unitsOf(text: string, letters: number): number {
  const unspaced = text.match(UNSPACED)?.length ?? 0;
  return Math.floor(letters / (1 + ((UNSPACED_WORTH - 1) * unspaced) / Math.max(1, text.length)));
}

/** A text that is read as a whole; one without words has nothing to read. */
export function oneSegment(text: string): Segmentation {
  return { text, segments: LETTER.test(text) ? [{ start: 0, end: text.length }] : [] };
}

export function segmentTexts({ text, segments }: Segmentation): string[] {
  return segments.map(({ start, end }) => text.slice(start, end));
}

/** The paragraph with `targets[i]` in the place of segment i, where it then is segment i. */
export function joinSegments({ text, segments }: Segmentation, targets: readonly string[]): Segmentation {
  const parts: string[] = [];
  const spans: Span[] = [];
  let done = 0;
  let length = 0;
  let before: Joined = { source: '', target: '' };
  segments.forEach(({ start, end }, index) => {
    const source = text.slice(start, end);
    const target = targets[index] ?? source;
    const gap = text.slice(done, start);
    const between = index === 0 ? gap : gapBetween(before, gap, { source, target });
    parts.push(between, target);
    length += between.length;
    before = { source, target };
    spans.push({ start: length, end: length + target.length });
    length += target.length;
    done = end;
  });
  parts.push(text.slice(done));
  return { text: parts.join(''), segments: spans };
}

interface Joined {
  readonly source: string;
  readonly target: string;
}

/** What stood between two sources, as the language of their targets has it: no space behind a full-width stop, one behind any other. */
function gapBetween(before: Joined, gap: string, behind: Joined): string {
  if (before.source === before.target && behind.source === behind.target) return gap;
  if (/^ +$/.test(gap) && FULL_WIDTH_END.test(before.target)) return '';
  const isMissing =
    gap === '' && ENDS_FULL_WIDTH.test(before.source) && /[^\s]$/.test(before.target) && !ENDS_FULL_WIDTH.test(before.target);
  return isMissing ? ' ' : gap;
}

/** Reads the text in windows, because Intl.Segmenter takes a time per sentence that grows with the length of its input. */
function* sentences(text: string, locale: string, limit: number, mayBreak: (offset: number) => boolean): Generator<Span> {
  const segmenter = new Intl.Segmenter(locale, { granularity: 'sentence' });
  const windowLength = Math.max(2 * limit, 1000);
  let start = 0;
  while (start < text.length) {
    const windowEnd = Math.min(start + windowLength, text.length);
    const window = text.slice(start, windowEnd);
    let done = start;
    for (const { index } of segmenter.segment(window)) {
      const boundary = start + index - (OPENED_BEHIND_END.exec(window.slice(Math.max(0, index - 10), index))?.[1]?.length ?? 0);
      if (boundary === done || !mayBreak(boundary) || !isSentenceEnd(text, done, boundary)) continue;
      yield { start: done, end: boundary };
      done = boundary;
    }
    // The window's last sentence may go on behind it; one that fills the window is longer than any segment.
    if (windowEnd === text.length) {
      yield { start: done, end: windowEnd };
      return;
    }
    if (done === start) {
      done = breakBefore(text, start, start + limit, mayBreak);
      yield { start, end: done };
    }
    start = done;
  }
}

/** Whether the sentence that begins at `start` is over at `boundary`, where the segmenter thinks so. */
function isSentenceEnd(text: string, start: number, boundary: number): boolean {
  const before = text.slice(Math.max(start, boundary - 40), boundary);
  if (before.endsWith('\n') || before.endsWith('\r')) return true;
  const sentence = before.trimEnd();
  if (sentence.length === before.length)
    return FULL_WIDTH_END.test(sentence) && !(QUOTED.test(sentence) && HIRAGANA.test(text.charAt(boundary)));
  if (ORDINAL.test(sentence) && MONTH.test(text.slice(boundary, boundary + 10))) return false;
  return !ABBREVIATION.test(sentence) && !LIST_NUMBER.test(sentence);
}

/** The best place in (start, end] to part a sentence that is too long: after a clause, else at a space, else between two graphemes. */
function breakBefore(text: string, start: number, end: number, mayBreak: (offset: number) => boolean): number {
  const earliest = start + Math.floor((end - start) / 3);
  let atSpace = 0;
  for (let offset = end; offset > earliest; offset--) {
    if (!mayBreak(offset)) continue;
    if (FULL_WIDTH_CLAUSE_END.test(text.charAt(offset - 1))) return offset;
    if (!isSpace(text, offset)) continue;
    if (CLAUSE_END.test(text.charAt(offset - 1))) return offset;
    atSpace ||= offset;
  }
  return atSpace || outside(text, start, graphemeBoundary(text, start, end), mayBreak);
}

/** The nearest offset before `cut` that is not inside a span, else the nearest behind it. */
function outside(text: string, start: number, cut: number, mayBreak: (offset: number) => boolean): number {
  let offset = cut;
  while (offset > start && !mayBreak(offset)) offset--;
  if (offset > start) return offset;
  offset = cut;
  while (offset < text.length && !mayBreak(offset)) offset++;
  return offset;
}

function graphemeBoundary(text: string, start: number, end: number): number {
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const cut = graphemes.segment(text.slice(start, end + 2)).containing(end - start)?.index ?? end - start;
  if (cut > 0) return start + cut;
  // One grapheme longer than the limit: any place will do that is not inside a surrogate pair.
  return isLowSurrogate(text, end) ? end - 1 : end;
}

/** Answers offsets in any order in logarithmic time. */
function breaksOutside(unbreakable: readonly Span[]): (offset: number) => boolean {
  return (offset) => (unbreakable[lastBefore(unbreakable, offset)]?.end ?? 0) <= offset;
}

function isSpace(text: string, offset: number): boolean {
  return /\s/.test(text.charAt(offset));
}

function isLowSurrogate(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
