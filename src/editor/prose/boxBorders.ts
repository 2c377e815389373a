/** The right side of a box that is drawn around a comment: found, so that nobody reads it as text, and drawn again behind other text. */
import type { ContentLine, Passage } from './contentLines.ts';
import { displayWidth } from '../displayWidth.ts';
import { concatMapped, foreign, type MappedText } from '../mappedText.ts';

/** What stands behind the text of each line. */
export interface Border {
  readonly text: string;
  /** Where it begins, so far as the text before it has room; 0 where it follows the text, wherever that ends. */
  readonly column: number;
}

const LETTER = /\p{L}/u;
const AT_END = /(\s+)([*#|│║┃!;%~=+/-]{1,3})$/;
/** `#### Title ####`, without the comment's mark. */
const AS_AT_BEGINNING = /\s+([#*=/;%-]{2,})$/;

/** The passage without its borders, which its lines keep. */
export function withoutBorders(lines: readonly string[], passage: Passage): Passage {
  if (passage.inCode || (passage.kind !== 'line' && passage.kind !== 'block')) return passage;
  const written = passage.lines.filter(({ text }) => LETTER.test(text) && !text.startsWith('|'));
  const borders = new Map(written.map((line) => [line, borderOf(lines, line)]));
  const [first] = borders.values();
  const isBox =
    written.length > 1 &&
    [...borders.values()].every((border) => border !== undefined && border.text === first!.text && border.column === first!.column) &&
    written.some(isSetApart);
  return {
    ...passage,
    lines: passage.lines.map((line) => {
      const border = borders.get(line);
      if (border !== undefined && (isBox || (isSetApart(line) && mark(line).endsWith(border.text)))) return cut(line, border);
      const title = AS_AT_BEGINNING.exec(line.text)?.[1];
      return title !== undefined && title === mark(line) ? cut(line, { text: title, column: 0 }) : line;
    }),
  };
}

/** Each line with the border behind it. `head` is what stands before the first line, `hang` the beginning of each of the others. */
export function withBorder(drawn: readonly MappedText[], border: Border, head: string): MappedText[] {
  return drawn.map((line, index) => {
    const width = displayWidth((index === 0 ? head : '') + line.text);
    return concatMapped([line, foreign(' '.repeat(Math.max(1, border.column - width)) + border.text)]);
  });
}

function borderOf(lines: readonly string[], { line, end, text }: ContentLine): Border | undefined {
  const [, , mark] = AT_END.exec(text) ?? [];
  return mark === undefined ? undefined : { text: mark, column: displayWidth(lines[line]!.slice(0, end - mark.length)) };
}

function isSetApart({ text }: ContentLine): boolean {
  return (AT_END.exec(text)?.[1] ?? '').length > 1;
}

function mark({ prefix }: ContentLine): string {
  return prefix.trim();
}

function cut(line: ContentLine, border: Border): ContentLine {
  const text = line.text.slice(0, -border.text.length).trimEnd();
  return { ...line, text, end: line.start + text.length, border };
}
