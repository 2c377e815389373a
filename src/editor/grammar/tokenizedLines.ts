/** The kinds of scopes in the lines of one document, kept line by line, so that an edit costs only what it changes. Knows no language. */
import { changedLines } from '../changedLines.ts';
import type { LineShortcut, Opener } from './lineShortcut.ts';
import { isLiteral, kindOf, type ScopeKind } from './scopeKinds.ts';
import { INITIAL, tokenizeLine, type IGrammar, type StateStack } from './textMate.ts';

export type ProseKind = Exclude<ScopeKind, 'code'>;

/** Characters of one line with the same kind of scope. Empty only in a line without characters. */
export interface ScopeSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: ProseKind;
}

export interface LineScopes {
  /** In order and apart; code is left out. */
  readonly spans: readonly ScopeSpan[];
  /** Begins with code, mathematics or the like in a document of prose. */
  readonly literal: boolean;
}

/** Lines of which everything is to be seen, strings too; of the others only comments are sure to be. Nothing below is read. */
export interface LineFocus {
  readonly first: number;
  readonly last: number;
}

/** Every comment of a whole document. */
const ALL_COMMENTS: LineFocus = { first: Infinity, last: Infinity };

/** What is open where a line begins: as far as that is known without the grammar, or else the grammar's own state. */
type LineState = Opener | StateStack;

interface Line {
  readonly text: string;
  readonly before: LineState;
  readonly after: LineState;
  readonly scopes: LineScopes;
  /** The grammar has not seen it. */
  readonly isShort?: boolean;
}

/** Equal lines before which the same is open read the same; more of them are not worth remembering. */
const MOST_EQUAL_LINES = 5000;

/**
 * A longer line is data, or a program for machines; what it opens or closes is not seen. VS Code colours lines up to 20,000 and gives up after half
 * a second, in a worker; here a line is read at once, and what is found must not depend on how busy the machine is.
 */
const LONGEST_LINE = 5000;

/** So many lines that are known, or sure, take no longer than one that the grammar reads. */
const QUICK_LINES = 32;

const NOTHING: LineScopes = { spans: [], literal: false };

export class TokenizedLines {
  private lines: readonly string[] = [];
  private known: (Line | undefined)[] = [];

  /** Lines that the grammar has read, by what is open before them and their text. */
  private readonly equalLines = new Map<LineState, Map<string, Line>>();
  private equalLineCount = 0;
  private readonly opened = new Map<Opener, StateStack>([['', INITIAL]]);

  /** @param shortcut for a language that has one */
  constructor(
    private readonly grammar: IGrammar,
    private readonly shortcut?: LineShortcut,
  ) {}

  /**
   * The scopes of the lines down to the last one in focus and on to the first line behind it that begins with code, so that whatever is open there is
   * seen to its end. Yields after each line that the grammar reads, and now and then.
   */
  *read(lines: readonly string[], focus: () => LineFocus = () => ALL_COMMENTS): Generator<void, LineScopes[]> {
    this.align(lines);
    const { known } = this;
    const scopes: LineScopes[] = [];
    let state: LineState = '';
    for (const [index, text] of lines.entries()) {
      const { first, last } = focus();
      const isInFocus = index >= first && index <= last;
      let line = known[index];
      if (line === undefined || line.text !== text || !isSame(line.before, state) || (isInFocus && line.isShort)) {
        line = isInFocus ? undefined : this.short(text, state);
        if (line === undefined) {
          line = yield* this.repeated(text, state);
          yield;
        }
        // Another reader may have put newer lines here meanwhile; what it finds that does not fit it reads again.
        known[index] = line;
      }
      if (index % QUICK_LINES === 0) yield;
      state = line.after;
      scopes.push(line.scopes);
      if (index > last && beginsWithCode(line)) break;
    }
    return scopes;
  }

  /** Moves what is known of the lines above and below the place where the documents differ. */
  private align(lines: readonly string[]): void {
    const old = this.lines;
    if (old === lines) return;
    const { first, removed, added } = changedLines(old, lines);
    this.known.length = old.length;
    const changed = new Array<undefined>(added).fill(undefined);
    this.known = [...this.known.slice(0, first), ...changed, ...this.known.slice(first + removed)];
    this.lines = lines;
  }

  /** Comments alone, without the grammar; undefined where that is not sure. */
  private short(text: string, before: LineState): Line | undefined {
    if (this.shortcut === undefined || text.length > LONGEST_LINE || typeof before !== 'string') return undefined;
    const short = this.shortcut.read(text, before);
    if (short === undefined) return undefined;
    const { spans, after, literal = false } = short;
    return { text, before, after, scopes: lineScopes(spans, literal), isShort: true };
  }

  private *repeated(text: string, before: LineState): Generator<void, Line> {
    const known = this.equalLines.get(before)?.get(text);
    if (known !== undefined) return known;
    const line = yield* this.tokenized(text, before);
    if (this.equalLineCount < MOST_EQUAL_LINES) {
      const ofState = this.equalLines.get(before) ?? new Map<string, Line>();
      this.equalLines.set(before, ofState.set(text, line));
      this.equalLineCount++;
    }
    return line;
  }

  private *tokenized(text: string, before: LineState): Generator<void, Line> {
    if (text.length > LONGEST_LINE) return { text, before, after: before, scopes: NOTHING };
    const state = typeof before === 'string' ? yield* this.stateOf(before) : before;
    const { tokens, ruleStack } = yield* tokenizeLine(this.grammar, text, state);
    return { text, before, after: this.shortcut?.openerOf(ruleStack) ?? ruleStack, scopes: scopesOf(tokens, text) };
  }

  /** The grammar's own state behind an opener, as if nothing else stood before. */
  private *stateOf(open: Opener): Generator<void, StateStack> {
    let state = this.opened.get(open);
    if (state === undefined) {
      state = (yield* tokenizeLine(this.grammar, open, INITIAL)).ruleStack;
      this.opened.set(open, state);
    }
    return state;
  }
}

/** Lines that nothing has changed have the very same state; behind an edit it may be an equal one. */
function isSame(one: LineState, other: LineState): boolean {
  return one === other || (typeof one !== 'string' && typeof other !== 'string' && one.equals(other));
}

function beginsWithCode({ text, scopes: { spans, literal } }: Line): boolean {
  const start = spans[0]?.start ?? text.length;
  return !literal && text.slice(0, start).trim() !== '';
}

/** `tokens` are pairs of a start and metadata. */
function scopesOf(tokens: Uint32Array, text: string): LineScopes {
  const spans: ScopeSpan[] = [];
  let literal: boolean | undefined;
  for (let index = 0; index < tokens.length; index += 2) {
    const metadata = tokens[index + 1]!;
    const start = tokens[index]!;
    const end = Math.min(text.length, tokens[index + 2] ?? text.length);
    if (text.slice(start, end).trim() !== '') literal ??= isLiteral(metadata);
    const kind = kindOf(metadata);
    if (kind === 'code' || (start >= end && text !== '')) continue;
    const last = spans.at(-1);
    if (last?.kind === kind && last.end === start) spans[spans.length - 1] = { ...last, end };
    else spans.push({ start, end, kind });
  }
  return lineScopes(spans, literal === true);
}

function lineScopes(spans: readonly ScopeSpan[], literal: boolean): LineScopes {
  return spans.length === 0 && !literal ? NOTHING : { spans, literal };
}
