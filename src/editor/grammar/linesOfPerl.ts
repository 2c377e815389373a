/** Lines of Perl without its grammar, by `perlMarks.ts`: code, here-documents, lists over lines, documentation. */
import type { Opener, ShortLine } from './lineShortcut.ts';
import { PERL_MARKS } from './perlMarks.ts';
import { openScopesOf, type StateStack } from './textMate.ts';

const DOCUMENTATION = '=pod';
const END = '__END__';
const LIST = 'qw(';
/** White space by itself leaves its indentation open. */
const INDENTATION = '    ';

export function readPerl(text: string, open: Opener): ShortLine | undefined {
  if (open.startsWith('<<')) return { spans: [], after: isEndOf(open, text) ? '' : open };
  if (open === LIST) {
    const [list, closer] = /^[^()\\]*(\))?/.exec(text)!;
    if (closer !== undefined) return code(text, list.length);
    return list.length < text.length ? undefined : { spans: [], after: open };
  }
  if (open === END || open === DOCUMENTATION || /^=[A-Za-z]/.test(text)) {
    const after = open === END ? END : /^=cut\b/.test(text) ? '' : DOCUMENTATION;
    return { spans: [{ start: 0, end: text.length, kind: 'block' }], after };
  }
  if (text === END || text === '__DATA__') return { spans: [], after: END };
  if (text.trim() === '') return { spans: [], after: /^(?:\t| {4})/.test(text) ? INDENTATION : open };
  return code(text, 0);
}

function isEndOf(hereDocument: Opener, text: string): boolean {
  const [, indented, label] = /^<<(~?) *["']?([^"']+)/.exec(hereDocument)!;
  return (indented === '' ? text : text.trimStart()) === label;
}

function code(text: string, from: number): ShortLine | undefined {
  const spans: ShortLine['spans'][number][] = [];
  let after: Opener = '';
  PERL_MARKS.lastIndex = from;
  for (let found = PERL_MARKS.exec(text); found !== null; found = PERL_MARKS.exec(text)) {
    const [, complete, comment, list, hereDocument] = found;
    if (complete !== undefined) continue;
    if (comment !== undefined) spans.push({ start: found.index, end: text.length, kind: 'line' });
    else if (list !== undefined && after === '') after = LIST;
    else if (hereDocument !== undefined && after === '') after = hereDocument;
    else return undefined;
  }
  return { spans, after };
}

/** Expressions have no scope of their own, so that nothing at all may be open. */
export function openerInPerl(state: StateStack): Opener | undefined {
  if (state.depth === 1) return '';
  const [, scope, ...others] = openScopesOf(state);
  return scope === 'meta.leading-tabs' && others.length === 0 ? INDENTATION : undefined;
}
