/**
 * Documents as the pure half of the editor room reads them: with the grammars and the comment syntax that the installed extensions bring. Does not
 * know what is done with the text, nor how or where it is read.
 */
import { readerThread } from '#thread';
import * as vscode from 'vscode';
import type { LineFocus } from './grammar/tokenizedLines.ts';
import { inSlices } from './inSlices.ts';
import { FallbackReader } from './reading/fallbackReader.ts';
import type { TextReader } from './reading/textReader.ts';
import type { SourceDocument } from './sourceText.ts';

export type VersionedDocument = SourceDocument & { readonly version: number };

/** Reads each file of an extension once, through VS Code's file system, so that it also works in the browser. */
export class SourceDocuments implements vscode.Disposable {
  private readonly keys = new Map<vscode.TextDocument, number>();
  private lastKey = 0;
  private reader: TextReader;
  private readonly listeners = [
    vscode.extensions.onDidChange(() => {
      this.reader.dispose();
      this.reader = openReader(this.extensionUri);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      const key = this.keys.get(document);
      if (key !== undefined) this.reader.forget(key);
      this.keys.delete(document);
    }),
  ];

  constructor(private readonly extensionUri: vscode.Uri) {
    this.reader = openReader(extensionUri);
  }

  /** The document as it is when the promise is resolved, and its version then; every comment, or those down to the lines in focus, and the strings there. */
  async read(document: vscode.TextDocument, focus?: () => LineFocus): Promise<VersionedDocument> {
    for (;;) {
      const { version, languageId } = document;
      const isOver = (): boolean => document.version !== version || document.languageId !== languageId;
      const lines = await inSlices(linesOf(document), isOver);
      if (lines === undefined) continue;
      const read = await this.reader.read({ key: this.keyOf(document), languageId, lines }, focus, isOver);
      if (read === undefined || isOver()) continue;
      const editor = vscode.window.visibleTextEditors.find((visible) => visible.document === document);
      const tabSize = editor?.options.tabSize;
      const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
      return { ...read, lines, eol, tabSize: typeof tabSize === 'number' ? tabSize : 4, version };
    }
  }

  /** Finds out what `read` will ask, unhurriedly, until `isOver` says so or the document changes. */
  async readAhead(document: vscode.TextDocument, isOver: () => boolean): Promise<void> {
    const { version, languageId } = document;
    const isChanged = (): boolean => isOver() || document.version !== version || document.languageId !== languageId;
    const lines = await inSlices(linesOf(document), isChanged);
    if (lines !== undefined) await this.reader.readAhead({ key: this.keyOf(document), languageId, lines }, isChanged);
  }

  /** A text that no editor holds. */
  async readText(languageId: string, text: string, focus?: () => LineFocus): Promise<SourceDocument> {
    const lines = text.split(/\r\n|\r|\n/);
    const read = await this.reader.read({ languageId, lines }, focus);
    return { ...read!, lines, eol: text.includes('\r\n') ? '\r\n' : '\n', tabSize: 4 };
  }

  dispose(): void {
    this.reader.dispose();
    for (const listener of this.listeners) listener.dispose();
  }

  private keyOf(document: vscode.TextDocument): number {
    let key = this.keys.get(document);
    if (key === undefined) {
      key = ++this.lastKey;
      this.keys.set(document, key);
    }
    return key;
  }
}

/** With the extensions that are installed now. */
function openReader(extensionUri: vscode.Uri): TextReader {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  const readBuilt = (name: string): Promise<Uint8Array> => readFile(vscode.Uri.joinPath(dist, name));
  const reader = new FallbackReader(
    {
      manifests: vscode.extensions.all.map(({ extensionUri: folder, packageJSON }) => ({ folder, json: packageJSON as unknown })),
      read: (folder, path) => readFile(vscode.Uri.joinPath(folder, path)),
      readEngine: () => readBuilt('onig.wasm'),
    },
    readerThread({ folder: dist.fsPath, read: readBuilt }),
  );
  reader.startThread();
  return reader;
}

function* linesOf(document: vscode.TextDocument): Generator<void, string[]> {
  const lines: string[] = [];
  for (let line = 0; line < document.lineCount; line++) {
    lines.push(document.lineAt(line).text);
    yield;
  }
  return lines;
}

async function readFile(uri: vscode.Uri): Promise<Uint8Array> {
  return vscode.workspace.fs.readFile(uri);
}
