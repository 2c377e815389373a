/** Lines of PHP without its grammar, where they are code and nothing else: a document begins as HTML, and may go back to it. */
import type { Opener, ShortLine } from './lineShortcut.ts';
import { BLOCK, COMMENT, marksOf, OPENER, readLikeC } from './linesLikeC.ts';

const CODE = '<?php ';

/** SQL in a string has comments of its own, and so may code. */
const NO_SQL = String.raw`(?!\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|REPLACE|ALTER|AND|WITH)\b)`;
const STRING = String.raw`'${NO_SQL}(?:[^'\\]|\\.)*'|"${NO_SQL}(?:[^"\\{$]|\\.|\$(?!\{)|\{(?!\$))*"`;
const MARKS = { ...marksOf(`${COMMENT}|#(?!\\[).*|(${STRING})|<<<|${OPENER}|\``), lineMark: '#' as const };

export function readPhp(text: string, open: Opener): ShortLine | undefined {
  if (open === '' && text === '<?php') return { spans: [], after: CODE };
  // It also ends a comment.
  if (!open.startsWith(CODE) || text.includes('?>')) return undefined;
  const line = readLikeC(text, open.slice(CODE.length), MARKS);
  return line && { ...line, after: CODE + line.after };
}

/** @param open the scopes that decide how the next line reads, the outermost first */
export function openerInPhp([first, second, ...others]: readonly string[]): Opener | undefined {
  if (first !== 'meta.embedded.block.php' || others.length > 0) return undefined;
  if (second === undefined) return CODE;
  return second.startsWith('comment.block') ? CODE + BLOCK : undefined;
}
