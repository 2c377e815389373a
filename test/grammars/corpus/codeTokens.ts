/** What of a text is not prose, token by token, as the language's own grammar sees it. Reads the scopes by name, not by the extension's theme. */
import { INITIAL, type IGrammar } from '../../../src/editor/grammar/textMate.ts';

const PROSE = /^(?:comment(?!\.block\.preprocessor)|string\.(?:quoted\.)?docstring)\b/;
/** What is inside a comment and still not prose: tags of documentation with their names and types. */
const TAG = /^(?!comment|variable\.other\.description).*\.(?:jsdoc|javadoc|doxygen|phpdoc)\b/;
/** What stays in a document that is prose: code, formulas, elements, commands, targets of links. */
const LITERAL =
  /^(?:markup\.(?:fenced_code|raw|inline\.raw|math|underline\.link)|meta\.(?:embedded|tag|function\.link)|support\.function|keyword\.control|entity\.name\.tag|punctuation\.definition\.(?:tag|function))\b/;

/** Of a Markdown link whose text goes over lines, which the grammar does not see as one. */
const LINK_OVER_LINES = /\[[^[\]\n]*(?:\n[^[\]\n]+)+\]\(/g;

/** Spaces are left out, because text is wrapped. */
export function codeTokens(text: string, grammar: IGrammar, isProse: boolean): string[] {
  const found: string[] = [];
  let state = INITIAL;
  const lines = isProse ? text.replace(LINK_OVER_LINES, (link) => link.replace(/\s*\n\s*/g, ' ')) : text;
  for (const line of lines.split(/\r\n|\r|\n/)) {
    if (line.length > 5000) continue;
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const token = line.slice(startIndex, endIndex).trim();
      if (token === '') continue;
      const inComment = scopes.some((scope) => PROSE.test(scope)) && !scopes.some((scope) => scope.startsWith('meta.shebang'));
      const isCode = inComment ? TAG.test(scopes.at(-1)!) : !isProse || scopes.some((scope) => LITERAL.test(scope));
      if (isCode) found.push(`${token}\t${scopes.at(-1)!}`);
    }
  }
  return found;
}

/** Tokens that only one of both has, where they part, as many as there are until both ends agree again. */
export function changedTokens(before: readonly string[], after: readonly string[]): string[] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const [gone, come] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  return [...gone.map((token) => `- ${token}`), ...come.map((token) => `+ ${token}`)];
}
