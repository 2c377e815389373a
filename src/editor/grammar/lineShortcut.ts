/**
 * Languages of which most lines can be told to hold neither a comment nor the beginning of anything that goes on over lines, without their grammar.
 * What such a thing is, where it is found, the grammar says.
 */
import { openScopesOf, type StateStack } from './textMate.ts';

export interface LineShortcut {
  /** Whether the grammar has to read a line that begins with plain code. */
  readonly matters: (text: string) => boolean;
  /** Behind plain code a line reads like one at the file's start; what is open between brackets says nothing about comments. */
  readonly stateOf: (state: StateStack) => 'code' | 'block' | 'other';
  /** What ends a block comment; lines without it are all comment. */
  readonly blockCloser: string;
}

/** A complete string on one line, in quotes that may not hold a line break. */
const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
/** Comments, regular expressions, templates; what begins a tag in JSX; what goes on in the next line. */
const MARKS = /[/`"']|\\$|<(?:[A-Za-z>]|$)/;
/** The preprocessor can switch code off; its lines may go on. */
const DIRECTIVE = /^\s*#/;
/** Open in a state, they decide how the next line reads. */
const OPEN = /^(?:string|comment|text\.|markup|source\.(?!\w+$)|meta\.(?:template|interpolation|embedded|jsx|tag|preprocessor|macro))/;

/** Those that were compared with their grammars on many files (`test/grammars/lineShortcut.test.ts`); in C# and Dart what a line is depends on its class. */
const LANGUAGES: readonly string[] = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'c', 'cpp'];

export function shortcutOf(languageId: string): LineShortcut | undefined {
  if (!LANGUAGES.includes(languageId)) return undefined;
  const states = new WeakMap<StateStack, ReturnType<LineShortcut['stateOf']>>();
  return {
    matters: (text) => DIRECTIVE.test(text) || (MARKS.test(text) && MARKS.test(withoutStrings(text))),
    stateOf(state) {
      let kind = states.get(state);
      if (kind === undefined) {
        kind = kindOfState(openScopesOf(state));
        states.set(state, kind);
      }
      return kind;
    },
    blockCloser: '*/',
  };
}

/** A string with a mark of a comment in it stays: it might be none. */
function withoutStrings(text: string): string {
  return text.replace(STRING, (string) => (/[/`]/.test(string) ? string : ''));
}

function kindOfState(scopes: readonly string[]): 'code' | 'block' | 'other' {
  if (!scopes.slice(1).some((scope) => OPEN.test(scope))) return 'code';
  return scopes.some((scope) => /^comment\.block(?!\.preprocessor)/.test(scope)) ? 'block' : 'other';
}
