/** The markup at the start of a line of prose that must stay as it is: list marks, documentation tags, headings, directives. Pure patterns. */
import { ADMONITION, ADMONITION_ALONE, ADMONITION_END, DEFINITION, FENCED_BODY, HELP_KEYWORD } from './containers.ts';
import { isTagWithoutProse, TAGS } from './docTags.ts';
import { isTexCode, TEX_ITEM, TEX_TITLE, TEX_TITLE_END } from './texMarkup.ts';
import { isDirectiveInProse, isToolDirective } from './toolDirectives.ts';

const LIST = /^(?:[-*+•‣◦–]|\d{1,3}[.)]|[a-z]\)|\([a-z0-9]{1,3}\))\s+(?:\[[ xX]\]\s+)?/;
/** Haddock's mark of documentation, a line of a verse in reStructuredText; a table has more than one bar. */
const BAR_BEFORE = /^[|^]\s+(?=[^|]*$)/;
const HEADING = /^#{1,6}\s+/;
/** Perl's documentation: a heading or an item; its other commands have no text. */
const POD_BEFORE = /^=(?:head[1-6]|item)\s+(?:\*\s+)?/;
const POD_COMMAND = /^=(?:pod|cut|over|back|begin|end|for|encoding)\b/;
const RULE_BEFORE = /^[-=*#~_]{3,}\s+/;
const RULE_AFTER = /\s+[-=*#~_]{3,}$/;
const TASK_MARK = /^(?:TODO|FIXME|XXX|HACK|BUG|NOTE|WARNING|SAFETY|REVIEW)(?:\([^)]*\))?:\s+|^(?:TODO|FIXME|XXX|HACK)(?:\([^)]*\))?\s+/;
/** reStructuredText with text on the directive's line. */
const DIRECTIVE =
  /^\.\.\s+(?:(?:note|warning|important|tip|hint|caution|danger|attention|error|seealso|todo|admonition|rubric)::\s*|(?:deprecated|version\w+)::\s*\S+\s*|\[[^\]]+\]\s+)/;
