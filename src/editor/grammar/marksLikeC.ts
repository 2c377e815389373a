/** By language, what decides how a line reads where comments and strings are C's or of that kind. Knows no grammar. */

/** What decides how a line of a language reads. The first group is what is complete and decides nothing, the second what begins a template. */
export interface MarksLikeC {
  readonly code: RegExp;
  /** Of code inside a template, where braces are counted. */
  readonly inBraces: RegExp;
  /** A comment inside a comment has its own end. */
  readonly nests?: boolean;
  /** Begins a comment too, where `code` finds one. */
  readonly lineMark?: '#' | '--';
  /** What the grammar sees begin may end elsewhere for it: never, or with another of its kind. */
  readonly endsElsewhere?: boolean;
}

export const marksOf = (source: string): MarksLikeC => ({ code: new RegExp(source, 'g'), inBraces: new RegExp(`${source}|[{}]`, 'g') });

export const BLOCK_COMMENT = String.raw`\/\*.*?(?:\*\/|$)`;
export const COMMENT = String.raw`\/\/.*|${BLOCK_COMMENT}`;
/** A string that is complete on its line. */
export const STRING = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
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

/** Where comments nest, no expression finds the end of one. */
const NESTING_BLOCK = String.raw`\/\*`;
const NESTING_COMMENT = String.raw`\/\/.*|${NESTING_BLOCK}`;
const RUST_STRING = String.raw`(?<!\w)b?r(?:"[^"]*"|#"(?:(?!"#).)*"#)|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)'|'[A-Za-z_]\w*(?!['\w])`;

/** Besides, a slash may begin a regular expression, and a backtick a template. */
const JAVASCRIPT = marksOf(JAVASCRIPT_MARKS);
/** Or a tag. */
export const JSX = marksOf(`${JAVASCRIPT_MARKS}|<(?:[A-Za-z>]|$)`);
const C = marksOf(`${COMMENT}|${CONDITION}|(${STRING})|${OPENER}`);
/** In a raw string a backslash is one. */
const CPP = marksOf(`${COMMENT}|${CONDITION}|R"|(${STRING})|${OPENER}`);

const JAVA = marksOf(`${COMMENT}|(${STRING})|${OPENER}`);
/** A raw string ends at the next backtick. */
const GO = marksOf(`${COMMENT}|(${STRING}|\`[^\`]*\`)|${OPENER}|\``);

/** A raw string may have any number of marks around it; a quote by itself begins a lifetime. */
const RUST = { ...marksOf(`${NESTING_COMMENT}|(${RUST_STRING})|(?<!\\w)b?r#*"|${OPENER}`), nests: true };

/** Some directives end with a message, in which there is no comment. */
const CSHARP_DIRECTIVE = String.raw`^\s*#\s*(?:region|error|warning)\b.*|^\s*#[^/"']*$`;
/** What is neither complete nor simple, such as a string in code in a string, is the grammar's. */
const CSHARP_STRING = String.raw`\$"(?:[^"\\{}]|\\.|\{\{|\}\}|\{[^"'{}/\\]*\})*"|@"(?:[^"]|"")*"(?!")|(?<![$@"])"(?:[^"\\]|\\.)+"|(?<![$@"])""(?!")|'(?:[^'\\]|\\.)+'`;
const CSHARP = marksOf(`${COMMENT}|(${CSHARP_DIRECTIVE}|${CSHARP_STRING})|^\\s*#|${OPENER}`);

/** Code in a string, without strings or comments of its own. */
const SWIFT_CODE = String.raw`\\\((?:[^()"\\/]|\((?:[^()"\\/]|\([^()"\\/]*\))*\))*\)`;
/** Of a slash only a division with spaces around it is sure to begin no regular expression. */
const SWIFT_PLAIN = String.raw`"(?:[^"\\]|\\[^(]|${SWIFT_CODE})*"(?!")|\s\/=?\s`;
const SWIFT = { ...marksOf(`${NESTING_COMMENT}|(${SWIFT_PLAIN})|#+["/]|["/]`), nests: true, endsElsewhere: true };

/** A slash that is the last one of its line begins nothing. */
const GROOVY_PLAIN = String.raw`"(?:[^"\\$]|\\.|\$\{[^{}"'/]*\}|\$\w)*"(?!")|'(?:[^'\\]|\\.)*'(?!')|\/(?=[^/*]*$)`;
const GROOVY = marksOf(`${COMMENT}|(${GROOVY_PLAIN})|["'/]`);

/** What a per cent sign, a slash or two signs for less may begin is the grammar's. */
const RUBY_CODE = String.raw`#.*|('[^'\\]*'|"[^"\\#]*")|^=begin|^__END__|<<[-~"'\x60\w]|[?$:]["'#]|["'\x60\\/%]`;
const RUBY: MarksLikeC = { ...marksOf(RUBY_CODE), lineMark: '#', endsElsewhere: true };

const JSON_CODE = marksOf(String.raw`${COMMENT}|("(?:[^"\\]|\\.)*")|"`);

/** A slash may begin a regular expression, and code in a string or behind a percent sign is the grammar's. */
const SQL_STRING = String.raw`'[^']*'|"[^"#]*"|\`[^\`\\]*\``;
const SQL: MarksLikeC = { ...marksOf(`--.*|${NESTING_BLOCK}|(${SQL_STRING})|%r?\\{|["'/\`]`), lineMark: '--', nests: true };

export const LIKE_C: Readonly<Record<string, MarksLikeC>> = {
  javascript: JSX,
  javascriptreact: JSX,
  typescript: JAVASCRIPT,
  typescriptreact: JSX,
  c: C,
  cpp: CPP,
  'objective-c': C,
  java: JAVA,
  csharp: CSHARP,
  go: GO,
  rust: RUST,
  swift: SWIFT,
  groovy: GROOVY,
  ruby: RUBY,
  json: JSON_CODE,
  jsonc: JSON_CODE,
  sql: SQL,
};
