/** Lines on their way to another thread: a few long strings get there faster than many short ones. */

/** Some lines each, with line feeds between them. */
export type JoinedLines = readonly string[];

/** Joined in far less than a slice of time. */
const LINES = 4096;

/** Yields after each piece. */
export function* joined(lines: readonly string[], first = 0, end = lines.length): Generator<void, JoinedLines> {
  const pieces: string[] = [];
  for (let from = first; from < end; from += LINES) {
    pieces.push(lines.slice(from, Math.min(end, from + LINES)).join('\n'));
    yield;
  }
  return pieces;
}

export function separated(pieces: JoinedLines): string[] {
  return pieces.flatMap((piece) => piece.split('\n'));
}
