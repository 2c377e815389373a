/** Grammars of this extension's own, for languages whose own one costs more than what it finds is worth. Reads no grammar. */

interface OwnGrammar {
  readonly scopeName: string;
  /** Of the grammar that it needs. */
  readonly includes: string;
  readonly json: object;
}

/**
 * C++ as C with raw strings. Its own grammar is ten times as large, and holds the thread for 0.1 s before it has read the first line; of comments and strings it
 * says the same, but for the code that `#if 0` leaves out inside a function, in which it does not see that (`test/grammars/ownGrammars.test.ts`).
 */
const CPP: OwnGrammar = {
  scopeName: 'source.cpp.prose',
  includes: 'source.c',
  json: {
    patterns: [{ include: 'source.c' }],
    injections: {
      'L:source.cpp.prose - comment - string': {
        patterns: [
          {
            begin: String.raw`(?<![A-Za-z0-9_])(?:u8|[uUL])?R"([^()\\\s"]{0,16})\(`,
            end: String.raw`\)\1"`,
            name: 'string.quoted.double.raw.cpp',
          },
        ],
      },
    },
  },
};

const OF_LANGUAGE: Readonly<Record<string, OwnGrammar>> = { cpp: CPP };

/** @param isInstalled whether there is a grammar with that scope */
export function ownGrammarOf(languageId: string, isInstalled: (scopeName: string) => boolean): string | undefined {
  const own = OF_LANGUAGE[languageId];
  return own !== undefined && isInstalled(own.includes) ? own.scopeName : undefined;
}

/** The text of the grammar with that scope. */
export function ownGrammar(scopeName: string): string | undefined {
  const own = Object.values(OF_LANGUAGE).find((each) => each.scopeName === scopeName);
  return own && JSON.stringify({ scopeName, ...own.json });
}
