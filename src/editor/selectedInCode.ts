/** What a selection within one line of code means: the text of strings, or words that a user picked out. Knows no comment. */
import { verbatimKind } from './prose/markup.ts';
import type { Paragraph, SelectedPassage } from './selectedPassage.ts';
import type { SourceDocument } from './sourceText.ts';
import { stringsOf, type StringLiteral } from './stringLiteral.ts';

/** More than a key or a name. */
const SEVERAL_WORDS = /\p{L}{2}[^\p{L}]*\s[^\p{L}]*\p{L}{2}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{2}/u;
/** A line of markup between its tags; code begins small, or ends with punctuation of its own. */
const SENTENCE = /^(?:\p{Lu}[\p{Ll}'’-]*|\p{Lo}+)(?:[,;]?\s+[^\s=(){}[\]]+)+[.!?…]?$/u;

/** Columns of a line. */
interface Part {
  readonly from: number;
  readonly to: number;
}

/**
 * One passage for each text. Undefined where it is all code.
 * @param from columns without space around them
 */
export function selectedInCode(document: SourceDocument, line: number, from: number, to: number): SelectedPassage[] | undefined {
  const text = document.lines[line]!;
  const strings = stringsOn(document, line, { from, to });
  const around = strings.findLast(({ start, end }) => start - 1 <= from && to <= end + 1);
  if (around !== undefined) {
    const passage = passageOf(text, line, clipped(around, { from, to }), around.quote);
    return passage && [passage];
  }
  const found = strings.flatMap((string) => {
    const part = clipped(string, { from, to });
    const passage = SEVERAL_WORDS.test(text.slice(part.from, part.to)) ? passageOf(text, line, part, string.quote) : undefined;
    return passage ? [passage] : [];
  });
  if (found.length > 0) return found;
  const words = text.slice(from, to);
  const isWholeLine = words === text.trim();
  // A part of a line is what the user wants, whatever stands around it.
  if (strings.length > 0 || verbatimKind(words, 'comment') !== undefined || (isWholeLine && !SENTENCE.test(words))) return undefined;
  const passage = passageOf(text, line, { from, to }, '');
  return passage && [passage];
}

/** Those that the selection touches: the grammar's, as far as they stand on the line, or else what looks like one. */
function stringsOn({ lines, strings }: SourceDocument, line: number, { from, to }: Part): readonly StringLiteral[] {
  const touched = ({ start, end }: StringLiteral): boolean => start < to && end > from;
  const seen = strings
    .filter(({ start, end }) => start.line <= line && end.line >= line)
    .map(({ open, close, start, end }) => ({
      // Three quotes end a string where one does not.
      quote: open.length === 1 ? open : '',
      start: start.line === line ? start.character + open.length : 0,
      end: end.line === line ? end.character - close.length : lines[line]!.length,
    }))
    .filter(touched);
  return seen.length > 0 ? seen : stringsOf(lines[line]!).filter(touched);
}

function clipped({ start, end }: StringLiteral, { from, to }: Part): Part {
  return { from: Math.max(from, start), to: Math.min(to, end) };
}

/** Undefined without a word. */
function passageOf(text: string, line: number, { from, to }: Part, quote: string): SelectedPassage | undefined {
  const words = text.slice(from, to).trim();
  if (!/\p{L}/u.test(words)) return undefined;
  const character = from + text.slice(from).search(/\S/);
  const indent = /^\s*/.exec(text)![0];
  const paragraph: Paragraph = {
    text: words,
    pieces: [{ start: 0, end: words.length, line, character }],
    lead: '',
    trail: '',
    prefix: indent,
    hang: indent,
    width: Infinity,
    tail: '',
    underline: undefined,
    quote,
  };
  const before = { line, character: 0, touchesText: false };
  const after = { line, character: text.length, touchesText: false };
  return {
    kind: 'code',
    paragraphs: [paragraph],
    outline: [paragraph],
    separator: '',
    close: '',
    inCode: true,
    width: Infinity,
    before,
    after,
  };
}
