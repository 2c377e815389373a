/** Turns the targets of a selection's paragraphs into edits of the document, wrapped and marked like the source. Does not apply them. */
import { displayWidth } from './displayWidth.ts';
import { looksLikeLead } from './markup.ts';
import type { LineBetween, Paragraph, SelectedPassage } from './selectedPassage.ts';
import type { SourceDocument, SourceText } from './sourceText.ts';
import { insideString } from './stringLiteral.ts';
import { insertionAt, textAfter, type TextEdit } from './textEdit.ts';
import { wrap } from './wrap.ts';

/** What the targets are made into. */
export interface TargetOptions {
  /** Column to wrap comments at; 0 keeps the width that the source has. */
  readonly wrapColumn: number;
}

/** Each paragraph's prose by its target; every other character of the document stays. `targets[i]` belongs to `source.paragraphs[i]`. */
export function replacement(source: SourceText, targets: readonly string[], options: TargetOptions): TextEdit[] {
  const { document } = source;
  return targetsOf(source, targets).flatMap(({ passage, texts }) =>
    passage.paragraphs.flatMap((paragraph, index) => {
      const text = fitText(texts[index]!, passage, paragraph);
      if (text === paragraph.text) return [];
      const { pieces, tail, underline } = paragraph;
      const [first, last] = [pieces[0]!, pieces.at(-1)!];
      const head = document.lines[first.line]!.slice(0, first.character);
      const edit: TextEdit = {
        start: { line: first.line, character: first.character },
        end: { line: last.line, character: last.character + last.end - last.start },
        text: closedBy(tail, passage, wrapped(text, head, paragraph, document, options, displayWidth(tail)).join(document.eol)),
      };
      if (underline === undefined) return [edit];
      const { line, character } = underline;
      return [
        edit,
        { start: { line, character }, end: { line, character: character + underline.text.length }, text: ruleBelow(text, underline.text) },
      ];
    }),
  );
}

/**
 * The targets below the source: inside the same comment where it is a block or a docstring, else in lines with the same marks.
 * Empty where the language has no comment that text beside code could go into.
 */
export function insertionBelow(source: SourceText, targets: readonly string[], options: TargetOptions): TextEdit[] {
  const { document } = source;
  return targetsOf(source, targets).flatMap(({ passage, texts }) => {
    const { kind, paragraphs, outline, separator, after, inCode } = passage;
    if (kind === 'code') return besideCode(document, passage, texts[0]!).map((line) => insertionAt(after, document.eol + line));
    // A comment between code and code stays on its line.
    if (inCode && kind !== 'line')
      return paragraphs.map((paragraph, index) => insertionAt(after, ` (${fitText(texts[index]!, passage, paragraph)})`));
    const copy = outline.flatMap((entry, index) => {
      if (!('text' in entry))
        return [copiedLine(document, entry, outline[index - 1], texts[paragraphs.indexOf(outline[index - 1] as Paragraph)])];
      const head = entry.prefix + entry.lead;
      return wrapped(
        fitText(texts[paragraphs.indexOf(entry)]!, passage, entry),
        head,
        entry,
        document,
        options,
        displayWidth(entry.trail),
      ).map((line, at, { length }) => (at === 0 ? head : '') + line + (at === length - 1 ? entry.trail : ''));
    });
    // One line below one line reads well without an empty one between them.
    const isApart = kind !== 'line' || copy.length > 1 || passage.before.line < after.line;
    const lines = [...(isApart ? [separator] : []), ...copy, ...(after.touchesText ? [separator] : [])];
    const inserted = lines.map((line) => document.eol + line).join('');
    return [insertionAt(after, closedBy(document.lines[after.line]!.slice(after.character), passage, inserted))];
  });
}

/**
 * One text as a paragraph of its own above the selected ones, in the same comment. For summaries: one does not stand for what it sums up, so the
 * source stays, and it is read first, as the first line of a docstring is. Empty where there is no comment to put it into.
 */
