/**
 * Documents as the pure half of the editor room reads them: with the grammars and the comment syntax that the installed extensions bring. Does not
 * know what is done with the text.
 */
import * as vscode from 'vscode';
import { commentScan, type CommentSyntax } from './comments.ts';
import { GrammarLibrary } from './grammar/grammarLibrary.ts';
import { shortcutOf } from './grammar/lineShortcut.ts';
import { scopedText, type ScopedText } from './grammar/scopedComments.ts';
import { TokenizedLines, type LineFocus } from './grammar/tokenizedLines.ts';
import { inSlices } from './inSlices.ts';
import { configuredComments, syntaxOf, type ConfiguredComments } from './languageConfiguration.ts';
import { MARKDOWN, markdownText } from './markdownText.ts';
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
      const tokenized = await this.tokenizedOf(document);
      const isOver = (): boolean => document.version !== version || document.languageId !== languageId;
      const lines = await inSlices(linesOf(document), isOver);
      const read = lines && (await this.readLines(languageId, lines, tokenized, focus, isOver));
      if (read === undefined || isOver()) continue;
      const editor = vscode.window.visibleTextEditors.find((visible) => visible.document === document);
      const tabSize = editor?.options.tabSize;
      const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
      return { ...read, eol, tabSize: typeof tabSize === 'number' ? tabSize : 4, version };
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
    const lines = text.split(/\r\n|\r|\n/);
    const read = await this.readLines(languageId, lines, await this.newTokenized(languageId));
    return { ...read!, eol: text.includes('\r\n') ? '\r\n' : '\n', tabSize: 4 };
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

  /** Undefined once `isOver` says so. */
  private async readLines(
    languageId: string,
    lines: readonly string[],
    tokenized: TokenizedLines | undefined,
    focus?: () => LineFocus,
    isOver?: () => boolean,
  ): Promise<Read | undefined> {
    const syntax = await this.syntaxOf(languageId);
    const readWith = async (known: TokenizedLines | undefined): Promise<ScopedText | undefined> =>
      languageId === MARKDOWN
        ? markdownText(lines, syntax, focus, (name, code) => this.readCode(name, code), isOver)
        : inSlices(scanned(lines, known, syntax, focus), isOver);
    const read = await readWith(tokenized).catch((error: unknown) => {
      console.warn(`Saccade reads ${languageId} without its grammar:`, error);
      return readWith(undefined);
    });
    return read && { ...read, lines, syntax };
  }

  /** All of it, strings too. */
  private async readCode(name: string, lines: readonly string[]): Promise<ScopedText | undefined> {
    const languageId = this.grammars().languages.named(name);
    if (languageId === undefined || languageId === MARKDOWN) return undefined;
    return this.readLines(languageId, lines, await this.newTokenized(languageId), () => ({ first: 0, last: lines.length }));
  }

  /** Kept as long as the document is open in its language. */
  private async tokenizedOf(document: vscode.TextDocument): Promise<TokenizedLines | undefined> {
    const { languageId } = document;
    const known = this.tokenized.get(document);
    if (known?.languageId === languageId) return known.lines;
    const lines = await this.newTokenized(languageId);
    if (lines !== undefined) this.tokenized.set(document, { languageId, lines });
    return lines;
  }

  /** Undefined for a language that is read without a grammar. */
  private async newTokenized(languageId: string): Promise<TokenizedLines | undefined> {
    if (languageId === MARKDOWN) return undefined;
    const grammar = await this.grammars().of(languageId);
    return grammar && new TokenizedLines(grammar, shortcutOf(languageId));
  }

  private grammars(): GrammarLibrary<vscode.Uri> {
    this.library ??= new GrammarLibrary({
      manifests: vscode.extensions.all.map(({ extensionUri, packageJSON }) => ({ folder: extensionUri, json: packageJSON as unknown })),
      read: (folder, path) => readFile(vscode.Uri.joinPath(folder, path)),
      readEngine: () => readFile(vscode.Uri.joinPath(this.extensionUri, 'dist', 'onig.wasm')),
    });
    return this.library;
  }
}

type Read = ScopedText & Pick<SourceDocument, 'lines' | 'syntax'>;

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
): Generator<void, ScopedText> {
  if (tokenized === undefined) return { comments: yield* commentScan(lines, syntax), strings: [], literalLines: new Set() };
  return yield* scopedText(lines, yield* tokenized.read(lines, focus), syntax);
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
