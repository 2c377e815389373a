/** Comments, docstrings and strings from the scopes of a document's lines. Knows no language: what opens and closes a comment it takes from its text. */
import type { Comment, CommentSyntax, Position } from '../comments.ts';
import type { LineScopes, ProseKind, ScopeSpan } from './tokenizedLines.ts';

export interface ScopedText {
  readonly comments: readonly Comment[];
  /** String literals, those that document code excepted. Only whole ones: with code inside, a string is not one text. */
  readonly strings: readonly Comment[];
  /** Lines that are fenced code, mathematics or front matter in a document that is prose. */
  readonly literalLines: ReadonlySet<number>;
}

type Family = 'line' | 'block' | 'docstring' | 'string';

/** Neighbouring spans of one line that belong together. */
interface Run {
  readonly family: Family;
  readonly start: number;
  readonly end: number;
  /** The grammar's own mark at the run's start; empty where it has none. */
  readonly mark: string;
}

interface Open {
  readonly family: Family;
  /** Of its scope; a comment's text may show that it is another kind of comment. */
  readonly scope: Family;
  readonly start: Position;
  readonly open: string;
  readonly close: string;
  end: Position;
}

/** What closes a comment that begins so, in the languages that have no configuration of their own here, such as one inside another's file. */
const PAIRS: readonly (readonly [open: string, close: string])[] = [
  ['/*', '*/'],
  ['/+', '+/'],
  ['<!--', '-->'],
  ['<%--', '--%>'],
  ['<#', '#>'],
  ['{-', '-}'],
  ['{{!--', '--}}'],
  ['{{--', '--}}'],
  ['{#', '#}'],
  ['(*', '*)'],
  ['@*', '*@'],
  ['#=', '=#'],
  ['#|', '|#'],
  ['#[[', ']]'],
  ['--[[', ']]'],
  ['%{', '%}'],
  ['###', '###'],
];
const LINE_MARKS = ['//', '#', '--', ';', '%', '!', "'", '"', '::', 'REM', '@REM', 'dnl'];
/** With what may stand before them: `rb"`, `$@"`, `r#"`. */
const QUOTES = /^[$@]{0,2}[A-Za-z]{0,3}#*("""|'''|"|'|`)/;
/** Perl's documentation: every command in it begins a line, the first one too. */
const POD = /^=[a-z]/;

/** What may open a comment, in lower case, the longer first. */
interface Openers {
  readonly pairs: readonly (readonly [open: string, close: string])[];
  readonly lineMarks: readonly string[];
}

/** So many lines take far less than a slice of time. */
const SLICE_LINES = 32;

/** Yields now and then. */
export function* scopedText(lines: readonly string[], scopes: readonly LineScopes[], syntax: CommentSyntax): Generator<void, ScopedText> {
  const comments: Comment[] = [];
  const strings: Comment[] = [];
  const literalLines = new Set<number>();
  const openers = openersOf(syntax);
  let open: Open | undefined;
  const finish = (): void => {
    if (open === undefined) return;
    const { family, start, end } = open;
    const marks = { open: open.open, close: open.close, start, end };
    if (family === 'string') strings.push({ kind: 'string', ...marks });
    else comments.push({ kind: family, ...marks });
    open = undefined;
  };
  for (let line = 0; line < scopes.length; line++) {
    if (line % SLICE_LINES === 0) yield;
    const { spans, literal } = scopes[line]!;
    if (spans.length === 0 && !literal && open === undefined) continue;
    const text = lines[line]!;
    if (literal) literalLines.add(line);
    if (open !== undefined && isInside(text, spans, open)) {
      open.end = { line, character: text.length };
      continue;
    }
    const runs = runsOf(text, spans);
    const goesOn = open !== undefined && runs[0]?.family === open.scope && text.slice(0, runs[0].start).trim() === '';
    // What nothing closes ends with its last line where nothing has to close it, and is left alone where something should have.
    if (!goesOn && open?.close === '') finish();
    if (!goesOn) open = undefined;
    for (const run of runs) {
      let from = run.start;
      while (from < run.end || (open !== undefined && from === run.end)) {
        if (open === undefined) {
          const opened = opening(text.slice(from, run.end), run, from === run.start, openers);
          if (opened === undefined) break;
          const start = { line, character: from + opened.skipped };
          open = {
            family: opened.family,
            scope: run.family,
            open: opened.open,
            close: opened.close,
            start,
            end: { line, character: run.end },
          };
          from = start.character + opened.open.length;
        }
        const closed = closing(text, from, run.end, open);
        open.end = { line, character: closed ?? run.end };
        if (closed !== undefined || open.family === 'line') finish();
        if (closed === undefined) break;
        from = closed;
      }
      // Code stands behind it.
      if (open !== undefined && run.end < text.length) {
        if (open.close === '') finish();
        open = undefined;
      }
    }
  }
  if (open?.close === '') finish();
  return { comments, strings, literalLines };
}

