/** Breaks one paragraph into lines of a given width. Does not know what stands before and behind the lines. */
import type { Span } from '../shared/span.ts';
import { displayWidth, isWide } from './displayWidth.ts';

export interface WrapOptions {
  /** Columns of the first line and of the others; the text's alone. */
  readonly firstWidth: number;
  readonly width: number;
  /** Columns that something else takes behind the last line. */
  readonly lastReserve?: number;
  /** False for a word that would be read as markup at the start of a line, such as `-` or `@param`. */
  readonly mayStartLine?: (word: string) => boolean;
}

/** A word, and the spaces before it. */
interface Word {
  readonly space: string;
  readonly text: string;
}

/** Spans of the lines in `text`. Greedy; a word wider than the line gets a line of its own. Spaces inside a line stay as they are. */
export function wrap(text: string, { firstWidth, width, lastReserve = 0, mayStartLine = () => true }: WrapOptions): Span[] {
  const lines: Span[] = [];
  let start = 0;
  let end = 0;
  let taken = 0;
  const words = wordsOf(text, mayStartLine);
  words.forEach(({ space, text: word }, index) => {
    const added = displayWidth(space) + displayWidth(word);
    const available = (lines.length === 0 ? firstWidth : width) - (index === words.length - 1 ? lastReserve : 0);
    const wordStart = end + space.length;
    if (start < end && taken + added > available) {
      lines.push({ start, end });
      start = wordStart;
      taken = displayWidth(word);
    } else taken += added;
    end = wordStart + word.length;
  });
  lines.push({ start, end });
  return lines;
}

const NOT_AT_START = /^[,.!?:;)\]}%’”»、。，．！？：；）］｝」』】〉》〕％・…ーぁぃぅぇぉっゃゅょァィゥェォッャュョ]/u;
const NOT_AT_END = /[([{‘“«（［｛「『【〈《〔]$/u;

/** Inline code, inline tags and links (also of pictures) stay on one line, unless they are longer than any line. */
const WORD =
  /([ \t]*)((?:`[^`]{1,100}`|\{@[^{}]{1,100}\}|\[(?:[^[\]]|\[[^[\]]{0,100}\]\([^()]{0,300}\)){1,100}\]\([^()]{0,300}\)|[^ \t])+)/g;

/** In order, and together all of the text but for spaces at its end. */
function wordsOf(text: string, mayStartLine: (word: string) => boolean): Word[] {
  const words: Word[] = [];
  for (const [, space = '', spaced = ''] of text.trimEnd().matchAll(WORD)) {
    const parts = wideParts(spaced);
    const last = words.at(-1);
    if (last !== undefined && !mayStartLine(parts[0]!))
      words[words.length - 1] = { space: last.space, text: last.text + space + parts[0]! };
    else words.push({ space, text: parts[0]! });
    for (const part of parts.slice(1)) words.push({ space: '', text: part });
  }
  return words;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Parts a run without spaces where a line may end before or after a wide character. */
function wideParts(run: string): string[] {
  if (!/[\u1100-\uFFDC\u{20000}-\u{3FFFF}]/u.test(run)) return [run];
  const parts: string[] = [];
  let wideBefore = false;
  for (let start = 0; start < run.length; start += 500) {
    for (const { segment } of graphemes.segment(run.slice(start, start + 500))) {
      const wide = isWide(segment);
      const last = parts.at(-1);
      if (last === undefined || ((wide || wideBefore) && !NOT_AT_START.test(segment) && !NOT_AT_END.test(last))) parts.push(segment);
      else parts[parts.length - 1] = last + segment;
      wideBefore = wide;
    }
  }
  return parts;
}
