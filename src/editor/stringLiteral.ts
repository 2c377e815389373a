/** Strings on one line of code, as most languages write them. Knows no language. */

const QUOTES = '"\'`';

export interface StringLiteral {
  readonly quote: string;
  /** Columns of what stands between the quotes. */
  readonly start: number;
  readonly end: number;
}

/** Not an apostrophe inside a word, nor behind one; the letters of a string's prefix are no word. */
const MAY_BEGIN = /(?<![\p{L}\p{N}])[rbfuL$@]{0,2}$/iu;

/** Those that begin and end on the line. */
export function stringsOf(line: string): StringLiteral[] {
  const strings: StringLiteral[] = [];
  for (let at = 0; at < line.length;) {
    const isQuote = QUOTES.includes(line.charAt(at));
    const length = isQuote && !MAY_BEGIN.test(line.slice(Math.max(0, at - 3), at)) ? 1 : lengthOfString(line, at);
    if (isQuote && length > 2) strings.push({ quote: line.charAt(at), start: at + 1, end: at + length - 1 });
    at += length;
  }
  return strings;
}

/** Of the string or escape at `index`; 1 where a quote is only an apostrophe. */
export function lengthOfString(line: string, index: number): number {
  const quote = line.charAt(index);
  if (quote === '\\') return 2;
  if (quote === '' || !QUOTES.includes(quote)) return 1;
  for (let end = index + 1; end < line.length; end++) {
    if (line[end] === '\\') end++;
    else if (line[end] === quote) return end + 1 - index;
  }
  return 1;
}

const TYPOGRAPHIC: Readonly<Record<string, string>> = { "'": '’', '"': '”', '`': 'ʼ' };

/** `text` without quotes that would end the string it goes into: they become typographic ones, which need no language's escape. */
export function insideString(text: string, quote: string): string {
  let inside = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at);
    if (unit === '\\') inside += unit + (text.charAt(++at) || '\\');
    else inside += unit === quote ? TYPOGRAPHIC[quote]! : unit;
  }
  return inside;
}
