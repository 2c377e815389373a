/** Which characters of a text may not be parted although spaces or full stops stand among them. Does not know what a sentence is. */
import { withKept } from './keptPattern.ts';
import { PROTECTED_PATTERN } from './protectedPattern.ts';
import type { Span } from './span.ts';

/** Inline code, tags and braces with spaces in them, bounded, so that a stray opener costs little; then all else that models get as one span. */
const UNBREAKABLE = new RegExp(
  [
    '``[^`\\n]{1,200}``|`[^`\\n]{1,200}`|`',
    String.raw`<\/?[a-zA-Z][^<>\n]{0,200}>|<[^\s<>]+>|<[a-zA-Z][\w:-]*(?:\s+[\w:@.-]+(?:=(?:"[^"<>\n]*"|'[^'<>\n]*'|[^\s"'<>]+))?)*\s*\/?>|<(?=[/a-zA-Z])`,
    withKept(PROTECTED_PATTERN),
    String.raw`\{[^{}\n]{0,200}\}`,
  ].join('|'),
  'g',
);

/** In order and apart. */
export function unbreakableSpans(text: string): Span[] {
  return Array.from(text.matchAll(UNBREAKABLE), ({ 0: span, index }) => ({ start: index, end: index + span.length }));
}
