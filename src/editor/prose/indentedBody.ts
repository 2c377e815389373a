/** Follows the indented text that belongs to a line above it, such as an admonition or a term: only what is deeper yet is code. Knows no markup. */
import { depthOf, type ContentLine } from './contentLines.ts';

export class IndentedBody {
  private above = Infinity;
  private depth: number | undefined;

  /** Below a line of depth `above`; without its own depth, the next line has that. */
  begin(above: number, depth?: number): void {
    this.above = above;
    this.depth = depth;
  }

  /** To be asked of every line in order: the depth of the body that it is in or begins. */
  depthAt(line: ContentLine): number | undefined {
    if (line.text === '') return undefined;
    const depth = depthOf(line);
    if (depth <= this.above) this.begin(Infinity);
    else this.depth ??= depth;
    return this.depth;
  }
}