export function insertionAbove(source: SourceText, target: string, options: TargetOptions): TextEdit[] {
  const { document } = source;
  const passage = source.passages[0]!;
  const { kind, paragraphs, separator, before, width } = passage;
  const paragraph = paragraphs[0]!;
  if (kind === 'code') return besideCode(document, passage, target).map((line) => insertionAt(before, line + document.eol));
  const { prefix } = paragraph;
  const plain = { ...paragraph, hang: prefix, tail: '', width };
  const text = fitText(target, passage, plain);
  const line = document.lines[before.line]!;
  if (before.character > 0) {
    // The comment's opener stands on this line: the new paragraph takes the place behind it.
    const lines = wrapped(text, line.slice(0, before.character), plain, document, options, 0);
    return [insertionAt(before, [...lines, separator, prefix].join(document.eol))];
  }
  const isBehindCode = !line.startsWith(prefix);
  const lines = wrapped(text, prefix, plain, document, options, 0).map((wrappedLine, at) =>
    at === 0 ? prefix + wrappedLine : wrappedLine,
  );
  const all = [...(before.touchesText ? [separator] : []), ...lines, ...(isBehindCode ? [] : [separator])];
  return [insertionAt(before, all.map((each) => each + document.eol).join(''))];
}

/** The selection as it reads after the edits; for the clipboard and for previews. */
export function editedText({ document, selection }: SourceText, edits: readonly TextEdit[]): string {
  return textAfter(document.lines, document.eol, selection, edits);
}

/** Deep indentation leaves at least this many columns to the text. */
const LEAST_TEXT_WIDTH = 16;

function targetsOf({ passages }: SourceText, targets: readonly string[]): { passage: SelectedPassage; texts: readonly string[] }[] {
  let done = 0;
  return passages.map((passage) => ({ passage, texts: targets.slice(done, (done += passage.paragraphs.length)) }));
}

/** Lines of a paragraph, of which the first goes behind `head`. */
function wrapped(
  text: string,
  head: string,
  { hang, width }: Paragraph,
  { tabSize }: SourceDocument,
  { wrapColumn }: TargetOptions,
  lastReserve: number,
): string[] {
  const column = wrapColumn > 0 && Number.isFinite(width) ? wrapColumn : width;
  const lines = wrap(text, {
    firstWidth: Math.max(LEAST_TEXT_WIDTH, column - displayWidth(head, tabSize)),
    width: Math.max(LEAST_TEXT_WIDTH, column - displayWidth(hang, tabSize)),
    lastReserve,
    mayStartLine: (word) => !looksLikeLead(word),
  });
  return lines.map((line, index) => (index === 0 ? line : hang + line));
}

/** One line that cannot end the comment or the string that it goes into. A target without words leaves the source as it was. */
function fitText(target: string, { close }: SelectedPassage, { text, quote }: Paragraph): string {
  const line = oneLine(target);
  if (line === '' || line === text) return text;
  if (quote !== '') return insideString(line, quote);
  if (close === '') return line;
  return line.replaceAll(close, `${close.slice(0, -1)} ${close.slice(-1)}`);
}

function oneLine(text: string): string {
  const lines = text.split(/[\r\n\u2028\u2029]+/).map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}

/** A quote at the text's end would be read as part of the docstring's closing quotes. */
function closedBy(next: string, { close }: SelectedPassage, text: string): string {
  return close !== '' && next.startsWith(close) && text.endsWith(close.charAt(0)) ? `${text} ` : text;
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
function besideCode({ syntax }: SourceDocument, { paragraphs }: SelectedPassage, target: string): string[] {
  const indent = paragraphs[0]!.prefix;
  const text = oneLine(target);
  if (syntax.lineComments[0] !== undefined) return [`${indent}${syntax.lineComments[0]} ${text}`];
  const block = syntax.blockComments[0];
  return block === undefined ? [] : [`${indent}${block[0]} ${text.replaceAll(block[1], '')} ${block[1]}`];
}
