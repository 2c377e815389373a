/** Loads the grammars of the installed extensions, each when it is first needed, with the engine that runs their expressions. Knows no document. */
import { ContributedGrammars, type Manifest } from './contributedGrammars.ts';
import { ContributedLanguages } from './contributedLanguages.ts';
import { ownGrammar, ownGrammarOf } from './ownGrammars.ts';
import { KIND_COLOURS, KIND_THEME } from './scopeKinds.ts';
import { parseRawGrammar, Registry, startOniguruma, type IGrammar } from './textMate.ts';
import { withoutNameLists } from './withoutNameLists.ts';

/** Where the files come from; VS Code in a browser has no disk. */
export interface GrammarFiles<Folder> {
  readonly manifests: readonly Manifest<Folder>[];
  readonly read: (folder: Folder, path: string) => Promise<Uint8Array>;
  /** Oniguruma as WebAssembly; read once. */
  readonly readEngine: () => Promise<Uint8Array>;
}

/**
 * Languages that are read without the grammars of those that they embed, with the scopes that are left. The others are a dozen and more, and
 * compiling their rules holds the thread for a quarter of a second and more; what they could tell of is quoted code, and markup in comments.
 */
const ALONE: Readonly<Record<string, RegExp>> = {
  ruby: /^source\.ruby$/,
  latex: /^text\.tex(?:\.latex)?$/,
  perl: /^source\.perl$/,
  julia: /^source\.julia$/,
  fsharp: /^source\.fsharp$/,
};

export class GrammarLibrary<Folder> {
  readonly languages: ContributedLanguages;
  private readonly contributed: ContributedGrammars<Folder>;
  private registry: Registry | undefined;
  private readonly known = new Map<string, Promise<IGrammar | undefined>>();

  constructor(private readonly files: GrammarFiles<Folder>) {
    this.contributed = new ContributedGrammars(files.manifests);
    this.languages = new ContributedLanguages(files.manifests);
  }

  /** Undefined where no extension has a grammar for the language, or it cannot be read. */
  of(languageId: string): Promise<IGrammar | undefined> {
    let grammar = this.known.get(languageId);
    if (grammar === undefined) {
      grammar = this.load(languageId);
      this.known.set(languageId, grammar);
    }
    return grammar;
  }

  private async load(languageId: string): Promise<IGrammar | undefined> {
    const isInstalled = (scopeName: string): boolean => this.contributed.fileOf(scopeName) !== undefined;
    const scopeName = ownGrammarOf(languageId, isInstalled) ?? this.contributed.scopeOf(languageId);
    if (scopeName === undefined) return undefined;
    try {
      const alone = Object.hasOwn(ALONE, languageId) ? ALONE[languageId] : undefined;
      const registry = alone ? this.newRegistry((scope) => alone.test(scope)) : (this.registry ??= this.newRegistry(() => true));
      return (await registry.loadGrammar(scopeName)) ?? undefined;
    } catch (error) {
      console.warn(`Saccade reads ${languageId} without its grammar:`, error);
      return undefined;
    }
  }

  /** @param has whether a grammar with that scope is there */
  private newRegistry(has: (scopeName: string) => boolean): Registry {
    return new Registry({
      onigLib: startOniguruma(this.files.readEngine),
      theme: KIND_THEME,
      colorMap: [...KIND_COLOURS],
      loadGrammar: async (scopeName) => {
        if (!has(scopeName)) return undefined;
        const own = ownGrammar(scopeName);
        if (own !== undefined) return parseRawGrammar(own, 'own.json');
        const file = this.contributed.fileOf(scopeName);
        if (file === undefined) return undefined;
        // By the name's end the parser tells JSON from a property list.
        return withoutNameLists(parseRawGrammar(new TextDecoder().decode(await this.files.read(file.folder, file.path)), file.path));
      },
      getInjections: (scopeName) => this.contributed.injectionsInto(scopeName),
    });
  }
}
