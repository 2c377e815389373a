/** Turns the targets of a selection's paragraphs into edits of the document, wrapped and marked like the source. Does not apply them. */
import { withBorder } from './prose/boxBorders.ts';
import { displayWidth } from './displayWidth.ts';
import { offsetsOf, paragraphMap } from './documentOffsets.ts';
import { concatMapped, foreign, joinMapped, original, replaceMapped, sliceMapped, type MappedText } from './mappedText.ts';
import { looksLikeLead } from './prose/markup.ts';
import type { Gap, LineBetween, Paragraph, SelectedPassage } from './selectedPassage.ts';
import type { SourceDocument, SourceText } from './sourceText.ts';
import { composeMaps, shiftMap, type MappedPiece, type SpanMap } from './spanMap.ts';
import { insideString } from './stringLiteral.ts';
import { insertionAt, textAfter, type TextEdit } from './textEdit.ts';
import { wrap } from './wrap.ts';

/** What the targets are made into. */
export interface TargetOptions {
  /** Column to wrap comments at; 0 keeps the width that the source has. */
  readonly wrapColumn: number;
}

/** An edit of which some characters are the targets'. */
export interface TargetEdit extends TextEdit {
  /** From offsets in the targets, one directly behind the other, to offsets in the edit's text. */
  readonly map: SpanMap;
}

/** Each paragraph's prose by its target; every other character of the document stays. `targets[i]` belongs to `source.paragraphs[i]`. */
export function replacement(source: SourceText, targets: readonly string[], options: TargetOptions): TargetEdit[] {
  const { document } = source;
  return targetsOf(source, targets).flatMap(({ passage, texts }) =>
    passage.paragraphs.flatMap((paragraph, index) => {
      const target = fitText(texts[index]!, passage, paragraph);
      if (target.text === paragraph.text) return [];
      const { pieces, tail, underline, border } = paragraph;
      const [first, last] = [pieces[0]!, pieces.at(-1)!];
      const head = document.lines[first.line]!.slice(0, first.character);
      const lines = wrapped(target, head, paragraph, document, options, border ? 0 : displayWidth(tail));
      const end = last.character + last.end - last.start;
      const edit: TargetEdit = {
        start: { line: first.line, character: first.character },
        end: { line: last.line, character: border ? end + tail.indexOf(border.text) + border.text.length : end },
        ...closedBy(tail, passage, joinMapped(lines, document.eol)),
      };
      if (underline === undefined) return [edit];
      const { line, character } = underline;
      return [
        edit,
        {
          start: { line, character },
          end: { line, character: character + underline.text.length },
          ...foreign(ruleBelow(target.text, underline.text)),
        },
      ];
    }),
  );
}

/**
 * The targets below the source: inside the same comment where it is a block or a docstring, else in lines with the same marks.
 * Empty where the language has no comment that text beside code could go into.
 */
export function insertionBelow(source: SourceText, targets: readonly string[], options: TargetOptions): TargetEdit[] {
  const { document } = source;
  return targetsOf(source, targets).flatMap(({ passage, texts }) => {
    const { kind, paragraphs, outline, separator, after, inCode } = passage;
    if (kind === 'code')
      return besideCode(document, passage, texts[0]!).map((line) => insertion(after, concatMapped([foreign(document.eol), line])));
    // A comment between code and code stays on its line.
    if (inCode && kind !== 'line')
      return paragraphs.map((paragraph, index) =>
        insertion(after, concatMapped([foreign(' ('), fitText(texts[index]!, passage, paragraph), foreign(')')])),
      );
    const copy = outline.flatMap((entry, index) => {
      if (!('text' in entry))
        return [foreign(copiedLine(document, entry, outline[index - 1], texts[paragraphs.indexOf(outline[index - 1] as Paragraph)]?.text))];
      const head = entry.prefix + entry.lead;
      const target = fitText(texts[paragraphs.indexOf(entry)]!, passage, entry);
      const lines = wrapped(target, head, entry, document, options, displayWidth(entry.trail));
      return lines.map((line, at, { length }) =>
        concatMapped([foreign(at === 0 ? head : ''), line, foreign(at === length - 1 ? entry.trail : '')]),
      );
    });
    // One line below one line reads well without an empty one between them.
    const isApart = kind !== 'line' || copy.length > 1 || passage.before.line < after.line;
    const gap = foreign(separator);
    const lines = [...(isApart ? [gap] : []), ...copy, ...(after.touchesText ? [gap] : [])];
    const inserted = concatMapped(lines.flatMap((line) => [foreign(document.eol), line]));
    return [insertion(after, closedBy(document.lines[after.line]!.slice(after.character), passage, inserted))];
  });
}

