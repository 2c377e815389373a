/** How many columns text takes in a fixed-width font. Does not know the editor's real font. */
import { eastAsianWidth } from 'get-east-asian-width';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** The segmenter's time per grapheme grows with its input, so long texts go through it in parts. */
const PART = 500;

/** Tabs reach to the next multiple of `tabSize`, counted from the text's start. */
export function displayWidth(text: string, tabSize = 4): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  if (ALWAYS_WIDE.test(text)) return 2 * text.length;
  let width = 0;
  for (let start = 0; start < text.length; start += PART) {
    for (const { segment } of graphemes.segment(text.slice(start, start + PART))) {
      width += segment === '\t' ? tabSize - (width % tabSize) : graphemeWidth(segment);
    }
  }
  return width;
}

/** Breaks a line of a script that writes without spaces. */
export function isWide(grapheme: string): boolean {
  return ALWAYS_WIDE.test(grapheme) || (grapheme > '\u1100' && graphemeWidth(grapheme) === 2 && !EMOJI.test(grapheme));
}

/** Kana, ideographs and Hangul of one UTF-16 unit each: most of what is wide, told without looking up each. */
const ALWAYS_WIDE = /^[\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]*$/;
const INVISIBLE = /^[\p{Cc}\p{Cf}\p{M}]/u;
const EMOJI = /\p{Emoji_Presentation}|\uFE0F/u;

function graphemeWidth(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0;
  return EMOJI.test(grapheme) ? 2 : eastAsianWidth(grapheme.codePointAt(0)!);
}
