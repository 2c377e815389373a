/** Tags of documentation that begin with `@` or a backslash, with the names and types behind them: JSDoc, Doxygen, PHPDoc, YARD, LDoc, epytext. Pure patterns. */

const TYPE = String.raw`\{(?:[^{}]|\{[^{}]*\})*\}`;
/** With what it is made of in angle brackets: `array<int, string>|null`. */
const GENERIC_TYPE = String.raw`[\w\\?|]+<(?:[^<>]|<(?:[^<>]|<[^<>]*>)*>)*>(?:\[\])?(?:\|\S+)?`;
/** Of YARD, where JSDoc has the names of optional parameters, which begin small. */
const BRACKETED_TYPE = String.raw`\[[A-Z:][^\]]*\]`;
const NAME = String.raw`(?:(?:${GENERIC_TYPE}|\S+)\s+(?:\.{3}|&)?\$\w+|(?:\.{3})?\$\w+|\[[^\]]*\]|<\w+>|[\w.*&,-]+)`;
/** To the bracket that closes the first one. */
const IN_BRACKETS = String.raw`\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)`;
/** Whether a parameter is read or written, or may be left out: `[in,out]`, `[opt=10]`, `[type=string]`. */
const MODIFIER = String.raw`(?:\s*\[(?:(?:in|out|opt|type=)[^\]]*|\d+)\])?`;
/** Of Lua, before a parameter's name; Scala has a name there. */
const LUA_TYPE = String.raw`(?:string|number|int|integer|bool|boolean|table|tab|func|function|file|userdata|thread|nil|any|[\w?]+[.|:?][\w.|:?]+|${TYPE})`;

const ANNOTATION = new RegExp(String.raw`^@[A-Z][\w\\]*${IN_BRACKETS}(?:\s+|$)`);
const NAMED = new RegExp(
  String.raw`^[@\\](?:${[
    String.raw`(?:param${MODIFIER}|arg|argument|prop|property(?:-read|-write)?|tparam|template|typeparam|yieldparam|keyword|retval|attr(?:_reader|_writer)?|attribute)\s+(?:(?:${TYPE}|${BRACKETED_TYPE})\s+)?${NAME}(?:\s+${BRACKETED_TYPE})?(?:\s*:|\s+-)?`,
    String.raw`option\s+\w+\s+(?:\[[^\]]*\]\s+)?:?\w+(?:\s+\([^()]*\))?`,
    String.raw`(?:defgroup|page|section|subsection|par)\s+\w+`,
  ].join('|')})(?:\s+|$)`,
);
const METHOD = new RegExp(String.raw`^@method\s+(?:static\s+)?(?:(?:${GENERIC_TYPE}|\S+)\s+)?\w+\s*${IN_BRACKETS}(?:\s+|$)`);
const LUA = new RegExp(
  String.raw`^@(?:tparam${MODIFIER}\s+${LUA_TYPE}\s+[\w.]+|(?:string|int|number|bool|func|tab)${MODIFIER}\s+[\w.]+|treturn${MODIFIER}\s+(?:${TYPE}|\S+))(?:\s+|$)`,
);
const THROWS = new RegExp(
  String.raw`^[@\\](?:throws?|exception|raises?):?\s+(?:(?:${TYPE}|\[[^\]]*\]|[\w.:\\]*(?:Error|Exception|Failure)\b|\w+(?:[.:\\]+\w+)+):?(?:\s+|$))?`,
);
const RETURNS = new RegExp(
  String.raw`^[@\\](?:returns?|result|yields?|yieldreturn|var):?\s+(?:(?:${TYPE}|${GENERIC_TYPE}|\[[^\]]*\]|(?:string|int|bool|boolean|float|array|void|mixed|self|static|null|object|callable|iterable)(?:\[\])?(?:\|\S+)?|[\w\\]*[|\\]\S*)(?:\s+|$)(?:\$\w+(?:\s+|$))?)?(?:-\s+)?`,
);
const ANY = new RegExp(String.raw`^[@\\][A-Za-z][\w-]*:?(?:\s+${TYPE})?(?:\s+|$)`);

/** In the order in which they are to be tried: the last one is any tag. */
export const TAGS: readonly RegExp[] = [ANNOTATION, METHOD, LUA, NAMED, THROWS, RETURNS, ANY];

const WITHOUT_PROSE =
  /^[@\\](?:see|type|rtype|author|version|since|license|copyright|extends|augments|implements|default|memberof|requires|typedef|overload)\b|^[@\\](?:module|namespace|class|constructor|enum|name|callback|link|ingroup|addtogroup|file|fn|var|include|image|dot|enddot|ref|sa|private|public|protected|static|override|internal|category|package|subpackage|method|mixin|mixes|event|fires|listens|kind|access|alias|borrows|lends|exports|function|func|constant|const|external|global|inheritDoc|inheritdoc|instance|interface|inner|readonly|abstract|virtual|async|generator|hideconstructor|tutorial|variation|chainable|api|alpha|beta|experimental|sealed|packageDocumentation)(?:\s+\S+){0,2}$/;
/** Of Doctrine and its like. */
const WHOLE_ANNOTATION = /^@[A-Z][\w\\]*\(.*\)$/;
/** YARD's own declarations. */
const DECLARATION = /^@!\w/;

/** Names, types and values alone. */
export function isTagWithoutProse(text: string): boolean {
  return WITHOUT_PROSE.test(text) || WHOLE_ANNOTATION.test(text) || DECLARATION.test(text);
}

/** The first line of an annotation whose values stand on lines of their own. */
export const OPEN_ANNOTATION = new RegExp(String.raw`^@[A-Z][\w\\]*(?!${IN_BRACKETS})\(`);
