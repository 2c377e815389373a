/** What the scopes of a TextMate grammar mean for prose, as a theme: its colours and styles are the meanings. Knows no grammar and no text. */
import type { IRawTheme } from 'vscode-textmate';

export type ScopeKind = 'code' | 'line' | 'lineMark' | 'block' | 'blockMark' | 'docstring' | 'string';

/** As in every theme, the innermost scope with a rule counts, and of its rules the one with more parents. */
type Rules<Meaning> = readonly (readonly [meaning: Meaning, selectors: readonly string[]])[];

/** The foreground. What is code inside a string is not a part of it. */
const TEXTS: Rules<'code' | 'mark' | 'docstring' | 'string'> = [
  ['mark', ['punctuation.definition.comment']],
  ['docstring', ['string.quoted.docstring', 'string.docstring']],
  ['string', ['string.quoted', 'string.template']],
  [
    'code',
    [
      'string',
      'string.regexp',
      'string.quoted.byte',
      'string.quoted.binary',
      'string.quoted.other.lt-gt.include',
      'string.interpolated string.quoted',
      'meta.import string.quoted',
      'meta.preprocessor string.quoted',
      'meta.function.url string.quoted',
      'meta.tag string.quoted',
      'meta.template.expression',
      'meta.interpolation',
      'meta.embedded',
      'source',
    ],
  ],
];

/** The background, which shines through whatever stands in a comment. */
const COMMENTS: Rules<'none' | 'line' | 'block'> = [
  ['block', ['comment']],
  // What a grammar sets apart inside a line's comment, such as a type, is part of it.
  ['line', ['comment.line', 'comment.line comment']],
  // Switched off by the preprocessor, a line for the kernel, inside a regular expression, a log's dates: not for readers.
  ['none', ['comment.block.preprocessor', 'meta.shebang', 'comment.regexp', 'string.regexp comment', 'comment log']],
];

/** In italics: what documents that are prose hold beside prose, such as code, mathematics, and what stands above them for tools. */
const LITERAL = [
  'text markup.fenced_code',
  'text markup.raw.block',
  'text markup.math.block',
  'text meta.embedded.block',
  'text comment.frontmatter',
  'text support.class.math.block',
  'text string.other.math.block',
  'source.rst markup.raw',
];

const MEANINGS = ['code', 'mark', 'docstring', 'string', 'none', 'line', 'block'] as const;

/** A theme's colours count from 1. */
export const KIND_COLOURS: readonly string[] = ['', ...MEANINGS.map(colourOf)];

export const KIND_THEME: IRawTheme = {
  settings: [
    { settings: { foreground: colourOf('code'), background: colourOf('none') } },
    ...TEXTS.map(([meaning, scope]) => ({ scope: [...scope], settings: { foreground: colourOf(meaning) } })),
    ...COMMENTS.map(([meaning, scope]) => ({ scope: [...scope], settings: { background: colourOf(meaning) } })),
    { scope: LITERAL, settings: { fontStyle: 'italic' } },
  ],
};

/** Of a token with this metadata: background in the eight bits from the 24th on, foreground in the nine before (vscode-textmate's encoded attributes). */
export function kindOf(metadata: number): ScopeKind {
  const text = MEANINGS[((metadata >>> 15) & 0x1ff) - 1];
  const comment = MEANINGS[(metadata >>> 24) - 1];
  if (comment === 'line' || comment === 'block') return text === 'mark' ? `${comment}Mark` : comment;
  return text === 'docstring' || text === 'string' ? text : 'code';
}

/** Whether its text is code, mathematics or the like in a document of prose: italic is the lowest bit of the style, the eleventh. */
export function isLiteral(metadata: number): boolean {
  return ((metadata >>> 11) & 1) === 1;
}

function colourOf(meaning: (typeof MEANINGS)[number]): string {
  return `#00000${MEANINGS.indexOf(meaning)}`;
}
