/** What the scopes of a TextMate grammar mean for prose, as a theme whose colours are the meanings. Knows no grammar and no text. */
import type { IRawTheme } from 'vscode-textmate';

/** `literal` is what documents that are prose hold beside prose: fenced code, mathematics, front matter. */
export const SCOPE_KINDS = ['code', 'line', 'lineMark', 'block', 'blockMark', 'docstring', 'string', 'embedded', 'literal'] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];

/** As in every theme, the innermost scope with a rule counts, and a rule with more of its parents before one with fewer. */
const RULES: readonly (readonly [kind: ScopeKind, selectors: readonly string[]])[] = [
  ['block', ['comment']],
  ['line', ['comment.line']],
  ['blockMark', ['punctuation.definition.comment']],
  ['lineMark', ['comment.line punctuation.definition.comment']],
  ['docstring', ['string.quoted.docstring', 'string.docstring']],
  ['string', ['string.quoted', 'string.template']],
  // Code inside a comment, such as that of an example, does not end it.
  ['embedded', ['comment source', 'comment meta.embedded']],
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
      // Switched off by the preprocessor, a line for the shell, the comments of a regular expression, a log's dates: not for readers.
      'comment.block.preprocessor',
      'meta.shebang',
      'comment.line meta.shebang punctuation.definition.comment',
      'comment.regexp',
      'string.regexp comment',
      'comment log',
    ],
  ],
  [
    'literal',
    [
      'text markup.fenced_code',
      'text markup.raw.block',
      'text meta.embedded.block',
      'text markup.math.block',
      'text comment.frontmatter',
      'text support.class.math.block',
      'text string.other.math.block',
      'text meta.data.environment.tabular',
      'source.rst markup.raw',
    ],
  ],
];

/** `colours[k]` stands for `SCOPE_KINDS[k - 1]`; a theme's colours count from 1. */
export const KIND_COLOURS: readonly string[] = ['', ...SCOPE_KINDS.map((_, index) => colourOf(index))];

export const KIND_THEME: IRawTheme = {
  settings: [
    { settings: { foreground: colourOf(0), background: colourOf(0) } },
    ...RULES.map(([kind, scope]) => ({ scope: [...scope], settings: { foreground: colourOf(SCOPE_KINDS.indexOf(kind)) } })),
  ],
};

/** The kind of a token from its metadata, where the foreground colour has nine bits from the fifteenth on (vscode-textmate's encodedTokenAttributes). */
export function kindOf(metadata: number): ScopeKind {
  return SCOPE_KINDS[((metadata >>> 15) & 0x1ff) - 1] ?? 'code';
}

function colourOf(index: number): string {
  return `#00000${index.toString(16)}`.toUpperCase();
}
