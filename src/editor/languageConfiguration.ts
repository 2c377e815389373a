/** Comment syntax from the text of a language-configuration.json, and what is taken where there is none. Does not find the file. */
import { parse } from 'jsonc-parser';
import type { CommentSyntax } from './comments.ts';

export interface ConfiguredComments {
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [open: string, close: string])[];
}

/** Documents that are text for people, with what sets comments apart in them. In these, marks such as Markdown's are not comments. */
const PROSE: Readonly<Record<string, readonly string[]>> = {
  markdown: [],
  mdx: [],
  quarto: [],
  plaintext: [],
  restructuredtext: [],
  asciidoc: ['//'],
  org: ['# '],
  textile: [],
  html: [],
  latex: ['%'],
  tex: ['%'],
  'git-commit': [],
  scminput: [],
};

const TRIPLE = ['"""', "'''"];
const DOCSTRING_QUOTES: Readonly<Record<string, readonly string[]>> = {
  python: TRIPLE,
  cython: TRIPLE,
  starlark: TRIPLE,
  bazel: TRIPLE,
  gdscript: TRIPLE,
  mojo: TRIPLE,
  julia: ['"""'],
  elixir: ['"""'],
};

const MARKDOWN_DOCSTRINGS: readonly string[] = ['julia', 'elixir'];

const C_LIKE: ConfiguredComments = { lineComments: ['//'], blockComments: [['/*', '*/']] };
const HASH: ConfiguredComments = { lineComments: ['#'], blockComments: [] };
const MARKUP: ConfiguredComments = { lineComments: [], blockComments: [['<!--', '-->']] };
const FALLBACK: readonly (readonly [languages: string, comments: ConfiguredComments])[] = [
  [
    'c cpp csharp cuda-cpp dart fsharp go groovy java javascript javascriptreact jsonc kotlin less objective-c php rust scala scss swift typescript typescriptreact',
    C_LIKE,
  ],
  ['dockerfile elixir gdscript julia makefile perl properties python r ruby shellscript starlark toml yaml', HASH],
  ['html markdown svg vue xml xsl', MARKUP],
  ['css', { lineComments: [], blockComments: [['/*', '*/']] }],
  ['sql', { lineComments: ['--'], blockComments: [['/*', '*/']] }],
  ['lua', { lineComments: ['--'], blockComments: [['--[[', ']]']] }],
  ['haskell', { lineComments: ['--'], blockComments: [['{-', '-}']] }],
  ['powershell', { lineComments: ['#'], blockComments: [['<#', '#>']] }],
  ['clojure ini lisp scheme', { lineComments: [';'], blockComments: [] }],
  ['erlang latex matlab prolog tex', { lineComments: ['%'], blockComments: [] }],
  ['bat', { lineComments: ['REM', '::'], blockComments: [] }],
  ['vb', { lineComments: ["'"], blockComments: [] }],
];

/** Nothing for text that is not such a configuration. A line comment may be a string or `{ comment }`; both are in use. */
export function configuredComments(json: string): ConfiguredComments | undefined {
  const comments = property(parse(json), 'comments');
  const line = property(comments, 'lineComment');
  const lineComment = typeof line === 'string' ? line : property(line, 'comment');
  const block = property(comments, 'blockComment');
  const isPair = Array.isArray(block) && block.length >= 2 && block.every((token) => typeof token === 'string' && token !== '');
  if (typeof lineComment !== 'string' && !isPair) return undefined;
  return {
    lineComments: typeof lineComment === 'string' && lineComment.trim() !== '' ? [lineComment.trim()] : [],
    blockComments: isPair ? [[block[0] as string, block[1] as string]] : [],
  };
}

/** The syntax of a language from what is configured for it, if anything is. */
export function syntaxOf(languageId: string, configured: readonly ConfiguredComments[]): CommentSyntax {
  const fallback = FALLBACK.find(([languages]) => languages.split(' ').includes(languageId))?.[1];
  const comments = configured.length > 0 ? configured : [fallback ?? { lineComments: [], blockComments: [] }];
  const blockComments = comments.flatMap((each) => each.blockComments);
  const prose = PROSE[languageId];
  return {
    lineComments: prose ?? [...new Set([...comments.flatMap((each) => each.lineComments), ...alsoIn(languageId)])],
    // Python's configuration has its docstring quotes as a block comment.
    blockComments: blockComments.filter(([open, close]) => open !== close && (prose === undefined || open === '<!--')),
    docstringQuotes: DOCSTRING_QUOTES[languageId] ?? [...new Set(blockComments.flatMap(([open, close]) => (open === close ? [open] : [])))],
    prose: prose === undefined ? undefined : languageId === 'html' ? 'html' : 'text',
    ...(MARKDOWN_DOCSTRINGS.includes(languageId) ? { docstringsAreMarkdown: true } : {}),
    ...(languageId === 'git-commit' ? { removedMark: '#' } : {}),
  };
}

/** A configuration names one line comment; some languages have another. */
function alsoIn(languageId: string): readonly string[] {
  if (languageId === 'php') return ['#'];
  if (languageId === 'bat') return ['REM', '::'];
  return languageId === 'ini' || languageId === 'properties' ? [';', '#'] : [];
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