const FIELD = /^:[A-Za-z]+(?:\s+[^:`]+)?:(?:\s+|$)/;

const BLOCK_ELEMENT =
  'summary|remarks|param|returns|value|typeparam|exception|p|li|ul|ol|dl|dd|dt|div|h[1-6]|item|description|example|para|br|hr|table|tr|td|th|blockquote';
const ELEMENT_BEFORE = new RegExp(String.raw`^(?:</?(?:${BLOCK_ELEMENT})(?:\s[^<>]*)?>\s*)+`, 'i');
const ELEMENT_AFTER = new RegExp(String.raw`\s*(?:</(?:${BLOCK_ELEMENT})>\s*)+$`, 'i');

/** A Google-style item: `name (type): `, `*args: `; what follows may stand on the next line. */
export const GOOGLE_ITEM = /^\*{0,2}[A-Za-z_`][\w.*`]*(?:,\s+\*{0,2}\w+)*(?:\s*\([^()]*(?:\([^()]*\)[^()]*)*\))?\s*:(?:\s+|$)/;
/** A Google-style return type: `int: `, `dict[str, int] | None: `. */
export const GOOGLE_RETURN = /^[A-Za-z_][\w.]*(?:\[[^:]*\])?(?:\s*\|\s*[\w.[\], ]+)?:(?:\s+|$)/;
export const SECTION =
  /^(?:Args|Arguments|Parameters|Params|Keyword Arg(?:ument)?s|Other Parameters|Returns?|Yields?|Receives|Raises|Throws|Warns|Attributes|Examples?|Notes?|Warnings?|See Also|References|Todo|Methods|Usage):?$/;
export const ITEM_SECTION = /^(?:Args|Arguments|Parameters|Params|Keyword|Other|Raises|Throws|Warns|Attributes|Methods)/;
export const RETURN_SECTION = /^(?:Returns?|Yields?|Receives)/;
export const PLAIN_SECTION = /^(?:Examples?|Notes?|Warnings?|References|Todo|Usage)/;

/** A container is a heading whose body may be indented. */
export type LeadKind = 'list' | 'tag' | 'field' | 'heading' | 'container' | 'other';

export interface Lead {
  readonly kind: LeadKind;
  readonly length: number;
}

const LEADS: readonly (readonly [RegExp, LeadKind])[] = [
  [LIST, 'list'],
  [BAR_BEFORE, 'other'],
  [DEFINITION, 'list'],
  [ADMONITION, 'container'],
  [ADMONITION_ALONE, 'container'],
  [HELP_KEYWORD, 'container'],
  [FENCED_BODY, 'heading'],
  [HEADING, 'heading'],
  [TEX_TITLE, 'heading'],
  [TEX_ITEM, 'tag'],
  [POD_BEFORE, 'heading'],
  ...TAGS.map((pattern) => [pattern, 'tag'] as const),
  [FIELD, 'field'],
  [DIRECTIVE, 'field'],
  [ELEMENT_BEFORE, 'other'],
  [TASK_MARK, 'other'],
  [RULE_BEFORE, 'heading'],
];

/** No markup is this long; the patterns are tried on no more. */
const LONGEST = 300;

/** The markup that opens a paragraph; marks may follow each other ("- [ ] TODO: "). */
export function leadOf(text: string): Lead | undefined {
  let length = 0;
  let kind: LeadKind | undefined;
  for (let depth = 0; depth < 3; depth++) {
    const rest = text.slice(length, length + LONGEST);
    const found = LEADS.find(([pattern]) => pattern.test(rest));
    if (found === undefined) break;
    length += found[0].exec(rest)![0].length;
    kind ??= found[1];
  }
  return kind === undefined ? undefined : { kind, length };
}

/** Length of the markup that ends a paragraph: a closing element, the right half of a titled rule, `::` before a literal block, a line break. */
export function trailLength(text: string): number {
  const end = text.slice(-LONGEST);
  const match =
    /(?<=\S)(?:::|\\)$/.exec(end) ??
    ELEMENT_AFTER.exec(end) ??
    (TEX_TITLE.test(text.slice(0, LONGEST)) ? TEX_TITLE_END.exec(end) : null) ??
    (ADMONITION.test(text) ? ADMONITION_END.exec(end) : null) ??
    (RULE_BEFORE.test(text) ? RULE_AFTER.exec(end) : null);
  return match?.[0].length ?? 0;
}

/** Whether a word would be read as markup if a line began with it. */
export function looksLikeLead(word: string): boolean {
  return /^(?:[-*+•>|^=:]|!{3}|\?{3}\+?|:{3,}|#+|\d{1,3}[.)]|\.\.|>>>|:[a-z]+:?|\\[a-z]+)$|^@[A-Za-z]|^(?:```|~~~)/.test(word);
}

