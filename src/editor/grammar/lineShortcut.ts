/**
 * Languages of which most lines can be told to hold neither a comment nor the beginning of anything that goes on over lines, without their grammar.
 * What such a thing is, where it is found, the grammar says.
 */
import type { Span } from '../../shared/span.ts';
import { C, JAVASCRIPT, JSX, plainCodeLikeC } from './plainCodeLikeC.ts';
import { plainPython, pythonStateKind } from './plainPython.ts';
import { openScopesOf, type StateStack } from './textMate.ts';

/** What is open where a line begins: nothing but code, a comment or a docstring that goes on, or something else that only the grammar understands. */
export type StateKind = 'code' | 'block' | 'docstring' | 'other';

/** A line of plain code. */
export interface PlainCode {
  /** Its comments, which the grammar has to read, in order and apart. Only the last one can go on behind the line. */
  readonly comments: readonly Span[];
  /** Open at its end, in languages where a string inside brackets is no docstring. */
  readonly brackets: string;
}

export interface LineShortcut {
  readonly stateKind: (state: StateStack) => StateKind;
  /** @param brackets open at its beginning. Undefined where the grammar has to read all of the line */
  readonly plainCode: (text: string, brackets: string) => PlainCode | undefined;
  /** What may end a comment or docstring, or begin one inside it; lines without it are all prose. */
  readonly proseMark: RegExp;
}

/** Languages with C's comments, and what else in them decides how a line reads. */
const LIKE_C: Readonly<Record<string, RegExp>> = {
  javascript: JSX,
  javascriptreact: JSX,
  typescript: JAVASCRIPT,
  typescriptreact: JSX,
  c: C,
  cpp: C,
};

/** Those that read the same on many files (`test/grammars/lineShortcut.test.ts`). */
export function shortcutOf(languageId: string): LineShortcut | undefined {
  if (languageId === 'python') return { stateKind: pythonStateKind, plainCode: plainPython, proseMark: /"""|'''/ };
  const marks = LIKE_C[languageId];
  if (marks === undefined) return undefined;
  return { stateKind: likeC, plainCode: (text) => plainCodeLikeC(text, marks), proseMark: /\*\/|\/\*/ };
}

/** Open in a state, they decide how the next line reads; what is open between brackets says nothing about comments. */
const OPEN = /^(?:string|comment|text\.|markup|source\.(?!\w+$)|meta\.(?:template|interpolation|embedded|jsx|tag|preprocessor))/;

function likeC(state: StateStack): StateKind {
  const scopes = openScopesOf(state);
  if (!scopes.slice(1).some((scope) => OPEN.test(scope))) return 'code';
  // Code that the preprocessor leaves out is coloured like a comment.
  return scopes.some((scope) => /^comment\.block(?!\.preprocessor)/.test(scope)) ? 'block' : 'other';
}
