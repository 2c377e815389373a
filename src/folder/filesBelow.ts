/** The files of a folder that a person would call its own: without what the settings hide, what Git ignores, links, and what is too large. Reads none of them. */
import * as vscode from 'vscode';
import { IgnoreRules } from './ignoreRules.ts';

export interface FilesBelow {
  readonly files: readonly vscode.Uri[];
  readonly ignored: number;
  readonly tooLarge: number;
  /** More were there than are looked at. */
  readonly isCut: boolean;
}

/** A source file that a person wrote is smaller. */
const LARGEST_BYTES = 1_000_000;
const MOST_FILES = 20_000;

export async function filesBelow(folder: vscode.Uri, token: vscode.CancellationToken): Promise<FilesBelow> {
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*'), hidden(folder), MOST_FILES, token);
  const top = topOf(folder);
  const rules = await ignoreRules(top, folder, found);
  const own = found.filter((uri) => !isIgnored(rules, top, uri));
  const sizes = await Promise.all(own.map(sizeOf));
  const files = own.filter((_, index) => (sizes[index] ?? Infinity) <= LARGEST_BYTES);
  return {
    files: files.sort((one, other) => (one.path < other.path ? -1 : 1)),
    ignored: found.length - own.length,
    tooLarge: sizes.filter((size) => size !== undefined && size > LARGEST_BYTES).length,
    isCut: found.length >= MOST_FILES,
  };
}

/** By `files.exclude` and `search.exclude`; those that depend on other files are left to the search itself. */
function hidden(folder: vscode.Uri): string | undefined {
  const globs = ['files.exclude', 'search.exclude'].flatMap((name) => {
    const value = vscode.workspace.getConfiguration(undefined, folder).get<Readonly<Record<string, unknown>>>(name);
    return Object.entries(value ?? {}).flatMap(([glob, isOn]) => (isOn === true ? [glob] : []));
  });
  return globs.length === 0 ? undefined : `{${globs.flatMap((glob) => [glob, `${glob}/**`]).join(',')}}`;
}

/** A workspace folder's rules count below it. */
function topOf(folder: vscode.Uri): vscode.Uri {
  return vscode.workspace.getWorkspaceFolder(folder)?.uri ?? folder;
}

async function ignoreRules(top: vscode.Uri, folder: vscode.Uri, found: readonly vscode.Uri[]): Promise<IgnoreRules> {
  const rules = new IgnoreRules();
  const above: vscode.Uri[] = [];
  for (let at = folder; at.path.length >= top.path.length; at = vscode.Uri.joinPath(at, '..')) {
    above.push(vscode.Uri.joinPath(at, '.gitignore'));
    if (at.path === '/') break;
  }
  const below = found.filter(({ path }) => path.endsWith('/.gitignore'));
  const files = new Map([...above, ...below].map((uri) => [uri.toString(), uri]));
  for (const uri of files.values()) {
    try {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      rules.add(relative(top, vscode.Uri.joinPath(uri, '..')), text);
    } catch {
      // There is none in most folders.
    }
  }
  return rules;
}

function isIgnored(rules: IgnoreRules, top: vscode.Uri, uri: vscode.Uri): boolean {
  const path = relative(top, uri);
  return path.startsWith('.git/') || path.includes('/.git/') || rules.ignores(path);
}

function relative(top: vscode.Uri, { path }: vscode.Uri): string {
  return path.slice(top.path.length).replace(/^\/|\/$/g, '');
}

/** Undefined for what is gone, or a link: the file that it leads to is in the folder by itself, or not of it. */
async function sizeOf(uri: vscode.Uri): Promise<number | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.SymbolicLink) === 0 ? size : undefined;
  } catch {
    return undefined;
  }
}