/** Most lines of a long comment: all of the line is the comment, and nothing closes it. */
function isInside(text: string, spans: readonly ScopeSpan[], open: Open): boolean {
  const [span] = spans;
  if (span === undefined || spans.length > 1 || span.start > 0 || span.end < text.length || familyOf(span.kind) !== open.scope)
    return false;
  return closing(text, 0, text.length, open) === undefined;
}

function runsOf(text: string, spans: readonly ScopeSpan[]): Run[] {
  const runs: Run[] = [];
  for (const { start, end, kind } of spans) {
    const last = runs[runs.length - 1];
    const family = familyOf(kind);
    if (last?.end === start && last.family === family) runs[runs.length - 1] = { ...last, end };
    else runs.push({ family, start, end, mark: family === kind ? '' : text.slice(start, end).trim() });
  }
  return runs;
}

function familyOf(kind: ProseKind): Family {
  switch (kind) {
    case 'lineMark':
      return 'line';
    case 'blockMark':
      return 'block';
    default:
      return kind;
  }
}

/** What opens the comment or string that `text` begins with, and how many characters before it are not it. */
function opening(
  text: string,
  { family, mark }: Run,
  isAtMark: boolean,
  { pairs, lineMarks }: Openers,
): { family: Family; open: string; close: string; skipped: number } | undefined {
  const space = text.length - text.trimStart().length;
  const rest = text.slice(space);
  if (rest === '') return undefined;
  if (family === 'docstring' || family === 'string') {
    const quotes = QUOTES.exec(rest);
    if (quotes === null) return undefined;
    const quote = quotes[1]!;
    return { family, open: quote, close: quote, skipped: space + quotes[0].length - quote.length };
  }
  const head = rest.slice(0, 16).toLowerCase();
  const longBracket = /^--\[(=*)\[/.exec(rest);
  const pair =
    family !== 'block'
      ? undefined
      : longBracket
        ? ([longBracket[0], `]${longBracket[1]!}]`] as const)
        : pairs.find(([open]) => head.startsWith(open));
  const lineMark = lineMarks.find((open) => head.startsWith(open));
  if (pair !== undefined) return { family: 'block', open: rest.slice(0, pair[0].length), close: pair[1], skipped: space };
  if (lineMark !== undefined) return { family: 'line', open: rest.slice(0, lineMark.length), close: '', skipped: space };
  if (family === 'block' && POD.test(rest)) return { family, open: '', close: '', skipped: space };
  const own = isAtMark && mark !== '' && rest.startsWith(mark) ? mark : undefined;
  return own === undefined ? undefined : { family: 'line', open: own, close: '', skipped: space };
}

function openersOf({ lineComments, blockComments }: CommentSyntax): Openers {
  return {
    pairs: [...blockComments, ...PAIRS]
      .filter(([open, close]) => open !== '' && close !== '')
      .map(([open, close]): [string, string] => [open.toLowerCase(), close])
      .sort(([one], [other]) => other.length - one.length),
    lineMarks: [...lineComments, ...LINE_MARKS].map((open) => open.toLowerCase()).sort((one, other) => other.length - one.length),
  };
}

/** The place behind the closer between `from` and `to`. Comments that nest end where the grammar says, not at the first closer. */
function closing(text: string, from: number, to: number, { family, close, open }: Open): number | undefined {
  if (close === '') return undefined;
  let at = text.indexOf(close, from);
  while (at >= 0 && at + close.length <= to) {
    const end = at + close.length;
    if (end === to) return end;
    const isEscaped = family !== 'block' && text[at - 1] === '\\';
    if (!isEscaped && (family !== 'block' || beginsLike(text.slice(end, to).trimStart(), open))) return end;
    at = text.indexOf(close, at + 1);
  }
  return undefined;
}

/** Two comments that touch are two; `/* a *\/ b *\/` is one that nests. */
function beginsLike(rest: string, open: string): boolean {
  return rest.startsWith(open.slice(0, 2));
}
