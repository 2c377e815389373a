/** Takes the marks of quotations in comments for margin, where the comments are Markdown; in Haskell's they mark code. Does not know the passage's kind. */
import type { ContentLine } from './contentLines.ts';

const QUOTE_MARKS = /^(?!>>>)>(?:\s?>)*(?:\s+|$)/;
const HASKELL_MARK = /^\s*--/;

/**
 * A quotation begins a paragraph: a line further down that begins so goes on with a sentence.
 * @param open of the block comment that these are; empty elsewhere
 */
export function withoutQuoteMarks(lines: readonly ContentLine[], open: string): readonly ContentLine[] {
  let isQuoted = false;
  return lines.map((line, index) => {
    const length = QUOTE_MARKS.exec(line.text)?.[0].length ?? 0;
    isQuoted = length > 0 && (isQuoted || (lines[index - 1]?.text ?? '') === '');
    if (!isQuoted) return line;
    if (open === '{-' || HASKELL_MARK.test(line.prefix)) return { ...line, literal: true };
    const { text, start, prefix } = line;
    return { ...line, text: text.slice(length), start: start + length, prefix: prefix + text.slice(0, length) };
  });
}
