/** The comment syntax of languages, from the configurations that installed extensions bring; each file is read once. */
import type { CommentSyntax } from '../comments.ts';
import type { GrammarFiles } from '../grammar/grammarLibrary.ts';
import { configuredComments, syntaxOf, type ConfiguredComments } from '../languageConfiguration.ts';

export class CommentSyntaxes<Folder> {
  private readonly known = new Map<string, Promise<CommentSyntax>>();

  constructor(private readonly files: Pick<GrammarFiles<Folder>, 'manifests' | 'read'>) {}

  of(languageId: string): Promise<CommentSyntax> {
    let syntax = this.known.get(languageId);
    if (syntax === undefined) {
      syntax = this.read(languageId);
      this.known.set(languageId, syntax);
    }
    return syntax;
  }

  private async read(languageId: string): Promise<CommentSyntax> {
    const files = this.files.manifests.flatMap(({ folder, json }) => configurationsOf(json, languageId).map((path) => ({ folder, path })));
    const configured = await Promise.all(files.map(({ folder, path }) => this.readComments(folder, path)));
    return syntaxOf(
      languageId,
      configured.filter((comments) => comments !== undefined),
    );
  }

  /** A file that cannot be read is as good as none: the syntax then is the fallback's. */
  private async readComments(folder: Folder, path: string): Promise<ConfiguredComments | undefined> {
    try {
      return configuredComments(new TextDecoder().decode(await this.files.read(folder, path)));
    } catch {
      return undefined;
    }
  }
}

function configurationsOf(manifest: unknown, languageId: string): string[] {
  const languages = (manifest as { contributes?: { languages?: unknown } } | undefined)?.contributes?.languages;
  if (!Array.isArray(languages)) return [];
  return languages.flatMap((language: { id?: unknown; configuration?: unknown } | null) =>
    language?.id === languageId && typeof language.configuration === 'string' ? [language.configuration] : [],
  );
}
