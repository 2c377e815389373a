/** What stands on an axis for a token: white space made visible, and long labels shortened to a width. Pure; the caller measures text. */

const VISIBLE: ReadonlyMap<string, string> = new Map([
  [' ', '␣'],
  ['\n', '↵'],
  ['\r', '␍'],
  ['\t', '⇥'],
  ['\u00a0', '⍽'],
  ['\u202f', '⍽'],
  ['\u200b', '␣'],
]);
// Control characters, which have pictures from U+2400 on, and the spaces above.
const INVISIBLE = /[\u0000-\u0020\u007f\u00a0\u200b\u202f]/g;

/** The label of a token that stands for no characters, such as all but one of the byte tokens of an emoji, is "∅". */
export function visibleLabel(label: string): string {
  if (label === '') return '∅';
  return label.replace(INVISIBLE, (character) => VISIBLE.get(character) ?? pictureOf(character.codePointAt(0) ?? 0));
}

function pictureOf(codePoint: number): string {
  return String.fromCodePoint(codePoint === 0x7f ? 0x2421 : 0x2400 + codePoint);
}

// An isolate keeps the ellipsis at the end of the text in the text's own direction: at the left of an Arabic word.
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** `text`, or as many of its leading characters (as users see them) as fit with an ellipsis; '' where not even the ellipsis fits. */
export function shortenLabel(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return isolated(text);
  const characters = [...graphemes.segment(text)].map(({ segment }) => segment);
  const shortened = (count: number): string => characters.slice(0, count).join('') + '…';
  if (measure(shortened(0)) > width) return '';
  let fits = 0;
  let tooMany = characters.length;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (measure(shortened(middle)) <= width) fits = middle;
    else tooMany = middle;
  }
  return isolated(shortened(fits));
}

function isolated(text: string): string {
  return FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE;
}
