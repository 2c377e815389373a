/** The glossaries of workspace folders and of the settings: read when they change, bad lines marked, terms handed to runs. Knows no run. */
import * as vscode from 'vscode';
import { glossarySetting, GLOSSARY_SETTING } from '../settings.ts';
import { parseGlossary, termsFor, termsIn, type Glossary } from '../shared/glossary.ts';
import type { Language } from '../shared/task.ts';
import type { Term } from '../shared/terms.ts';
import { t } from '../shared/words.ts';

const PLACE = ['.saccade', 'glossary.tsv'] as const;
const MOST_BYTES = 10_000_000;

/** A folder's glossary, whether there is one or not. */
export function glossaryUri(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, ...PLACE);
}

/** The folder that a text belongs to; one that is in none belongs to the first. */
export function folderOf(scope: vscode.Uri | undefined): vscode.WorkspaceFolder | undefined {
  return (scope && vscode.workspace.getWorkspaceFolder(scope)) ?? vscode.workspace.workspaceFolders?.[0];
}

export class Glossaries implements vscode.Disposable {
  /** By address, once they were needed. */
  private readonly read = new Map<string, Promise<Glossary>>();
  private readonly diagnostics = vscode.languages.createDiagnosticCollection('saccade');
  private readonly changeEmitter = new vscode.EventEmitter<void>();
  /** What translations must say may be something else than before. */
  readonly onChange = this.changeEmitter.event;
  private readonly watcher = vscode.workspace.createFileSystemWatcher(`**/${PLACE.join('/')}`);
  private readonly disposables = [
    this.diagnostics,
    this.changeEmitter,
    this.watcher,
    ...[this.watcher.onDidCreate, this.watcher.onDidChange, this.watcher.onDidDelete].map((on) => on((uri) => this.changed(uri))),
    // Not every file system tells of changes.
    vscode.workspace.onDidSaveTextDocument(({ uri }) => this.changed(uri)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(GLOSSARY_SETTING)) this.changeEmitter.fire();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(({ added }) => this.check(added)),
  ];

  constructor() {
    this.check(vscode.workspace.workspaceFolders ?? []);
  }

  /** What translations of the texts into the language must say. */
  async termsFor(scope: vscode.Uri | undefined, language: Language, texts: readonly string[]): Promise<Term[]> {
    const folder = folderOf(scope);
    const { entries } = folder ? await this.glossaryAt(glossaryUri(folder)) : { entries: [] };
    // The folder's own goes before: of equal sources the last counts.
    return termsIn(texts, [...termsFor(glossarySetting(scope ?? folder), language), ...termsFor(entries, language)]);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private glossaryAt(uri: vscode.Uri): Promise<Glossary> {
    const key = uri.toString();
    const known = this.read.get(key);
    if (known) return known;
    const reading = readGlossary(uri).then((glossary) => {
      // A later change has been read meanwhile.
      if (this.read.get(key) === reading) this.mark(uri, glossary);
      return glossary;
    });
    this.read.set(key, reading);
    return reading;
  }

  private changed(uri: vscode.Uri): void {
    const isGlossary = vscode.workspace.workspaceFolders?.some((folder) => glossaryUri(folder).toString() === uri.toString());
    if (!isGlossary) return;
    this.read.delete(uri.toString());
    void this.glossaryAt(uri);
    this.changeEmitter.fire();
  }

  private check(folders: readonly vscode.WorkspaceFolder[]): void {
    for (const folder of folders) void this.glossaryAt(glossaryUri(folder));
  }

  private mark(uri: vscode.Uri, { problems }: Glossary): void {
    const marks = problems.map(({ line, message }) => {
      const mark = new vscode.Diagnostic(
        new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER),
        message,
        vscode.DiagnosticSeverity.Warning,
      );
      mark.source = 'Saccade';
      return mark;
    });
    this.diagnostics.set(uri, marks);
  }
}

/** One that is not there is empty. */
async function readGlossary(uri: vscode.Uri): Promise<Glossary> {
  const broken = (message: string): Glossary => ({ entries: [], problems: [{ line: 0, message }] });
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MOST_BYTES) return broken(t('The glossary is larger than 10 MB, so it is not used. Leave out what you do not need.'));
    return parseGlossary(new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri)));
  } catch (error) {
    if (error instanceof TypeError) return broken(t('The glossary is not UTF-8 text, so it is not used. Save it with that encoding.'));
    return { entries: [], problems: [] };
  }
}
