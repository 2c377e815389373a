/** Which definition the cursor is in: what the language's extension says, or else the looks of its first line. Knows no documentation. */
import * as vscode from 'vscode';
import type { Range } from './comments.ts';
import { belowComment, definitionByLooks, firstCodeLine } from './definitionByLooks.ts';
import type { SourceDocument } from './sourceText.ts';
import { wholeLines } from './wholeLines.ts';

const DOCUMENTED_KINDS: ReadonlySet<vscode.SymbolKind> = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Enum,
  vscode.SymbolKind.Struct,
  vscode.SymbolKind.Module,
]);

/** The innermost one around a line, or the one that a comment on that line is directly above of; from its first line to its last. */
export async function definitionAt(document: vscode.TextDocument, read: SourceDocument, line: number): Promise<Range | undefined> {
  const inner = belowComment(read, line);
  const symbols = await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri);
  const known = Array.isArray(symbols) ? symbols.filter((symbol) => symbol instanceof vscode.DocumentSymbol) : [];
  const symbol = innermost(known, inner);
  if (symbol === undefined) return definitionByLooks(read, inner);
  // A symbol's range may begin with its comment.
  const start = Math.max(symbol.range.start.line, firstCodeLine(read, symbol.range.start.line));
  return wholeLines(read, Math.min(start, symbol.selectionRange.start.line), symbol.range.end.line);
}

function innermost(symbols: readonly vscode.DocumentSymbol[], line: number): vscode.DocumentSymbol | undefined {
  for (const symbol of symbols) {
    if (symbol.range.start.line > line || symbol.range.end.line < line) continue;
    return innermost(symbol.children, line) ?? (DOCUMENTED_KINDS.has(symbol.kind) ? symbol : undefined);
  }
  return undefined;
}
