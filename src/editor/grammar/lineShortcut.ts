/**
 * Languages of which most lines can be told to hold neither a comment nor the beginning of anything that goes on over lines, without their grammar.
 * What such a thing is, where it is found, the grammar says.
 */
import { openScopesOf, type StateStack } from './textMate.ts';

export interface LineShortcut {
  /** From which character on the grammar has to read a line that begins with plain code; the line's length where it need not. */
  readonly readFrom: (text: string) => number;
  /** Behind plain code a line reads like one at the file's start; what is open between brackets says nothing about comments. */
  readonly stateOf: (state: StateStack) => 'code' | 'block' | 'other';
  /** What ends a block comment; lines without it are all comment. */
  readonly blockCloser: string;
}

/** A string that is complete on its line; what may begin a comment, a regular expression, a template, a string that goes on, or a tag in JSX. */
const MARKS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[/`"']|\\$/g;
const MARKS_AND_TAGS = new RegExp(`${MARKS.source}|<(?:[A-Za-z>]|$)`, 'g');
/** Open in a state, they decide how the next line reads. */
const OPEN = /^(?:string|comment|text\.|markup|source\.(?!\w+$)|meta\.(?:template|interpolation|embedded|jsx|tag))/;

/** Those that read the same on many files (`test/grammars/lineShortcut.test.ts`); in C, C++, C# and Dart some lines do not. */
const LANGUAGES: readonly string[] = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'];

export function shortcutOf(languageId: string): LineShortcut | undefined {
  if (!LANGUAGES.includes(languageId)) return undefined;
  const marks = languageId === 'typescript' ? MARKS : MARKS_AND_TAGS;
  const states = new WeakMap<StateStack, ReturnType<LineShortcut['stateOf']>>();
  return {
    readFrom: (text) => readFrom(text, marks),
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

/** What stands before a comment is left out where it is plain code: no quote and no slash before it can make it something else. */
function readFrom(text: string, marks: RegExp): number {
  for (const { 0: mark, index } of text.matchAll(marks)) {
    // A string with a mark of a comment in it might be none.
    if (mark.length > 1 && !mark.startsWith('<') && !/[/`]/.test(mark)) continue;
    const isComment = text.startsWith('//', index) || text.startsWith('/*', index);
    return isComment && text.slice(0, index).trim() !== '' ? index : 0;
  }
  return text.length;
}

function kindOfState(scopes: readonly string[]): 'code' | 'block' | 'other' {
  if (!scopes.slice(1).some((scope) => OPEN.test(scope))) return 'code';
  return scopes.some((scope) => /^comment\.block/.test(scope)) ? 'block' : 'other';
}
