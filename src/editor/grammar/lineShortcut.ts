/**
 * Languages of which most lines can be read without their grammar, since it is sure which of their characters are comments. What is not sure, such as
 * whatever goes on over lines in its own way, is left to the grammar.
 */
import type { ScopeSpan } from './tokenizedLines.ts';
import { openerLikeC, readLikeC } from './linesLikeC.ts';
import { openerInHtml, readHtml } from './linesOfHtml.ts';
import { readLua } from './linesOfLua.ts';
import { XML } from './linesOfMarkup.ts';
import { openerInPerl, readPerl } from './linesOfPerl.ts';
import { openerInPhp, readPhp } from './linesOfPhp.ts';
import { openerInPython, readPython } from './linesOfPython.ts';
import { openerInShell, readShell } from './linesOfShell.ts';
import { readCss, readScss } from './linesOfStyles.ts';
import { openerInYaml, readYaml } from './linesOfYaml.ts';
import { LIKE_C, type MarksLikeC } from './marksLikeC.ts';
import { openScopesOf, type StateStack } from './textMate.ts';

/**
 * What is open where a line begins, as the text that opens it: a comment's mark, brackets, nothing. From that text the grammar can go on where it has to.
 */
export type Opener = string;

/** Comments and docstrings of a line, in order and apart, and what is open behind it. */
export interface ShortLine {
  readonly spans: readonly ScopeSpan[];
  readonly after: Opener;
  /** As in `LineScopes`. */
  readonly literal?: boolean;
}

export interface LineShortcut {
  /** Undefined where only the grammar can tell. */
  readonly read: (text: string, open: Opener) => ShortLine | undefined;
  /** What a state of the grammar amounts to; undefined where something is open that only the grammar understands. */
  readonly openerOf: (state: StateStack) => Opener | undefined;
}

/** Those that read the same on many files (`test/grammars/lineShortcut.test.ts`). */
const SHORTCUTS: Readonly<Record<string, LineShortcut>> = {
  ...Object.fromEntries(Object.entries(LIKE_C).map(([language, marks]) => [language, likeC(marks)])),
  php: { read: readPhp, openerOf: (state) => openerInPhp(openIn(state)) },
  shellscript: { read: readShell, openerOf: (state) => openerInShell(openIn(state)) },
  lua: { read: readLua, openerOf: outsideOfEverything },
  perl: { read: readPerl, openerOf: openerInPerl },
  xml: { read: XML, openerOf: nothingOpen },
  html: { read: readHtml, openerOf: (state) => openerInHtml(openScopesOf(state).slice(1), openIn(state)) },
  yaml: { read: readYaml, openerOf: (state) => openerInYaml(openScopesOf(state).slice(1)) },
  css: { read: readCss, openerOf: outsideOfEverything },
  scss: { read: readScss, openerOf: outsideOfEverything },
  python: { read: readPython, openerOf: openerInPython },
};

export function shortcutOf(languageId: string): LineShortcut | undefined {
  return Object.hasOwn(SHORTCUTS, languageId) ? SHORTCUTS[languageId] : undefined;
}

/** Scopes that decide how the next line reads; what is open between brackets says nothing about comments. */
const OPEN =
  /^(?:string|comment|constant\.language\.symbol|text\.|markup|source\.(?!\w+$)|meta\.(?:template|interpolation|embedded|jsx|tag|preprocessor))/;

function likeC(marks: MarksLikeC): LineShortcut {
  return {
    read: (text, open) => readLikeC(text, open, marks),
    openerOf: (state) => (marks.endsElsewhere === true ? nothingOpen(state) : openerLikeC(openIn(state))),
  };
}

function nothingOpen(state: StateStack): Opener | undefined {
  return openIn(state).length === 0 ? '' : undefined;
}

function outsideOfEverything(state: StateStack): Opener | undefined {
  return openScopesOf(state).length === 1 ? '' : undefined;
}

/** The scopes that decide how the next line reads, the outermost first. */
function openIn(state: StateStack): readonly string[] {
  return openScopesOf(state)
    .slice(1)
    .filter((scope) => OPEN.test(scope));
}
