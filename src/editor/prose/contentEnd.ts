/** Where the prose of a document's line ends before its end: at a comment of TeX, at code in the middle of HTML. Looks at one line alone. */

/** Spans in which `%` is a character, escaped characters, and `%` itself. */
const TEX_TOKEN =
  /\\(?:verb\*?|lstinline(?:\[[^\]]{0,100}\])?|mintinline\{\w{1,30}\})([^A-Za-z\s*{[]).{0,300}?\1|\\(?:url|path|nolinkurl|href)\{[^{}]*\}|\\.|%/g;

/** The offset of the comment that a line of TeX ends with; its length where it has none. */
export function texCommentStart(text: string): number {
  for (const { 0: token, index } of text.matchAll(TEX_TOKEN)) if (token === '%') return index;
  return text.length;
}

/** Elements whose content is code; what SVG and MathML hold in one line is nearly all tags. */
const CODE_ELEMENT = /<(?:(script|style|pre)|svg|math)\b/gi;

/** What stands before the first code on a line of HTML, and what ends that code where it goes on below. */
export function beforeCodeElement(text: string): { readonly end: number; readonly opens: RegExp | undefined } {
  const shown = text.replace(/<!--.{0,2000}?-->/g, (comment) => ' '.repeat(comment.length));
  const lower = shown.toLowerCase();
  for (const { 0: tag, 1: isCut, index } of shown.matchAll(CODE_ELEMENT)) {
    const close = `</${tag.slice(1).toLowerCase()}>`;
    if (lower.lastIndexOf(close) < index) return { end: text.length, opens: new RegExp(close, 'i') };
    if (isCut !== undefined) return { end: index, opens: undefined };
  }
  return { end: text.length, opens: undefined };
}
