/** The files of the installed extensions as the thread that reads texts is given them: folders by number, of manifests only what it asks for. */
import type { Manifest } from '../grammar/contributedGrammars.ts';
import type { GrammarFiles } from '../grammar/grammarLibrary.ts';
import type { ThreadFile } from './threadMessages.ts';

export interface ServedFiles {
  readonly manifests: readonly Manifest<number>[];
  /** A copy; undefined where it cannot be read. */
  readonly read: (file: ThreadFile | 'engine') => Promise<Uint8Array<ArrayBuffer> | undefined>;
}

export function servedFiles<Folder>(files: GrammarFiles<Folder>): ServedFiles {
  const content = (file: ThreadFile | 'engine'): Promise<Uint8Array> => {
    if (file === 'engine') return files.readEngine();
    const manifest = files.manifests[file.folder];
    return manifest === undefined ? Promise.reject(new Error('There is no such folder.')) : files.read(manifest.folder, file.path);
  };
  return {
    manifests: files.manifests.map(({ json }, folder) => ({ folder, json: { contributes: contributesOf(json) } })),
    read: (file) =>
      content(file).then(
        (bytes) => Uint8Array.from(bytes),
        () => undefined,
      ),
  };
}

function contributesOf(manifest: unknown): object {
  const contributes = (manifest as { contributes?: { grammars?: unknown; languages?: unknown } | null } | null | undefined)?.contributes;
  return { grammars: contributes?.grammars, languages: contributes?.languages };
}