/**
 * One text as a paragraph of its own above the selected ones, in the same comment. For summaries: one does not stand for what it sums up, so the
 * source stays, and it is read first, as the first line of a docstring is. Empty where there is no comment to put it into.
 */
export function insertionAbove(source: SourceText, target: MappedText, options: TargetOptions): TargetEdit[] {
  const { document } = source;
  const { eol } = document;
  const passage = source.passages[0]!;
  const { kind, paragraphs, separator, before, width } = passage;
  const paragraph = paragraphs[0]!;
  if (kind === 'code') return besideCode(document, passage, target).map((line) => insertion(before, concatMapped([line, foreign(eol)])));
  const { prefix } = paragraph;
  const plain = { ...paragraph, hang: prefix, tail: '', width };
  const text = fitText(target, passage, plain);
  // A string between single quotes stays on its line.
  if (paragraph.quote !== '') return [insertion(before, concatMapped([text, foreign(' ')]))];
  const line = document.lines[before.line]!;
  if (before.character > 0) {
    // The comment's opener stands on this line: the new paragraph takes the place behind it.
    const lines = wrapped(text, line.slice(0, before.character), plain, document, options, 0);
    return [insertion(before, joinMapped([...lines, foreign(separator), foreign(prefix)], eol))];
  }
  const isBehindCode = !line.startsWith(prefix);
  const lines = wrapped(text, prefix, plain, document, options, 0).map((wrappedLine, at) =>
    at === 0 ? concatMapped([foreign(prefix), wrappedLine]) : wrappedLine,
  );
  const all = [...(before.touchesText ? [foreign(separator)] : []), ...lines, ...(isBehindCode ? [] : [foreign(separator)])];
  return [insertion(before, concatMapped(all.flatMap((each) => [each, foreign(eol)])))];
}

/**
 * Where the characters of paragraphs that a replacement leaves alone stand, because their targets are the same: from offsets in the targets, one
 * directly behind the other, to the document's.
 */
export function unchangedMap(source: SourceText, targets: readonly string[]): MappedPiece[] {
  const offsetOf = offsetsOf(source.document);
  return targetsOf(source, targets).flatMap(({ passage, texts }) =>
    passage.paragraphs.flatMap((paragraph, index) => {
      const target = fitText(texts[index]!, passage, paragraph);
      return target.text === paragraph.text ? composeMaps(target.map, paragraphMap(paragraph, offsetOf)) : [];
    }),
  );
}

/** The selection as it reads after the edits; for the clipboard and for previews. */
export function editedText({ document, selection }: SourceText, edits: readonly TextEdit[]): string {
  return textAfter(document.lines, document.eol, selection, edits);
}

/** Deep indentation leaves at least this many columns to the text. */
const LEAST_TEXT_WIDTH = 16;

function insertion(gap: Gap, { text, map }: MappedText): TargetEdit {
  return { ...insertionAt(gap, text), map };
}

/** Each passage with its paragraphs' targets, which know their offsets among all of the source. */
function targetsOf({ passages }: SourceText, targets: readonly string[]): { passage: SelectedPassage; texts: readonly MappedText[] }[] {
  let done = 0;
  let start = 0;
  return passages.map((passage) => {
    const own = targets.slice(done, (done += passage.paragraphs.length));
    const texts = own.map((text) => {
      const { map } = original(text);
      const target = { text, map: shiftMap(map, { from: start }) };
      start += text.length;
      return target;
    });
    return { passage, texts };
  });
}

