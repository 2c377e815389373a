/** What no model may change although models were not trained to see it as one span: symbols, data, entities, escapes, template code. Knows no model. */

/**
 * Fractions, currencies, superscripts, letters of mathematics, arrows, operators, signs of keys, boxes, ticks, pictures: the bundled model wrote
 * others in their place, or bytes that are no text. What it writes as it should stays text: – — … “ ” « » $ € £ § © ® ™ ° ± × − № ² ³.
 */
const SYMBOL =
  String.raw`(?:[\xA2\xA4\xA5\xB6\xBC-\xBE\xF7\u2030-\u2034\u2039\u203A\u2044\u2070-\u20AB\u20AD-\u20CF\u2100-\u2115\u2117-\u2121\u2123-\u215F]` +
  String.raw`|[\u2190-\u2211\u2213-\u2BFF\u3004\u3012\u3013\u3020\u3036\u3037\u303E\u303F\u3200-\u33FF\uFFE0-\uFFE6\uFFFC\uFFFD]` +
  String.raw`|[\uD834\uD835\uD83C-\uD83E][\uDC00-\uDFFF]|[0-9#*]\uFE0F?\u20E3)`;
/** Makes one picture of several characters. */
const JOINER = String.raw`[\uFE0E\uFE0F\u200D\u20E3]|\uDB40[\uDC20-\uDC7F]`;

/** Control how others are shown. */
const INVISIBLE = String.raw`[\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+`;

const ENTITY = '&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});';
/** Behind a command of Doxygen: a name, perhaps with its arguments. */
const NAME = String.raw`[~*&#%]?\w[\w:.<>*&~/-]*(?<![.:-])(?:\([^()\s]{0,80}\))?`;
/** Elements whose text is code or keys. */
const CODE_ELEMENT = ['code', 'kbd', 'samp', 'tt', 'var', 'c']
  .map((name) => String.raw`<${name}(?:\s[^<>\n]{0,100})?>(?:(?!</${name}>)[^\n]){0,200}</${name}>`)
  .join('|');

/** Code in a line of TeX, between two of a character or in braces. */
const TEX_CODE =
  String.raw`\\(?:verb\*?|lstinline(?:\[[^\]\n]{0,100}\])?|mintinline(?:\[[^\]\n]{0,100}\])?\{\w{1,30}\})` +
  `(?:${Array.from('|!+/"@=;:~^?', (mark) => `\\${mark}[^${mark === '^' ? '\\^' : mark}\\n]{0,200}\\${mark}`).join('|')}|\\{[^{}\\n]{0,200}\\})`;
/** Of TeX: what stands between two that open is no inline code. Single ones are kept with their words, since models write an apostrophe where one closes. */
const QUOTATION_MARKS = [
  "``(?=[^`\\n]{1,300}[\\w\\xC0-\\uFFFF.,!?;:}]''(?![\\w`']))",
  "(?<=[\\w\\xC0-\\uFFFF.,!?;:}])''(?![\\w`'])",
  "`[^`'\\n]{1,80}[\\w\\xC0-\\uFFFF.,!?;:}]'(?![\\w`'])(?=[^`\\n]{0,300}(?:$|\\s`\\w))",
].join('|');

/** Tried before a model's own pattern. */
const BEFORE = [
  TEX_CODE,
  QUOTATION_MARKS,
  // One span for all, so that the tree of a folder or a row of ticks takes one sentinel.
  `${SYMBOL}(?:[ \\t]{0,8}${SYMBOL}|${JOINER})*`,
  INVISIBLE,
  CODE_ELEMENT,
  String.raw`\bdata:[a-z]+/[\w.+-]+(?:;[\w=.-]+)*,[^\s"'<>()\[\]]*`,
  // No word of a language. The quantifiers of the names in a model's pattern are not bounded: they see no more than this.
  String.raw`[\w.+/=~%-]{100,}`,
  String.raw`\{%[^\n]{0,200}?%\}|\{[#:./@][^{}\n]{0,200}\}|<[%?][^\n]{0,200}?[%?]>|<!--[^\n]{0,200}?-->`,
  String.raw`\$\$[^$\n]{1,200}\$\$`,
  // Labels of links: of rustdoc and its like a name, of Markdown what a link refers to; with a name before it, an element or a type.
  String.raw`(?:[\w.]{1,60}\[(?!\d+\])|\[)[!-Z^-~]{1,60}\](?![(\[])|(?<=\])\[[^\[\]\n]{1,80}\]`,
  // Generics and operators are one span each: List&lt;T&gt;, &amp;&amp;, R&amp;D.
  String.raw`[\w.]*&lt;[\w.]+&gt;|(?<!\w)\w+&amp;\w+|(?:${ENTITY})+`,
  String.raw`[@\\]ref[ \t]+${NAME}(?:[ \t]+"[^"\n]{1,100}")?|[@\\](?:[pac]|cite|anchor|copydoc|copybrief|copydetails)[ \t]+${NAME}`,
  // Paths and regular expressions: two backslashes or more in a word.
  String.raw`(?!\\[(\[])(?:(?<!\w)[A-Za-z]:)?[\w.-]*(?:\\[^\s][^\s\\{}"'${'`'}<>]*){2,}(?<![^\\][.,;:!?)])`,
  String.raw`\\(?:u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[0-7]{1,3}|N\{[^{}\n]{1,80}\})`,
].join('|');

/** Tried behind it: escapes of one character. An apostrophe's is a part of its word. */
const BEHIND = String.raw`\w+(?:\\[_&#.$]\w+)+|\\[^\sA-Za-z0-9']|(?<!\w)\\'|\\'(?!\w)`;

/** @returns source of a regular expression without flags, which finds what `pattern` finds too */
export function withKept(pattern: string): string {
  return `${BEFORE}|${pattern}|${BEHIND}`;
}
