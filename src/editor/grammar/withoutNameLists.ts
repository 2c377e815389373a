/** Takes out of a grammar what lists hundreds of names of its language's own. Knows no language. */
import type { IRawGrammar } from 'vscode-textmate';

/** Compiling one longer holds the thread for longer than a user does not notice. */
const LONGEST_LIST = 3000;
/** What colours a word and opens nothing, so that it has nothing to say about comments and strings. */
const COLOURED = /(?:^| )(?:support|keyword|constant)\.[^ ]*$/;

/** The rules that are left are the same objects. */
export function withoutNameLists(grammar: IRawGrammar): IRawGrammar {
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    const rule = value as { patterns?: unknown };
    if (Array.isArray(rule.patterns)) rule.patterns = rule.patterns.filter((each) => !isNameList(each));
    Object.values(value).forEach(visit);
  };
  visit(grammar);
  return grammar;
}

function isNameList(rule: unknown): boolean {
  const { match, name, captures } = (rule ?? {}) as { readonly match?: unknown; readonly name?: unknown; readonly captures?: object };
  const isLong = typeof match === 'string' && match.length > LONGEST_LIST;
  return isLong && typeof name === 'string' && COLOURED.test(name) && !Object.values(captures ?? {}).some(hasRules);
}

function hasRules(capture: object): boolean {
  return 'patterns' in capture;
}
