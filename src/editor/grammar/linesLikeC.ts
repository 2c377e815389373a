/** Lines of languages with C's comments and strings, without their grammar. Knows no state of it. */
import type { Opener, ShortLine } from './lineShortcut.ts';
import type { ScopeSpan } from './tokenizedLines.ts';

export const COMMENT = String.raw`\/\/.*|\/\*.*?(?:\*\/|$)`;
/** A string that is complete on its line. */
const STRING = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
/** What may begin a string or a line that goes on. */
export const OPENER = String.raw`["']|\\$`;

/** What JavaScript's grammar expects an operand behind. */
const BEFORE_OPERAND = String.raw`[=(:,[?+!]\s*|(?:&&|\|\||=>)\s*|\breturn\s+`;
/** As the grammar has it, which looks for the end before it takes a slash for a beginning. */
const REGULAR_EXPRESSION = String.raw`(?=\/)(?<=${BEFORE_OPERAND})\/(?![/*])(?:[^/\\[(]|\\.|\[(?:[^\]\\]|\\.)+\]|\((?:[^)\\]|\\.)+\))+\/(?:[dgimsuvy]+|(?![/*]))(?!\s*[\w$])`;
const NO_OPERANDS = 'return|case|typeof|instanceof|in|of|do|else|yield|await|void|delete|throw|new';
const DIVISION = String.raw`(?=\/)(?<=[\w$)\]]\s*)(?<!\b(?:${NO_OPERANDS})\s*)\/`;
/** A backtick that no tag stands before, since extensions know what is in tagged ones. */
const TEMPLATE = `(?=\`)(?<=^\\s*|\\{\\s*|${BEFORE_OPERAND})\``;

const JAVASCRIPT_MARKS = `${COMMENT}|(${STRING}|${REGULAR_EXPRESSION}|${DIVISION})|(${TEMPLATE})|${OPENER}|[/\`]`;
/** A number decides what the preprocessor leaves out. */
const CONDITION = String.raw`^\s*#\s*(?:el)?if\b[\s(]*\d`;

/** Where comments nest, one in which another begins is the grammar's. */
const NESTING_BLOCK = String.raw`\/\*(?:(?!\/\*).)*?(?:\*\/|$)`;
const NESTING_COMMENT = String.raw`\/\/.*|${NESTING_BLOCK}`;
const RUST_STRING = String.raw`(?<!\w)b?r(?:"[^"]*"|#"(?:(?!"#).)*"#)|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)'|'[A-Za-z_]\w*(?!['\w])`;

/** What decides how a line of a language reads. The first group is what is complete and decides nothing, the second what begins a template. */
export interface MarksLikeC {
  readonly code: RegExp;
  /** Of code inside a template, where braces are counted. */
  readonly inBraces: RegExp;
  /** A comment inside a comment has its own end. */
  readonly nests?: boolean;
  /** Begins a comment too, where `code` finds one. */
  readonly lineMark?: '#' | '--';
}

export const marksOf = (source: string): MarksLikeC => ({ code: new RegExp(source, 'g'), inBraces: new RegExp(`${source}|[{}]`, 'g') });

/** Besides, a slash may begin a regular expression, and a backtick a template. */
export const JAVASCRIPT = marksOf(JAVASCRIPT_MARKS);
/** Or a tag. */
export const JSX = marksOf(`${JAVASCRIPT_MARKS}|<(?:[A-Za-z>]|$)`);
export const C = marksOf(`${COMMENT}|${CONDITION}|(${STRING})|${OPENER}`);
/** In a raw string a backslash is one. */
export const CPP = marksOf(`${COMMENT}|${CONDITION}|R"|(${STRING})|${OPENER}`);

export const JAVA = marksOf(`${COMMENT}|(${STRING})|${OPENER}`);
/** A raw string ends at the next backtick. */
export const GO = marksOf(`${COMMENT}|(${STRING}|\`[^\`]*\`)|${OPENER}|\``);

/** A raw string may have any number of marks around it; a quote by itself begins a lifetime. */
export const RUST = { ...marksOf(`${NESTING_COMMENT}|(${RUST_STRING})|(?<!\\w)b?r#*"|${OPENER}|/(?=\\*)`), nests: true };

/** Some directives end with a message, in which there is no comment. */
const CSHARP_DIRECTIVE = String.raw`^\s*#\s*(?:region|error|warning)\b.*|^\s*#[^/"']*$`;
/** What is neither complete nor simple, such as a string in code in a string, is the grammar's. */
const CSHARP_STRING = String.raw`\$"(?:[^"\\{}]|\\.|\{\{|\}\}|\{[^"'{}/\\]*\})*"|@"(?:[^"]|"")*"(?!")|(?<![$@"])"(?:[^"\\]|\\.)+"|(?<![$@"])""(?!")|'(?:[^'\\]|\\.)+'`;
export const CSHARP = marksOf(`${COMMENT}|(${CSHARP_DIRECTIVE}|${CSHARP_STRING})|^\\s*#|${OPENER}`);

