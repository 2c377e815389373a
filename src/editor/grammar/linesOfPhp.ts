/** Lines of PHP without its grammar: code, here-documents, and HTML without code in it. */
import type { Opener, ShortLine } from './lineShortcut.ts';
import { BLOCK, readLikeC } from './linesLikeC.ts';
import { HTML } from './linesOfMarkup.ts';
import { COMMENT, marksOf, OPENER } from './marksLikeC.ts';

const CODE = '<?php ';

/** SQL in a string has comments of its own, and so may code. */
const NO_SQL = String.raw`(?!\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|REPLACE|ALTER|AND|WITH)\b)`;
const STRING = String.raw`'${NO_SQL}(?:[^'\\]|\\.)*'|"${NO_SQL}(?:[^"\\{$]|\\.|\$(?!\{)|\{(?!\$))*"`;
const MARKS = { ...marksOf(`${COMMENT}|#(?!\\[).*|(${STRING})|<<<|${OPENER}|\``), lineMark: '#' as const };

const HERE_DOCUMENT = /<<<\s*(["']?)([A-Za-z_]\w*)\1\s*$/;
/** Labels that say which other language is in it. */
const EMBEDDED = /^(?:HTML|XML|[DS]QL|JAVASCRIPT|JS|JSON|CSS|REGEXP?|BLADE)$/;

export function readPhp(text: string, open: Opener): ShortLine | undefined {
  if (!open.startsWith(CODE)) return text.includes('<?') ? beginning(text, open) : HTML(text, open);
  const within = open.slice(CODE.length);
  if (within === '' && text.trim() === '?>') return { spans: [], after: '' };
  if (HERE_DOCUMENT.test(within)) return readHereDocument(text, open);
  return readCode(text, within);
}

function beginning(text: string, open: Opener): ShortLine | undefined {
  return open === '' && text === '<?php' ? { spans: [], after: CODE } : undefined;
}

function readCode(text: string, open: Opener): ShortLine | undefined {
  // It also ends a comment.
  if (text.includes('?>')) return undefined;
  const [mark = '', , label = ''] = HERE_DOCUMENT.exec(text) ?? [];
  const code = text.slice(0, text.length - mark.length);
  const line = readLikeC(code, open, MARKS);
  if (line === undefined || mark === '') return line && { ...line, after: CODE + line.after };
  const isComment = line.after !== '' || line.spans.at(-1)?.end === code.length;
  return isComment || EMBEDDED.test(label) ? undefined : { ...line, after: CODE + mark.trimEnd() };
}

function readHereDocument(text: string, open: Opener): ShortLine | undefined {
  const [, quote, label] = HERE_DOCUMENT.exec(open)!;
  const end = new RegExp(`^\\s*${label!}(?![\\w\\x7f-\\uffff])`).exec(text)?.[0];
  if (end !== undefined) {
    const rest = readCode(text.slice(end.length), '');
    return rest && { ...rest, spans: rest.spans.map((span) => ({ ...span, start: span.start + end.length, end: span.end + end.length })) };
  }
  // Code in it may have comments.
  return quote !== "'" && /\{\$|\$\{/.test(text) ? undefined : { spans: [], after: open };
}

/** @param open the scopes that decide how the next line reads, the outermost first */
export function openerInPhp([first, second, ...others]: readonly string[]): Opener | undefined {
  if (first === undefined) return '';
  if (first !== 'meta.embedded.block.php' || others.length > 0) return undefined;
  if (second === undefined) return CODE;
  return second.startsWith('comment.block') ? CODE + BLOCK : undefined;
}
