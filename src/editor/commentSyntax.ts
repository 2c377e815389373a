/** Comment syntax of the languages that the installed extensions bring, and documents read with it. Does not look at the text. */
import * as vscode from 'vscode';
import type { CommentSyntax } from './comments.ts';
import { configuredComments, syntaxOf, type ConfiguredComments } from './languageConfiguration.ts';
import { sourceDocument, type SourceDocument } from './sourceText.ts';

/** Reads each configuration once, through VS Code's file system, so that it also works in the browser. */
export class CommentSyntaxes implements vscode.Disposable {
  private readonly known = new Map<string, Promise<CommentSyntax>>();
  private readonly listener = vscode.extensions.onDidChange(() => this.known.clear());

  of(languageId: string): Promise<CommentSyntax> {
    let syntax = this.known.get(languageId);
    if (syntax === undefined) {
      syntax = readSyntax(languageId);
      this.known.set(languageId, syntax);
    }
    return syntax;
  }

  /** The document as it is when the promise is resolved, and its version then. */
  async read(document: vscode.TextDocument): Promise<SourceDocument & { readonly version: number }> {
    const syntax = await this.of(document.languageId);
    const editor = vscode.window.visibleTextEditors.find((visible) => visible.document === document);
    const tabSize = editor?.options.tabSize;
    const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    const source = sourceDocument(document.getText().split(/\r\n|\r|\n/), eol, typeof tabSize === 'number' ? tabSize : 4, syntax);
    return { ...source, version: document.version };
  }

  dispose(): void {
    this.listener.dispose();
  }
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
    return configuredComments(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  } catch {
    return undefined;
  }
}