/** Code in a string, without strings or comments of its own. */
const SWIFT_CODE = String.raw`\\\((?:[^()"\\/]|\((?:[^()"\\/]|\([^()"\\/]*\))*\))*\)`;
/** Of a slash only a division with spaces around it is sure to begin no regular expression. */
const SWIFT_PLAIN = String.raw`"(?:[^"\\]|\\[^(]|${SWIFT_CODE})*"(?!")|\s\/=?\s`;
export const SWIFT = { ...marksOf(`${NESTING_COMMENT}|(${SWIFT_PLAIN})|#+["/]|["/]`), nests: true };

/** A slash that is the last one of its line begins nothing. */
const GROOVY_PLAIN = String.raw`"(?:[^"\\$]|\\.|\$\{[^{}"'/]*\}|\$\w)*"(?!")|'(?:[^'\\]|\\.)*'(?!')|\/(?=[^/*]*$)`;
export const GROOVY = marksOf(`${COMMENT}|(${GROOVY_PLAIN})|["'/]`);

/** What a per cent sign, a slash or two signs for less may begin is the grammar's. */
const RUBY_CODE = String.raw`#.*|('[^'\\]*'|"[^"\\#]*")|^=begin|^__END__|<<[-~"'\x60\w]|[?$:]["'#]|["'\x60\\/%]`;
export const RUBY: MarksLikeC = { ...marksOf(RUBY_CODE), lineMark: '#' };

export const JSON_CODE = marksOf(String.raw`${COMMENT}|("(?:[^"\\]|\\.)*")|"`);

/** A slash may begin a regular expression, and code in a string or behind a percent sign is the grammar's. */
const SQL_STRING = String.raw`'[^']*'|"[^"#]*"|\`[^\`\\]*\``;
export const SQL: MarksLikeC = { ...marksOf(`--.*|${NESTING_BLOCK}|(${SQL_STRING})|%r?\\{|["'/\`]`), lineMark: '--', nests: true };

export const BLOCK = '/*';
const TEMPLATE_TEXT = '`';
/** A directive of several lines without comments, all but the last with a backslash at the end. */
const DIRECTIVE = /^\s*#\s*(define|(?:el)?if|pragma|error|warning)\b/;
const directive = (name: string): Opener => `#${name} A \\`;

/** By the only scope that is open in a state of the grammar. Code that the preprocessor leaves out is coloured like a comment. */
export const OPENERS_LIKE_C: readonly (readonly [scope: RegExp, open: Opener])[] = [
  // In C#, one of lines goes on in the same way, until a line has no mark.
  [/^comment\.block(?!\.preprocessor|\.documentation\.cs)/, BLOCK],
  [/^string\.template\.\w+$/, TEMPLATE_TEXT],
];

/** A template's text, and what it ends with: the template's end, code, or the line's. */
const TEXT = /(?:[^`\\$]|\\(?:.|$)|\$(?!\{))*(`|\$\{|$)/y;

export function readLikeC(text: string, open: Opener, { code, inBraces, nests, lineMark }: MarksLikeC): ShortLine | undefined {
  const spans: ScopeSpan[] = [];
  /** Comments there are the grammar's. */
  const isDirective = text.endsWith('\\') || open.startsWith('#');
  /** Of the templates that are open in each other, how many braces are open in the code of each. */
  const braces: number[] = [];
  let isText = open === TEMPLATE_TEXT;
  let at = 0;
  if (open === BLOCK) {
    const closer = text.indexOf('*/');
    at = closer < 0 ? text.length : closer + 2;
    if (nests === true && text.slice(0, at).includes('/*')) return undefined;
    spans.push({ start: 0, end: at, kind: 'block' });
    if (closer < 0) return { spans, after: BLOCK };
  }
  for (;;) {
    if (isText) {
      TEXT.lastIndex = at;
      const end = TEXT.exec(text)![1];
      if (end === '') return braces.length > 0 ? undefined : { spans, after: TEMPLATE_TEXT };
      if (end === '${') braces.push(0);
      at = TEXT.lastIndex;
      isText = false;
    }
    const pattern = braces.length > 0 ? inBraces : code;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return braces.length > 0 ? undefined : { spans, after: '' };
    const { 0: mark, 1: plain, 2: template, index } = found;
    at = pattern.lastIndex;
    if (plain !== undefined) continue;
    if (template !== undefined) isText = true;
    else if (mark === '{') braces.push(braces.pop()! + 1);
    else if (mark === '}') {
      const left = braces.pop()!;
      isText = left === 0;
      if (left > 0) braces.push(left - 1);
    } else {
      if (mark === '\\' && spans.length === 0) return directiveLine(text, open);
      const isBlock = mark.startsWith('/*');
      const isLine = mark.startsWith('//') || (lineMark !== undefined && mark.startsWith(lineMark));
      if (isDirective || !(isBlock || isLine)) return undefined;
      spans.push({ start: index, end: at, kind: isBlock ? 'block' : 'line' });
      if (isBlock && (mark.length < 4 || !mark.endsWith('*/'))) return braces.length > 0 ? undefined : { spans, after: BLOCK };
    }
  }
}

/** A line without comments that goes on. */
function directiveLine(text: string, open: Opener): ShortLine | undefined {
  const name = DIRECTIVE.exec(open === '' ? text : open)?.[1];
  return name === undefined ? undefined : { spans: [], after: directive(name) };
}
