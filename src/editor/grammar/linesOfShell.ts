/** Lines of shell scripts without their grammar. What a string or an expansion quotes in its turn is left to it. */
import type { Opener, ShortLine } from './lineShortcut.ts';
import type { ScopeSpan } from './tokenizedLines.ts';

/** In what is expanded inside double quotes: one that quotes nothing more. */
const INNER_STRING = String.raw`'[^']*'|"(?:[^"\\\`$]|\\[^"\`\s]|\$\w|\$\{\w+\})*"`;
/** A variable, a calculation or a command in which nothing looks like a comment. */
const EXPANSION = String.raw`\$\{(?:[^"'\`{}\\#]|(?<!\s)#)*\}|\$\(\([^"'\`()\\#]*\)\)|\$\((?:[^"'\`()\\#]|\\[^\s\`]|${INNER_STRING})*\)`;
const QUOTED = String.raw`(?:[^"\\\`$]|\\.|\\$|\$(?![({])|${EXPANSION})*`;
/** What is complete; a comment, which but for the shell's own name begins so; what may go on, or what only the grammar understands. */
const MARKS = new RegExp(
  String.raw`((?<!\$)'[^']*'|"${QUOTED}"|\$\(|${EXPANSION}|\`(?:[^"'\`\\#]|\\[^\s\`]|${INNER_STRING})*\`|\\(?:\S|$)|(?<![^ \t])#!.*)|((?<![^ \t])#.*)|["'\`\\]|\$\{|<<|=~`,
  'g',
);
const QUOTED_REST = new RegExp(`${QUOTED}("|$)`, 'y');
/** What ends it stands on a line of its own; with quotes around that, nothing in it is expanded. */
const HEREDOC = /<<(-?)[ \t]*(?:(["'])([A-Za-z_]\w*)\2|([A-Za-z_]\w*))(?=[\s;&]|$)/y;
const HEREDOC_SCOPE = /^string\.(un)?quoted\.heredoc\.(no-)?indent\.([A-Za-z_]\w*)$/;

const SINGLE = "'";
const DOUBLE = '"';

export function readShell(text: string, open: Opener): ShortLine | undefined {
  if (open === '') return code(text, 0);
  if (open === SINGLE) return behind(text, text.indexOf("'"), open);
  if (open === DOUBLE) {
    const end = endOfQuoted(text, 0);
    return end === undefined ? undefined : behind(text, end - 1, open);
  }
  HEREDOC.lastIndex = 0;
  const [, tabs, quote, quoted, bare = quoted] = HEREDOC.exec(open)!;
  const end = new RegExp(String.raw`^${tabs === '' ? '' : String.raw`\t*`}${bare}(?=[\s;&]|$)`).exec(text);
  if (end !== null) return code(text, end[0].length);
  return quote === undefined && /[`$]/.test(text) ? undefined : { spans: [], after: open };
}

/** @param end of the string that is open; below zero where it goes on */
function behind(text: string, end: number, open: Opener): ShortLine | undefined {
  return end < 0 ? { spans: [], after: open } : code(text, end + 1);
}

function code(text: string, from: number): ShortLine | undefined {
  let after: Opener = '';
  MARKS.lastIndex = from;
  for (let found = MARKS.exec(text); found !== null; found = MARKS.exec(text)) {
    const { 0: mark, 1: complete, 2: comment, index } = found;
    if (complete !== undefined) continue;
    // What stands behind the beginning of a here-document is read in another way.
    if (after !== '') return undefined;
    if (comment !== undefined) {
      const spans: ScopeSpan[] = [{ start: index, end: text.length, kind: 'line' }];
      return { spans, after };
    }
    if (mark === "'" && text[index - 1] !== '$') return { spans: [], after: SINGLE };
    if (mark === '"') return endOfQuoted(text, index + 1) === 0 ? { spans: [], after: DOUBLE } : undefined;
    HEREDOC.lastIndex = index;
    const heredoc = mark === '<<' && !text.slice(0, index).includes('((') ? HEREDOC.exec(text) : null;
    if (heredoc === null) return undefined;
    after = heredoc[0];
    MARKS.lastIndex = HEREDOC.lastIndex;
  }
  return { spans: [], after };
}

/** The place behind a double quote; zero where the string goes on, undefined where only the grammar can tell. */
function endOfQuoted(text: string, from: number): number | undefined {
  QUOTED_REST.lastIndex = from;
  const found = QUOTED_REST.exec(text);
  return found === null ? undefined : found[1] === '' ? 0 : QUOTED_REST.lastIndex;
}

/** @param open the scopes that decide how the next line reads */
export function openerInShell(open: readonly string[]): Opener | undefined {
  const [scope, ...others] = open;
  if (scope === undefined) return '';
  if (others.length > 0) return undefined;
  if (scope === 'string.quoted.single.shell') return SINGLE;
  if (scope === 'string.quoted.double.shell') return DOUBLE;
  const heredoc = HEREDOC_SCOPE.exec(scope);
  if (heredoc === null) return undefined;
  const [, isBare, isFlush, name] = heredoc;
  return `<<${isFlush === undefined ? '-' : ''}${isBare === undefined ? `'${name!}'` : name!}`;
}