const FIELD_WITHOUT_PROSE = /^:(?:type|rtype|vartype|meta)\b[^:]*:|^:[\w-]+:$/;
const REFERENCE = /^\[(?!\^)[^\]]+\]:\s*\S|^\[!\w+\]$|^(?=\S*:\/\/\S)\S+$/;
const CODE = new RegExp(
  [
    /(?:\w\(.*\)|\s[-+*/|&]?=\s.*|^(?:return|break|continue|import|using|use|package)\b.*|\+\+|--);$/,
    /\)\s*\{$|^\}[\s)\];,]*$|^\}\s*else\b/,
    /^[\w.]+\([^()]*\)[;,]?$/,
    /^[\w.$[\]]+\s[-+*/|&]?=\s(?!.*[a-z]+ [a-z]+ [a-z]+)\S/,
    /^#\s*(?:include\s*[<"]|define\s+\w|ifn?def\s+\w|endif$)/,
    /^(?:const|let|var)\s+\w+\s*=|^(?:def|function|func|fn)\s+\w+\s*\(|^from\s+\S+\s+import\b|^import\s+[\w.]+$|^import\s.*['"]/,
    /^\$\s\S/,
    // A key of YAML, a head of Python, a statement of SQL.
    /^[a-z_][\w.-]*:(?:\s+(?:-?\d[\w.%]*|true|false|null|~|\[.*\]|\{.*\}|"[^"]*"|'[^']*'|[|>]-?))$|^-\s+[a-z_][\w.-]*:\s+\S+$/,
    /^(?:while True|try|finally|else)\s*:$|^(?:if|elif|while|with|except)\s(?=[^ ]*[\w)\]](?:\.\w|[([=<>!_]))(?!.*\s(?!(?:and|or|not|is|in|as|if|else|for)\b)[a-z]+\s+(?!(?:and|or|not|is|in|as|if|else|for)\b)[a-z]+[\s:,.]).*:$|^for\s+\w+(?:,\s*\w+)*\s+in\s+\S*[.(_[]\S*:$|^return\s+\S*\w[.(_[]\S*[^.\s]$/,
    /^SELECT\b.*(?:\bFROM\s|\*|;$)|^(?:INSERT INTO|DELETE FROM|CREATE (?:TABLE|INDEX|VIEW)|ALTER TABLE|DROP TABLE|UPDATE \S+ SET)\s+\S/,
  ]
    .map(({ source }) => source)
    .join('|'),
);
/** A line of a template's statements alone (Jinja, Liquid, Handlebars, Go, ERB): they are no part of a sentence. */
const TEMPLATE =
  /^(?:(?:\{%(?:[^%]|%(?!\}))*%\}|<%(?:[^%]|%(?!>))*%>|\{#(?:[^#]|#(?!\}))*#\}|\{\{[-~]?\s*(?:[#/>!<%^]|(?:if|else|end|range|with|block|define|template)\b)[^{}]*\}\})\s*)+$/;
const LETTER = /\p{L}/u;
const ELEMENT = /<[!/]?[a-zA-Z-][^<>]{0,300}>/g;

/** Lines that are nobody's to translate. `structure` may be repeated in a copy of the text, `code` may not. */
export function verbatimKind(text: string, where: 'comment' | 'prose'): 'structure' | 'code' | undefined {
  // A reference may hold a picture; the other patterns are for lines.
  if (text.length > 2000) return REFERENCE.test(text) ? 'code' : undefined;
  if (text.startsWith('|') && text.includes('|', 1)) return 'code';
  if (!LETTER.test(text)) return 'structure';
  if (!LETTER.test(text.replace(ELEMENT, ''))) return 'code';
  if (FIELD_WITHOUT_PROSE.test(text) || isTagWithoutProse(text)) return 'code';
  if (TEMPLATE.test(text) || REFERENCE.test(text) || POD_COMMAND.test(text)) return 'code';
  if (where === 'prose') return isTexCode(text) || text.startsWith('<!--') || isDirectiveInProse(text) ? 'code' : undefined;
  return isToolDirective(text) || (text.length < LONGEST && CODE.test(text)) ? 'code' : undefined;
}

/** Words that stand in copyright notices and hardly anywhere else. */
const NOTICE = /\bCopyright\s+(?:\([cC]\)|©|\d{4})|^(?:\([cC]\)|©)\s+\d{4}|\bSPDX-License-Identifier\b|\bAll rights reserved\b/i;
/** Words that stand in licences and hardly anywhere else. */
const LICENCE = new RegExp(
  [
    /\bLicensed under the\b|\bPermission is hereby granted\b|\bRedistribution and use in source\b|\bThis Source Code Form is subject to\b/,
    /\bGNU (?:Lesser |Library |Affero )?General Public License\b|\bis free software[;:,]|\b(?:found|included|see|described) in the LICEN[SC]E file\b/,
    /\bthis source code is governed by\b|\bTHE SOFTWARE IS PROVIDED\b|\bpublic domain\b|^@(?:license|preserve|copyright)\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

/** Whose text a line belongs to: nobody's to translate, alone or with all that comes behind it. */
export function legalKind(text: string): 'notice' | 'licence' | undefined {
  const start = text.slice(0, LONGEST);
  if (LICENCE.test(start)) return 'licence';
  return NOTICE.test(start) ? 'notice' : undefined;
}
