/** The two libraries that run TextMate grammars, started once. Alone knows how they are packed. */
import * as onigurumaModule from 'vscode-oniguruma';
import * as textMateModule from 'vscode-textmate';
import { SharedExpressions } from './sharedExpressions.ts';

import type { IGrammar, ITokenizeLineResult2, StateStack } from 'vscode-textmate';

export type { IGrammar, StateStack } from 'vscode-textmate';

/** Node sees nothing but a default export in a CommonJS module that was made by a bundler; bundlers see its names. */
function commonJs<Module>(module: Module): Module {
  return (module as { readonly default?: Module }).default ?? module;
}

const oniguruma = commonJs(onigurumaModule);
export const { INITIAL, Registry, parseRawGrammar } = commonJs(textMateModule);
export type Registry = textMateModule.Registry;

/** One for the process, because the library has one instance. */
const expressions = new SharedExpressions({
  createOnigScanner: (sources) => oniguruma.createOnigScanner(sources),
  createOnigString: (text) => oniguruma.createOnigString(text),
});
let starting: Promise<SharedExpressions> | undefined;

/** Oniguruma, of whose WebAssembly `read` gives the bytes. */
export function startOniguruma(read: () => Promise<Uint8Array>): Promise<SharedExpressions> {
  starting ??= read()
    // Given the bytes, the library asks whether they are a response, for which Node loads all of its network code.
    .then((data) => oniguruma.loadWASM({ instantiator: (imports) => WebAssembly.instantiate(new Uint8Array(data), imports) }))
    .then(() => expressions);
  return starting;
}

/** A first line may need hundreds of expressions; a single one takes 15 ms at most. */
const COMPILE_MILLISECONDS = 8;

/** Yields wherever expressions had to be compiled and there are more. */
export function* tokenizeLine(grammar: IGrammar, text: string, before: StateStack): Generator<void, ITokenizeLineResult2> {
  for (;;) {
    const result = expressions.within(COMPILE_MILLISECONDS, () => grammar.tokenizeLine2(text, before));
    if (result !== undefined) return result;
    yield;
  }
}

/** The names of the scopes that a line begins in which has this state; of the file's own scope first. */
export function openScopesOf(state: StateStack): readonly string[] {
  // Not in the library's types, but in every state that it makes.
  const { contentNameScopesList } = state as { readonly contentNameScopesList?: { getScopeNames(): string[] } | null };
  return contentNameScopesList?.getScopeNames() ?? [];
}
