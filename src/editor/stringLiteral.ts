/** Strings on one line of code, as most languages write them. Knows no language. */

export interface StringLiteral {
  readonly quote: string;
  /** Columns of what stands between the quotes. */
  readonly start: number;
  readonly end: number;
}

/** The innermost string that holds columns `start` to `end`, with or without its quotes. */
export function stringAround(line: string, start: number, end: number): StringLiteral | undefined {
  let at = 0;
  while (at <= start && at < line.length) {
    const length = lengthOfString(line, at);
    if (length > 2 && '"\'`'.includes(line.charAt(at)) && end <= at + length) {
      return { quote: line.charAt(at), start: at + 1, end: at + length - 1 };
    }
    at += length;
  }
  return undefined;
}

/** Of the string or escape at `index`; 1 where a quote is only an apostrophe. */
export function lengthOfString(line: string, index: number): number {
  const quote = line.charAt(index);
  if (quote === '\\') return 2;
  if (quote === '' || !'"\'`'.includes(quote)) return 1;
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
