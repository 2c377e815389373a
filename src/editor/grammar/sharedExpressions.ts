/**
 * Oniguruma as the library that runs grammars asks for it, with each expression compiled once, when it is first tried, in however many rules it stands.
 * The rules of a grammar include each other, so that of a list of two hundred expressions most are in many lists; compiling each list as a whole
 * takes longer than reading most documents, and nothing can interrupt it. Knows no grammar.
 */
import type { IOnigCaptureIndex, IOnigLib, IOnigMatch, OnigScanner, OnigString } from 'vscode-textmate';
import { withBothCases } from './withBothCases.ts';

/** A document can have as many as it likes, such as one for the end of each here-document; what no rule has any more is let go where there are more. */
const MOST_EXPRESSIONS = 20_000;

interface Attempt {
  /** To compile in. */
  millisecondsLeft: number;
  /** Nothing is found any more. */
  isCutShort: boolean;
}

const unlimited = (): Attempt => ({ millisecondsLeft: Infinity, isCutShort: false });

export class SharedExpressions implements IOnigLib {
  private readonly known = new Map<string, Expression>();
  private attempt = unlimited();

  constructor(private readonly oniguruma: IOnigLib) {}

  createOnigString(text: string): OnigString {
    return this.oniguruma.createOnigString(text);
  }

  /** Finds the match that begins first, and of those that begin at one place that of the first expression. */
  createOnigScanner(sources: readonly string[]): OnigScanner {
    const expressions = sources.map((source) => this.expression(source));
    return {
      findNextMatchSync: (text, from) => {
        let first: IOnigMatch | null = null;
        let start = Infinity;
        for (let index = 0; index < expressions.length; index++) {
          const expression = expressions[index]!;
          if (!this.isReady(expression)) return null;
          const captureIndices = expression.find(text, from);
          if (captureIndices === null || captureIndices[0]!.start >= start) continue;
          start = captureIndices[0]!.start;
          first = { index, captureIndices };
          if (start === from) break;
        }
        return first;
      },
      dispose: () => {
        for (const expression of expressions) expression.users--;
      },
    };
  }

  /**
   * What `read` returns. Undefined where compiling would have taken longer: then nothing more was found, and `read` is to be called again; each time it
   * has less to compile.
   */
  within<Result>(milliseconds: number, read: () => Result): Result | undefined {
    const attempt: Attempt = { millisecondsLeft: milliseconds, isCutShort: false };
    this.attempt = attempt;
    try {
      const result = read();
      return attempt.isCutShort ? undefined : result;
    } finally {
      this.attempt = unlimited();
    }
  }

  private expression(source: string): Expression {
    let expression = this.known.get(source);
    if (expression === undefined) {
      if (this.known.size >= MOST_EXPRESSIONS) this.letGo();
      expression = new Expression(source);
      this.known.set(source, expression);
    }
    expression.users++;
    return expression;
  }

  private letGo(): void {
    for (const [source, expression] of this.known) {
      if (expression.users > 0) continue;
      expression.dispose();
      this.known.delete(source);
    }
  }

  private isReady(expression: Expression): boolean {
    const { attempt } = this;
    if (attempt.isCutShort || expression.isCompiled) return !attempt.isCutShort;
    attempt.isCutShort = attempt.millisecondsLeft <= 0;
    if (attempt.isCutShort) return false;
    const begun = performance.now();
    expression.compile(this.oniguruma);
    attempt.millisecondsLeft -= performance.now() - begun;
    return true;
  }
}

class Expression {
  /** Lists that have it. */
  users = 0;
  private scanner: OnigScanner | undefined;
  /** Where a match does not depend on where the search began, the one that was found last is also the next one from any place before it. */
  private readonly keepsMatch: boolean;
  private text: OnigString | string | undefined;
  private from = 0;
  private match: IOnigCaptureIndex[] | null = null;

  constructor(private readonly source: string) {
    this.keepsMatch = !/\\[GK]/.test(source);
  }

  get isCompiled(): boolean {
    return this.scanner !== undefined;
  }

  compile(oniguruma: IOnigLib): void {
    this.scanner = oniguruma.createOnigScanner([withBothCases(this.source)]);
  }

  /** The first match at `from` or behind it: of the whole and of each group. */
  find(text: OnigString | string, from: number): IOnigCaptureIndex[] | null {
    const { match } = this;
    if (this.keepsMatch && text === this.text && from >= this.from && (match === null || match[0]!.start >= from)) return match;
    this.text = text;
    this.from = from;
    this.match = this.scanner!.findNextMatchSync(text, from, 0)?.captureIndices ?? null;
    return this.match;
  }

  dispose(): void {
    this.scanner?.dispose?.();
  }
}
