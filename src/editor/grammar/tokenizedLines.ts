/** The kinds of scopes in the lines of one document, kept line by line, so that an edit costs only what it changes. Knows no language. */
import textmate, { type IGrammar, type StateStack } from 'vscode-textmate';
import { kindOf, type ScopeKind } from './scopeKinds.ts';

/** Characters of one line with the same kind of scope. Empty only in a line without characters. */
export interface ScopeSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: ScopeKind;
}

interface Line {
  readonly text: string;
  readonly before: StateStack;
  readonly after: StateStack;
  /** In order and apart; code is left out. */
  readonly spans: readonly ScopeSpan[];
}

/** As VS Code's `editor.maxTokenizationLineLength`: a longer line is data. What it opens or closes is not seen. */
const LONGEST_LINE = 20_000;
/** A line that takes longer is given up like one that is too long. VS Code allows half a second. */
const LINE_MILLISECONDS = 500;

const NOTHING: readonly ScopeSpan[] = [];

export class TokenizedLines {
  private lines: readonly string[] = [];
  private known: (Line | undefined)[] = [];

  constructor(private readonly grammar: IGrammar) {}

  /**
   * The spans of the lines down to `through` and on to the first line behind it that holds only code, so that whatever is open at `through` is
   * seen to its end. Yields after each line.
   */
  *read(lines: readonly string[], through = Infinity): Generator<void, (readonly ScopeSpan[])[]> {
    this.align(lines);
    const { known } = this;
    const spans: (readonly ScopeSpan[])[] = [];
    let state = textmate.INITIAL;
    for (const [index, text] of lines.entries()) {
      let line = known[index];
      if (line === undefined || line.text !== text || !isSame(line.before, state)) {
        line = this.tokenize(text, state);
        // Another reader may have put newer lines here meanwhile; what it finds that does not fit it reads again.
        known[index] = line;
      }
      yield;
      state = line.after;
      spans.push(line.spans);
      if (index > through && line.spans.length === 0 && text !== '') break;
    }
    return spans;
  }

  /** Moves what is known of the lines above and below the place where the documents differ. */
  private align(lines: readonly string[]): void {
    const old = this.lines;
    if (old === lines) return;
    const shorter = Math.min(old.length, lines.length);
    let above = 0;
    while (above < shorter && old[above] === lines[above]) above++;
    let below = 0;
    while (below < shorter - above && old[old.length - 1 - below] === lines[lines.length - 1 - below]) below++;
    this.known.length = old.length;
    const changed = new Array<undefined>(lines.length - above - below).fill(undefined);
    this.known = [...this.known.slice(0, above), ...changed, ...this.known.slice(old.length - below)];
    this.lines = lines;
  }

  private tokenize(text: string, before: StateStack): Line {
    if (text.length > LONGEST_LINE) return { text, before, after: before, spans: NOTHING };
    const { tokens, ruleStack, stoppedEarly } = this.grammar.tokenizeLine2(text, before, LINE_MILLISECONDS);
    return stoppedEarly
      ? { text, before, after: before, spans: NOTHING }
      : { text, before, after: ruleStack, spans: spansOf(tokens, text.length) };
  }
}

/** Lines that nothing has changed have the very same state; behind an edit it may be an equal one. */
function isSame(one: StateStack, other: StateStack): boolean {
  return one === other || one.equals(other);
}

/** Pairs of a start and metadata. */
function spansOf(tokens: Uint32Array, length: number): readonly ScopeSpan[] {
  const spans: ScopeSpan[] = [];
  for (let index = 0; index < tokens.length; index += 2) {
    const kind = kindOf(tokens[index + 1]!);
    if (kind === 'code') continue;
    const start = tokens[index]!;
    const end = Math.min(length, tokens[index + 2] ?? length);
    if (start >= end && length > 0) continue;
    const last = spans.at(-1);
    if (last?.kind === kind && last.end === start) spans[spans.length - 1] = { ...last, end };
    else spans.push({ start, end, kind });
  }
  return spans.length === 0 ? NOTHING : spans;
}
