/** What decides how a line of Perl reads, as its grammar has it. Knows nothing of lines before. */

/** The grammar knows longer escapes, in which a delimiter may stand. */
const ESCAPED = String.raw`\\(?!N\{|c\W).`;
/** Behind a dollar sign most characters are a variable's name, a delimiter too. */
const textWithout = (ends: string, names = ends): string => String.raw`(?:[^${ends}\\$]|${ESCAPED}|\$(?![${names}\\]))*`;
/** Without variables and without escapes that hide an end. */
const plainText = (ends: string): string => String.raw`[^${ends}\\]*`;
/** In brackets, with more of the same brackets inside. */
const nested = (open: string, close: string, text: string): string => `${open}${text}(?:${open}${text}${close}${text})*${close}`;
const BRACED = nested(String.raw`\{`, String.raw`\}`, textWithout('{}', ''));

const VARIABLE = String.raw`[$@%]\$*(?:::)?[A-Za-z]\w*|\$#(?=[{$]|(?:_|[A-Za-z]\w*)\b)`;
const STRING = String.raw`"${textWithout('"')}"|'(?:[^'\\]|\\.)*'|\`${textWithout('`')}\``;
/** By the text between the delimiters. */
const quoted = (text: (ends: string) => string): string =>
  [
    nested(String.raw`\(`, String.raw`\)`, text('()')),
    nested(String.raw`\[`, String.raw`\]`, text(String.raw`[\]`)),
    nested(String.raw`\{`, String.raw`\}`, text('{}')),
    ...[`"`, `'`, '/', String.raw`\|`, '!'].map((delimiter) => `${delimiter}${text(delimiter)}${delimiter}`),
  ].join('|');

const FLAGS = '[egimosxradlupcn]';
const MATCH_END = String.raw`(?!m\s)${FLAGS}*(?=\s+\S|\s*[;,#{})]|\s*$)`;
/** What an expression stands behind for the grammar. */
const BEFORE = String.raw`[({~&|]|if|unless`;
const FIND = String.raw`\/(?<=(?:${BEFORE})\s*\/)${textWithout('/', '')}\/${MATCH_END}`;
/** Neither parentheses nor the brackets of a class hide the delimiter. */
const matchBetween = (delimiter: string): string => {
  const atom = String.raw`[^${delimiter}\\$()[]|${ESCAPED}|\$(?![\\([])|\[(?:[^${delimiter}\]\\$()[]|${ESCAPED})*\]`;
  return String.raw`${delimiter}(?:${atom}|\((?:${atom}|\((?:${atom})*\))*\))*${delimiter}`;
};
const MATCH = `(?:(?<!\\{)m|qr)(?:${['/', String.raw`\|`, '!', ','].map(matchBetween).join('|')}|${BRACED})${MATCH_END}`;
const replacements = ['/', String.raw`\|`, '!', '#', ':'].map((delimiter) => {
  const pattern = String.raw`${delimiter}(?:[^${delimiter}\\]|${ESCAPED})*`;
  return `s${pattern}${delimiter}${textWithout(delimiter)}(?<![@%])${delimiter}${FLAGS}*(?=[});,\\s]|$)|(?:tr|y)${pattern}${pattern}${delimiter}`;
});
/** Behind it the grammar takes what is neither a flag nor a semicolon for another delimiter. */
const REPLACE = String.raw`${replacements.join('|')}|s${nested(String.raw`\{`, String.raw`\}`, plainText('{}'))}${BRACED}(?:(?!s\s)${FLAGS}+(?=[;,})\s]|$)|(?=;))`;
const QUOTE_LIKE = String.raw`(?<![^\s(,;!~[{])(?:${MATCH}|${REPLACE}|qw?\s*(?:${quoted(plainText)})|qq\s*(?:${quoted(textWithout)}))`;

/** The character behind is a part of the function's head. */
const FUNCTION = String.raw`\bsub\b(?:\s+[-\w]+)?\s*(?:\([$@*;]*\)\s*)?(?=[{(;:]|$)`;
const FILE_TEST = String.raw`(?<=[\s(!])-s\b`;
const LIST = String.raw`(?<![^\s(,;!~[{])qw\([^()\\]*$`;
const HERE_DOCUMENT = String.raw`(?<![$<])<<~? *(?:"[^"\\]+"|'[^'\\]+'|(?<! )[A-Za-z_]\w*(?=[;,'"\`\s)]|$))`;
const OTHER = String.raw`["'\`]|\$["'\`]|[$@%]#|\/(?<=(?:${BEFORE}|^)\s*\/)|<<(?! *[=\d$(])|\b(?:[msy]|tr|q[qwrx]?)(?![A-Za-z0-9])`;
/** Where the grammar takes a name for more than it is. */
const NAMES = String.raw`\bsub\b|^\s*package\s+[^\s;]*["'#]|\bformat\s+\w+\s*=|\b__(?:END|DATA)__|^__(?!(?:PACKAGE|FILE|LINE|SUB)__\b)\w+__`;

/** What is complete, a comment, a list that goes on, the beginning of a here-document, and what only the grammar understands. */
export const PERL_MARKS = new RegExp(
  `(${VARIABLE}|${STRING}|${FIND}|${QUOTE_LIKE}|${FUNCTION}|${FILE_TEST})|(#.*)|(${LIST})|(${HERE_DOCUMENT})|${OTHER}|${NAMES}`,
  'g',
);
