/**
 * Documents as the pure half of the editor room reads them: with the grammars and the comment syntax that the installed extensions bring. Does not
 * know what is done with the text.
 */
import * as vscode from 'vscode';
import { commentScan, type CommentSyntax } from './comments.ts';
import { GrammarLibrary } from './grammar/grammarLibrary.ts';
import { shortcutOf } from './grammar/lineShortcut.ts';
import { scopedText } from './grammar/scopedComments.ts';
import type { IGrammar } from './grammar/textMate.ts';
import { TokenizedLines, type LineFocus } from './grammar/tokenizedLines.ts';
import { inSlices } from './inSlices.ts';
import { configuredComments, syntaxOf, type ConfiguredComments } from './languageConfiguration.ts';
import type { SourceDocument } from './sourceText.ts';

/** A third of the time is left to others. */
const REST_MILLISECONDS = 6;

export type VersionedDocument = SourceDocument & { readonly version: number };

/** Reads each file of an extension once, through VS Code's file system, so that it also works in the browser. */
export class SourceDocuments implements vscode.Disposable {
  private readonly syntaxes = new Map<string, Promise<CommentSyntax>>();
  private readonly tokenized = new Map<vscode.TextDocument, { readonly languageId: string; readonly lines: TokenizedLines }>();
  private library: GrammarLibrary<vscode.Uri> | undefined;
  private readonly listeners = [
    vscode.extensions.onDidChange(() => {
      this.syntaxes.clear();
      this.tokenized.clear();
      this.library = undefined;
    }),
    vscode.workspace.onDidCloseTextDocument((document) => this.tokenized.delete(document)),
  ];

  constructor(private readonly extensionUri: vscode.Uri) {}

  /**
   * The document as it is when the promise is resolved, and its version then; every comment, or those down to the lines in focus, and the strings there. What they are the
   * language's grammar says; where there is none, or it fails, its comment syntax.
   */
  async read(document: vscode.TextDocument, focus?: () => LineFocus): Promise<VersionedDocument> {
    for (;;) {
      const { version, languageId } = document;
      const syntax = await this.syntaxOf(languageId);
      const tokenized = await this.tokenizedOf(document);
      const isOver = (): boolean => document.version !== version || document.languageId !== languageId;
      const readWith = (lines: TokenizedLines | undefined): Promise<Read | undefined> =>
        inSlices(readLines(document, lines, syntax, focus), isOver);
      const read = await readWith(tokenized).catch((error: unknown) => {
        console.warn(`Saccade reads ${languageId} without its grammar:`, error);
        return readWith(undefined);
      });
      if (read === undefined || isOver()) continue;
      const editor = vscode.window.visibleTextEditors.find((visible) => visible.document === document);
      const tabSize = editor?.options.tabSize;
      const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
      return { ...read, eol, tabSize: typeof tabSize === 'number' ? tabSize : 4, syntax, version };
    }
  }

  /** Finds out what `read` will ask, unhurriedly, until `isOver` says so or the document changes. */
  async readAhead(document: vscode.TextDocument, isOver: () => boolean): Promise<void> {
    const { version } = document;
    const tokenized = await this.tokenizedOf(document);
    if (tokenized === undefined) return;
    const tokenize = function* (): Generator<void, void> {
      yield* tokenized.read(yield* linesOf(document));
    };
    await inSlices(tokenize(), () => isOver() || document.version !== version, { restMilliseconds: REST_MILLISECONDS });
  }

  /** A text that no editor holds. */
  async readText(languageId: string, text: string): Promise<SourceDocument> {
    const syntax = await this.syntaxOf(languageId);
    const grammar = await this.grammarOf(languageId);
    const lines = text.split(/\r\n|\r|\n/);
    const read = await inSlices(scanned(lines, grammar && new TokenizedLines(grammar, shortcutOf(languageId)), syntax));
    return { ...read!, eol: text.includes('\r\n') ? '\r\n' : '\n', tabSize: 4, syntax };
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }

  private syntaxOf(languageId: string): Promise<CommentSyntax> {
    let syntax = this.syntaxes.get(languageId);
    if (syntax === undefined) {
      syntax = readSyntax(languageId);
      this.syntaxes.set(languageId, syntax);
    }
    return syntax;
  }

  /** Kept as long as the document is open in its language. */
  private async tokenizedOf(document: vscode.TextDocument): Promise<TokenizedLines | undefined> {
    const { languageId } = document;
    const known = this.tokenized.get(document);
    if (known?.languageId === languageId) return known.lines;
    const grammar = await this.grammarOf(languageId);
    if (grammar === undefined) return undefined;
    const lines = new TokenizedLines(grammar, shortcutOf(languageId));
    this.tokenized.set(document, { languageId, lines });
    return lines;
  }

  private grammarOf(languageId: string): Promise<IGrammar | undefined> {
    this.library ??= new GrammarLibrary({
      manifests: vscode.extensions.all.map(({ extensionUri, packageJSON }) => ({ folder: extensionUri, json: packageJSON as unknown })),
      read: (folder, path) => readFile(vscode.Uri.joinPath(folder, path)),
      readEngine: () => readFile(vscode.Uri.joinPath(this.extensionUri, 'dist', 'onig.wasm')),
    });
    return this.library.of(languageId);
  }
}

type Read = Pick<SourceDocument, 'lines' | 'comments' | 'strings' | 'literalLines'>;

function* readLines(
  document: vscode.TextDocument,
  tokenized: TokenizedLines | undefined,
  syntax: CommentSyntax,
  focus?: () => LineFocus,
): Generator<void, Read> {
  return yield* scanned(yield* linesOf(document), tokenized, syntax, focus);
}

function* linesOf(document: vscode.TextDocument): Generator<void, string[]> {
  const lines: string[] = [];
  for (let line = 0; line < document.lineCount; line++) {
    lines.push(document.lineAt(line).text);
    yield;
  }
  return lines;
}

function* scanned(
  lines: readonly string[],
  tokenized: TokenizedLines | undefined,
  syntax: CommentSyntax,
  focus?: () => LineFocus,
): Generator<void, Read> {
  if (tokenized === undefined) return { lines, comments: yield* commentScan(lines, syntax), strings: [], literalLines: new Set() };
  return { lines, ...(yield* scopedText(lines, yield* tokenized.read(lines, focus), syntax)) };
}

async function readFile(uri: vscode.Uri): Promise<Uint8Array> {
  return vscode.workspace.fs.readFile(uri);
}

async function readSyntax(languageId: string): Promise<CommentSyntax> {
  const configured = await Promise.all(configurationFiles(languageId).map(readComments));
  return syntaxOf(
    languageId,
    configured.filter((comments) => comments !== undefined),
  );
}

function configurationFiles(languageId: string): vscode.Uri[] {
  return vscode.extensions.all.flatMap(({ extensionUri, packageJSON }) => {
    const languages = (packageJSON as { contributes?: { languages?: unknown } } | undefined)?.contributes?.languages;
    if (!Array.isArray(languages)) return [];
    return languages.flatMap((language: { id?: unknown; configuration?: unknown } | null) =>
      language?.id === languageId && typeof language.configuration === 'string'
        ? [vscode.Uri.joinPath(extensionUri, language.configuration)]
        : [],
    );
  });
}

/** A file that cannot be read is as good as none: the syntax then is the fallback's. */
async function readComments(uri: vscode.Uri): Promise<ConfiguredComments | undefined> {
  try {
    return configuredComments(new TextDecoder().decode(await readFile(uri)));
  } catch {
    return undefined;
  }
}
