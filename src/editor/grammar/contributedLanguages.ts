/** What the languages of the installed extensions are called, from their manifests. */
import type { Manifest } from './contributedGrammars.ts';

/** What people call a language, though no extension says so. */
const ALSO: Readonly<Record<string, string>> = { shell: 'shellscript', console: 'shellscript', json5: 'jsonc', golang: 'go' };

export class ContributedLanguages {
  private readonly ids = new Map<string, string>();

  constructor(manifests: readonly Manifest<unknown>[]) {
    const languages = manifests.flatMap(({ json }) => languagesOf(json));
    // Of several languages with a name, the one whose id it is, else whose own name, counts before one whose files end so.
    for (const { id } of languages) this.add(id, id);
    for (const { id, aliases } of languages) for (const alias of strings(aliases)) this.add(alias, id);
    for (const { id, extensions } of languages) for (const extension of strings(extensions)) this.add(extension.replace(/^\./, ''), id);
  }

  /** The id of the language that people call so: by its id, its name or as its files end. */
  named(name: string): string | undefined {
    const key = name.toLowerCase();
    return this.ids.get(key) ?? (Object.hasOwn(ALSO, key) ? ALSO[key] : undefined);
  }

  private add(name: string, id: string): void {
    const key = name.toLowerCase();
    if (!this.ids.has(key)) this.ids.set(key, id);
  }
}

function languagesOf(manifest: unknown): { readonly id: string; readonly aliases?: unknown; readonly extensions?: unknown }[] {
  const languages = (manifest as { contributes?: { languages?: unknown } } | undefined)?.contributes?.languages;
  if (!Array.isArray(languages)) return [];
  return languages.filter((language: { id?: unknown } | null): language is { id: string } => typeof language?.id === 'string');
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
