/** What opens lines that are not prose, and what ends them: code, environments, elements over several lines. Pure patterns; does not know what lies between. */
import { BalancedEnd, TEX_CODE_COMMAND } from './texMarkup.ts';

/** What begins several lines that are not prose, and how they end. */
export interface Fence {
  readonly length: number;
  /** To be asked of what follows the mark, then of every line in order. */
  readonly end: FenceEnd;
}

export interface FenceEnd {
  test(text: string): boolean;
}

/** No mark is this long; the patterns are tried on no more. */
const LONGEST = 300;

/** Environments of TeX: code, mathematics, pictures, columns, lists of references. */
const ENVIRONMENT = [
  /[BL]?[Vv]erbatim|Verbatim(?:Out|Write)|verbatimtab|semiverbatim|lstlisting|minted|alltt|comment|filecontents|(?:python|sage|asy|gnuplot|lua)\w*|algorithm\w*/,
  /equation|(?:fl|x{0,2})align(?:at|ed)?|gather(?:ed)?|multline|eqnarray|displaymath|math|split|subequations|d?cases|[pbBvV]?(?:small)?matrix|array/,
  /tikzpicture|tikzcd|circuitikz|pgfpicture|pspicture|picture|axis|forest|tabular[xy]?|tabulary|longtable|longtabu|tabu|tblr|tabbing|thebibliography/,
]
  .map(({ source }) => source)
  .join('|');

/** `end` is given what the pattern's group holds, escaped. */
const FENCES: readonly (readonly [open: RegExp, end: (name: string) => FenceEnd])[] = [
  [
    /^(?:[-*+]\s+|\d+\.\s+)?(`{3,}|~{3,})[^`]*$/,
    (fence) => new RegExp(`^(?:${fence.replace(/\\/g, '').charAt(0)}){${fence.length},}\\s*$`),
  ],
  [/^<(pre|script|style|svg|math)\b/i, (name) => new RegExp(`</${name}>`, 'i')],
  // An element of a sentence ends on its line.
  [/^<(code)(?:\s[^<>]*)?>(?!.*<\/code>)/i, () => /<\/code>/i],
  [new RegExp(String.raw`^\\begin\{((?:${ENVIRONMENT})\*?)\}`), (name) => new RegExp(`\\\\end\\{${name}\\}`)],
  [TEX_CODE_COMMAND, () => new BalancedEnd()],
  [/^\\\[\s*$/, () => /\\\]/],
  [/^[@\\](code|verbatim|dot|msc|latexonly|htmlonly)\b/, (name) => new RegExp(`[@\\\\]end${name}`)],
  [/^[@\\]start(uml|json|yaml|mindmap|wbs|gantt|salt|ditaa)\b/, (name) => new RegExp(`[@\\\\]end${name}`)],
  [/^[@\\]f\[/, () => /[@\\]f\]/],
  [/^\{@code\b[^}]*$/, () => /^\}/],
  [/^\$\$/, () => /\$\$/],
  [/^<!--/, () => /-->/],
  [/^<[a-zA-Z][\w-]*(?:\s[^<>]*)?$/, () => />/],
  // Templates of Jinja, Liquid and their like.
  [/^\{%-?\s*(raw|verbatim|highlight|comment)\b/, (name) => new RegExp(`\\{%-?\\s*end${name}\\b`)],
  [/^\{%(?!.*%\})/, () => /%\}/],
  [/^<%(?!.*%>)/, () => /%>/],
  [/^\{#(?!.*#\})(?=\s|$)/, () => /#\}/],
];

export function fenceOf(text: string): Fence | undefined {
  const start = text.slice(0, LONGEST);
  for (const [open, end] of FENCES) {
    const match = open.exec(start);
    if (match !== null) return { length: match[0].length, end: end((match[1] ?? '').replace(/[*[]/g, '\\$&')) };
  }
  return undefined;
}
