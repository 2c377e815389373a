/** The documentation of a definition: the comment that it has, or the place for one, and a first line in it. Does not know how definitions are found. */
import type { Comment, Position } from './comments.ts';
import { commentsIn } from './sourceText.ts';
import { inNotation, type DocNotation } from './docNotation.ts';
import type { DocStyle } from './docStyle.ts';
import { displayWidth } from './displayWidth.ts';
import { concatMapped, foreign, original, sliceMapped } from './mappedText.ts';
import { looksLikeLead } from './prose/markup.ts';
import { selectedPassage } from './selectedPassage.ts';
import type { SourceDocument, SourceText } from './sourceText.ts';
import { insertionAbove, withoutCloser, type TargetEdit, type TargetOptions } from './targetText.ts';
import { insertionAt } from './textEdit.ts';
import { wholeLines } from './wholeLines.ts';
import { wrap } from './wrap.ts';

/** Where the first line goes: above the prose of a comment that is there, or into a comment of its own at the start of a line. */
export type DocHome =
  | { readonly kind: 'comment'; readonly source: SourceText; readonly notation: DocNotation }
  | { readonly kind: 'place'; readonly at: Position; readonly indent: string; readonly style: DocStyle };

/** @param line of the definition's first line. Undefined where its body is on that line, so that nothing fits between. */
export function docHome(document: SourceDocument, style: DocStyle, line: number): DocHome | undefined {
  return style.place === 'inside' ? homeInside(document, style, line) : homeAbove(document, style, line);
}

function homeInside(document: SourceDocument, style: DocStyle, line: number): DocHome | undefined {
  const { lines, comments } = document;
  const header = headerEnd(document, line);
  if (header === undefined) return undefined;
  let body = header + 1;
  while (body < lines.length && lines[body]!.trim() === '') body++;
  const docstring = comments.find(({ kind, start }) => kind === 'docstring' && start.line === body);
  const source = docstring && proseOf(document, docstring);
  if (docstring !== undefined && source !== undefined) {
    const isRaw = /[rR]$/.test(lines[body]!.slice(0, docstring.start.character));
    return { kind: 'comment', source, notation: isRaw ? 'plain' : style.notation };
  }
  const own = indentOf(lines[line]!);
  const next = body < lines.length ? indentOf(lines[body]!) : '';
  const isDeeper = next.length > own.length && next.startsWith(own);
  return {
    kind: 'place',
    at: { line: header + 1, character: 0 },
    indent: isDeeper ? next : own + (own.includes('\t') ? '\t' : '    '),
    style,
  };
}

function homeAbove(document: SourceDocument, style: DocStyle, line: number): DocHome {
  const { lines, comments } = document;
  let first = line;
  // Decorators and attributes belong to the definition.
  while (first > 0 && /^\s*(?:@[\w.]+(?:\(.*\))?|#\[.*\]|\[[\w.]+(?:\(.*\))?\])\s*$/.test(lines[first - 1]!)) first--;
  const above = comments.findLast(({ end, start }) => end.line === first - 1 && lines[start.line]!.slice(0, start.character).trim() === '');
  const opens = above !== undefined && lines[above.start.line]!.slice(above.start.character).startsWith(style.open.split(' ')[0]!);
  const source = opens ? proseOf(document, above) : undefined;
  if (source !== undefined) return { kind: 'comment', source, notation: style.notation };
  return { kind: 'place', at: { line: first, character: 0 }, indent: indentOf(lines[line]!), style };
}

/** The prose of a comment, with that of the line comments beside it. Undefined without any. */
function proseOf(document: SourceDocument, { start, end }: Comment): SourceText | undefined {
  const passage = commentsIn(document, { start, end }).find(({ lines }) => lines.some(({ line }) => line === start.line));
  if (passage === undefined) return undefined;
  const [first, last] = [passage.lines[0]!.line, passage.lines.at(-1)!.line];
  const selection = wholeLines(document, first, last);
  const selected = selectedPassage(document, passage, selection);
  if (selected.paragraphs.length === 0) return undefined;
  return { document, selection, passages: [selected], paragraphs: selected.paragraphs };
}

/** The line on which the head of a definition ends with a colon, once its brackets are closed. */
function headerEnd({ lines, comments, strings }: SourceDocument, line: number): number | undefined {
  let depth = 0;
  for (let at = line; at < Math.min(lines.length, line + 200); at++) {
    let code = '';
    for (let character = 0; character < lines[at]!.length; character++) {
      const around = [...comments, ...strings].find(({ start, end }) => isWithin(start, { line: at, character }, end));
      if (around === undefined) code += lines[at]![character]!;
      else if (around.end.line > at) break;
      else character = around.end.character - 1;
    }
    for (const bracket of code.match(/[()[\]{}]/g) ?? []) depth += '([{'.includes(bracket) ? 1 : -1;
    if (depth > 0) continue;
    return code.trimEnd().endsWith(':') ? at : undefined;
  }
  return undefined;
}

function isWithin(start: Position, { line, character }: Position, end: Position): boolean {
  const isFrom = line > start.line || (line === start.line && character >= start.character);
  return isFrom && (line < end.line || (line === end.line && character < end.character));
}

/** @param sentence one line */
export function docLine(document: SourceDocument, home: DocHome, sentence: string, options: TargetOptions): TargetEdit[] {
  if (home.kind === 'comment') return insertionAbove(home.source, inNotation(original(sentence), home.notation, true), options);
  const { at, indent, style } = home;
  const escaped = inNotation(original(sentence), style.notation, false);
  const text = style.close === '' ? escaped : withoutCloser(escaped, style.close.trim());
  // A quote at the text's end would be one of the closing quotes.
  const closer = style.place === 'inside' && text.text.endsWith('"') ? ` ${style.close}` : style.close;
  const column = options.wrapColumn > 0 ? options.wrapColumn : 80;
  const available = (mark: string): number => Math.max(20, column - displayWidth(indent + mark, document.tabSize));
  const spans = wrap(text.text, {
    firstWidth: available(style.open),
    width: available(style.hang),
    lastReserve: displayWidth(closer),
    mayStartLine: (word) => !looksLikeLead(word),
  });
  const isBlock = style.hang === ' * ' && spans.length > 1;
  const lines = spans.map((span, index) =>
    concatMapped([foreign(indent + (index === 0 && !isBlock ? style.open : style.hang)), sliceMapped(text, span)]),
  );
  const eol = foreign(document.eol);
  const open = isBlock ? [foreign(indent + style.open.trimEnd()), eol] : [];
  const close = isBlock ? [eol, foreign(`${indent} */`)] : [foreign(closer)];
  const body = lines.flatMap((line, index) => (index === 0 ? [line] : [eol, line]));
  const { text: inserted, map } = concatMapped([...open, ...body, ...close, eol]);
  const isAtEnd = at.line >= document.lines.length;
  if (!isAtEnd) return [{ ...insertionAt(at, inserted), map }];
  const last = document.lines.length - 1;
  const behind = concatMapped([eol, ...open, ...body, ...close]);
  return [{ ...insertionAt({ line: last, character: document.lines[last]!.length }, behind.text), map: behind.map }];
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)![0];
}
