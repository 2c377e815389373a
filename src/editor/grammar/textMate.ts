/** The two libraries that run TextMate grammars, started once. Alone knows how they are packed. */
import * as onigurumaModule from 'vscode-oniguruma';
import * as textMateModule from 'vscode-textmate';

import type { StateStack } from 'vscode-textmate';

export type { IGrammar, StateStack } from 'vscode-textmate';

/** Node sees nothing but a default export in a CommonJS module that was made by a bundler; bundlers see its names. */
function commonJs<Module>(module: Module): Module {
  return (module as { readonly default?: Module }).default ?? module;
}

const oniguruma = commonJs(onigurumaModule);
export const { INITIAL, Registry, parseRawGrammar } = commonJs(textMateModule);
export type Registry = textMateModule.Registry;

const engine = {
  createOnigScanner: (sources: string[]) => oniguruma.createOnigScanner(sources),
  createOnigString: (text: string) => oniguruma.createOnigString(text),
};
let starting: Promise<typeof engine> | undefined;

/** Oniguruma, of whose WebAssembly `read` gives the bytes. One for the process, because the library has one instance. */
export function startOniguruma(read: () => Promise<Uint8Array>): Promise<typeof engine> {
  starting ??= read()
    .then((data) => oniguruma.loadWASM({ data }))
    .then(() => engine);
  return starting;
}

/** The names of the scopes that a line begins in which has this state; of the file's own scope first. */
export function openScopesOf(state: StateStack): readonly string[] {
  // Not in the library's types, but in every state that it makes.
  const { contentNameScopesList } = state as { readonly contentNameScopesList?: { getScopeNames(): string[] } | null };
  return contentNameScopesList?.getScopeNames() ?? [];
}