/** Lines of a paragraph, of which the first goes behind `head`. */
function wrapped(
  target: MappedText,
  head: string,
  { hang, width, border }: Paragraph,
  { tabSize }: SourceDocument,
  { wrapColumn }: TargetOptions,
  lastReserve: number,
): MappedText[] {
  const column = wrapColumn > 0 && Number.isFinite(width) && !border ? wrapColumn : width;
  const lines = wrap(target.text, {
    firstWidth: Math.max(LEAST_TEXT_WIDTH, column - displayWidth(head, tabSize)),
    width: Math.max(LEAST_TEXT_WIDTH, column - displayWidth(hang, tabSize)),
    lastReserve,
    mayStartLine: (word) => !looksLikeLead(word),
  });
  const drawn = lines.map((span, index) => concatMapped([foreign(index === 0 ? '' : hang), sliceMapped(target, span)]));
  return border ? withBorder(drawn, border, head) : drawn;
}

/** One line that cannot end the comment or the string that it goes into. A target without words leaves the source as it was. */
function fitText(target: MappedText, { close }: SelectedPassage, { text, quote }: Paragraph): MappedText {
  const line = oneLine(target);
  if (line.text === '') return foreign(text);
  if (line.text === text) return line;
  // A quote becomes another, so that every character stays where it was.
  if (quote !== '') return { text: insideString(line.text, quote), map: line.map };
  return close === '' ? line : withoutCloser(line, close);
}

/** A space goes into every closer. */
export function withoutCloser(line: MappedText, close: string): MappedText {
  const parts: MappedText[] = [];
  let done = 0;
  // Its last character may be the first one of the next closer, as of six quotes.
  const overlap = close.length > 1 ? 0 : 1;
  for (let at = line.text.indexOf(close); at >= 0; at = line.text.indexOf(close, done + overlap)) {
    const last = at + close.length - 1;
    parts.push(sliceMapped(line, { start: done, end: last }), foreign(' '));
    done = last;
  }
  return concatMapped([...parts, sliceMapped(line, { start: done, end: line.text.length })]);
}

function oneLine(target: MappedText): MappedText {
  const { text } = target;
  const start = text.length - text.trimStart().length;
  const trimmed = sliceMapped(target, { start, end: Math.max(start, text.trimEnd().length) });
  return replaceMapped(trimmed, /\s+/g, (space) => (/[\r\n\u2028\u2029]/.test(space) ? ' ' : space));
}

/** A quote at the text's end would be read as part of the docstring's closing quotes. */
function closedBy(next: string, { close }: SelectedPassage, { text, map }: MappedText): MappedText {
  return { text: close !== '' && next.startsWith(close) && text.endsWith(close.charAt(0)) ? `${text} ` : text, map };
}

function ruleBelow(title: string, rule: string): string {
  return rule.charAt(0).repeat(Math.max(3, displayWidth(title)));
}

/** A line between two paragraphs; the rule below a title is as long as the title's target. */
function copiedLine(
  { lines }: SourceDocument,
  { line }: LineBetween,
  before: Paragraph | LineBetween | undefined,
  target: string | undefined,
): string {
  const text = lines[line]!;
  if (before === undefined || !('text' in before) || before.underline?.line !== line || target === undefined) return text;
  const { character, text: rule } = before.underline;
  return text.slice(0, character) + ruleBelow(target, rule);
}

/** A comment of one line for text that stands in code. */
function besideCode({ syntax }: SourceDocument, { paragraphs }: SelectedPassage, target: MappedText): MappedText[] {
  const indent = paragraphs[0]!.prefix;
  const text = oneLine(target);
  if (syntax.lineComments[0] !== undefined) return [concatMapped([foreign(`${indent}${syntax.lineComments[0]} `), text])];
  const block = syntax.blockComments[0];
  if (block === undefined) return [];
  const [open, close] = block;
  return [concatMapped([foreign(`${indent}${open} `), withoutCloser(text, close), foreign(` ${close}`)])];
}
