/** Which grammar belongs to a language, and what goes into it, from the manifests of the installed extensions. Reads no grammar. */

/** An extension's package.json, and what its files' paths are relative to. */
export interface Manifest<Folder> {
  readonly folder: Folder;
  readonly json: unknown;
}

/** A grammar's file. */
export interface GrammarFile<Folder> {
  readonly folder: Folder;
  readonly path: string;
}

/** Of several grammars for one language or scope the last one counts, as in VS Code: an installed extension replaces a built-in one. */
export class ContributedGrammars<Folder> {
  private readonly scopeOfLanguage = new Map<string, string>();
  private readonly files = new Map<string, GrammarFile<Folder>>();
  private readonly injectedInto = new Map<string, string[]>();

  constructor(manifests: readonly Manifest<Folder>[]) {
    for (const { folder, json } of manifests) {
      for (const grammar of grammarsOf(json)) {
        const { language, scopeName, path, injectTo } = grammar;
        if (typeof scopeName !== 'string' || typeof path !== 'string') continue;
        this.files.set(scopeName, { folder, path });
        if (typeof language === 'string') this.scopeOfLanguage.set(language, scopeName);
        if (!Array.isArray(injectTo)) continue;
        for (const target of injectTo)
          if (typeof target === 'string') this.injectedInto.set(target, [...(this.injectedInto.get(target) ?? []), scopeName]);
      }
    }
  }

  scopeOf(languageId: string): string | undefined {
    return this.scopeOfLanguage.get(languageId);
  }

  fileOf(scopeName: string): GrammarFile<Folder> | undefined {
    return this.files.get(scopeName);
  }

  /** What is injected into "source.js" is injected into "source.js.jsx" too. */
  injectionsInto(scopeName: string): string[] {
    const parts = scopeName.split('.');
    return parts.flatMap((_, index) => this.injectedInto.get(parts.slice(0, index + 1).join('.')) ?? []);
  }
}

function grammarsOf(manifest: unknown): readonly Readonly<Record<string, unknown>>[] {
  const grammars = (manifest as { contributes?: { grammars?: unknown } } | undefined)?.contributes?.grammars;
  if (!Array.isArray(grammars)) return [];
  return grammars.filter((grammar): grammar is Record<string, unknown> => typeof grammar === 'object' && grammar !== null);
}
