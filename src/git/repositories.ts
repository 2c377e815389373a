/** Repositories as VS Code's git extension shows them to others: the message box and the changes. Alone knows that extension. */
import * as vscode from 'vscode';
import { t } from '../shared/words.ts';

/** Of the extension's API, version 1, what is used here. */
export interface Repository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  readonly state: { readonly indexChanges: readonly unknown[]; readonly onDidChange: vscode.Event<void> };
  /** Brings `state` up to date; by itself that happens only while the window has the focus. */
  status(): Promise<void>;
  /** A unified diff. @param cached of what is staged; else of what is not */
  diff(cached?: boolean): Promise<string>;
  /** The content of a file. @param ref empty for what is staged */
  show(ref: string, path: string): Promise<string>;
}

export interface GitApi {
  readonly repositories: readonly Repository[];
  getRepository(uri: vscode.Uri): Repository | null;
  openRepository(root: vscode.Uri): Promise<Repository | null>;
}

export interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/**
 * The repository that is meant: the one of `hint`, which a menu hands over as its source control or as a file; the only one; or the one that the
 * user chooses. Undefined where there is none, or the user chooses none.
 */
export async function chooseRepository(hint: unknown): Promise<Repository | undefined> {
  const api = await gitApi();
  if (api === undefined) return undefined;
  const uri = hint instanceof vscode.Uri ? hint : (hint as { readonly rootUri?: vscode.Uri } | undefined)?.rootUri;
  const own = uri && api.getRepository(uri);
  if (own) return own;
  if (api.repositories.length <= 1) return api.repositories[0];
  const items = api.repositories.map((repository) => ({
    repository,
    label: repository.rootUri.path.slice(repository.rootUri.path.lastIndexOf('/') + 1),
    description: vscode.workspace.asRelativePath(repository.rootUri),
  }));
  return (await vscode.window.showQuickPick(items, { title: t('Saccade: Repository') }))?.repository;
}

/** Undefined where git is switched off or not installed. */
async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined) return undefined;
  try {
    const exports = await extension.activate();
    return exports.enabled ? exports.getAPI(1) : undefined;
  } catch {
    return undefined;
  }
}
