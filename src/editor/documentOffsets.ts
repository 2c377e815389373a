/** Offsets of places in a document. Knows its lines and no more. */
import type { Position } from './comments.ts';
import type { Paragraph } from './selectedPassage.ts';
import type { MappedPiece } from './spanMap.ts';

export type OffsetOf = (position: Position) => number;

/** In UTF-16 units, with the line endings that VS Code gives every line of the document. */
export function offsetsOf({ lines, eol }: { readonly lines: readonly string[]; readonly eol: string }): OffsetOf {
  const starts: number[] = [];
  let start = 0;
  for (const line of lines) {
    starts.push(start);
    start += line.length + eol.length;
  }
  return ({ line, character }) => starts[line]! + character;
}

/** From the paragraph's text to the document. */
export function paragraphMap({ pieces }: Paragraph, offsetOf: OffsetOf): MappedPiece[] {
  return pieces.map((piece) => ({ from: piece.start, to: offsetOf(piece), length: piece.end - piece.start }));
}
