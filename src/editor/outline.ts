/** What a copy of a passage consists of: its paragraphs and the lines between them that are repeated. Does not know which lines are prose. */
import type { LineBetween, Paragraph } from './selectedPassage.ts';

export interface Copied extends LineBetween {
  readonly copied: boolean;
  /** See VerbatimLine. */
  readonly leads: boolean;
}

export function isParagraph(entry: Paragraph | LineBetween): entry is Paragraph {
  return 'text' in entry;
}

/** From the first paragraph, with the markup above it that is its own, to the last. */
export function betweenParagraphs(entries: readonly (Paragraph | Copied)[]): readonly (Paragraph | Copied)[] {
  let first = entries.findIndex(isParagraph);
  while ((entries[first - 1] as Partial<Copied> | undefined)?.leads === true) first--;
  return entries.slice(Math.max(first, 0), entries.findLastIndex(isParagraph) + 1);
}

/** Without code, and without headings of nothing but code; one blank line where several meet. */
export function outlineOf(lines: readonly string[], entries: readonly (Paragraph | Copied)[]): (Paragraph | LineBetween)[] {
  const outline: (Paragraph | LineBetween)[] = [];
  let isBeforeCode = false;
  let isBeforeBlank = false;
  for (const entry of entries.toReversed()) {
    if ('text' in entry) {
      isBeforeCode = isBeforeBlank = false;
    } else {
      const isBlank = entry.copied && !/[\p{L}\p{N}]/u.test(lines[entry.line]!) && !/[-=~^"'+#]{3}/.test(lines[entry.line]!);
      isBeforeCode ||= !entry.copied;
      if (!entry.copied || (isBlank ? isBeforeBlank : isBeforeCode)) continue;
      isBeforeBlank = isBlank;
    }
    outline.push(entry);
  }
  return outline.reverse();
}
