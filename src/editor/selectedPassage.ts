/** The selected part of one comment, docstring or run of prose: paragraphs with the offsets of their characters. Does not find the passage. */
import type { Border } from './prose/boxBorders.ts';
import type { Position, Range } from './comments.ts';
import type { ContentLine, Passage } from './prose/contentLines.ts';
import { displayWidth } from './displayWidth.ts';
import { betweenParagraphs, isParagraph, outlineOf, type Copied } from './outline.ts';
import { blocksOf, type Block, type ParagraphLines } from './prose/paragraphs.ts';

/** Characters of a paragraph that stand together in one line of the document. Between two pieces the paragraph has one space, or none in Chinese and Japanese. */
export interface Piece extends Position {
  /** In the paragraph's text. */
  readonly start: number;
  readonly end: number;
}

export interface Paragraph {
  /** Its lines, joined. */
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** Markup that stands before the text and stays: a list mark, a documentation tag. */
  readonly lead: string;
  /** Markup that stands behind the text and stays. */
  readonly trail: string;
  /** What a new first line begins with, before the lead. */
  readonly prefix: string;
  /** What the second and later lines begin with. */
  readonly hang: string;
  /** Columns of its lines, with what stands before them; infinite where a paragraph is one line. */
  readonly width: number;
  /** Markup and comment closer behind the last character; empty where other words follow that are not selected. */
  readonly tail: string;
  /** The line of dashes below a title, which is to be as long as the title. */
  readonly underline: (Position & { readonly text: string }) | undefined;
  /** Of the string that the text stands in; empty elsewhere. */
  readonly quote: string;
  /** Behind each of its lines, where a box is drawn around it and its lines are whole. */
  readonly border?: Border | undefined;
}

export interface LineBetween {
  readonly line: number;
}

export interface SelectedPassage {
  readonly kind: Passage['kind'] | 'code';
  readonly paragraphs: readonly Paragraph[];
  /** The paragraphs with the lines between them that a copy repeats. */
  readonly outline: readonly (Paragraph | LineBetween)[];
  /** A new empty line between two paragraphs. */
  readonly separator: string;
  /** What would end the comment if it stood in the text; empty where nothing would. */
  readonly close: string;
  /** On one line together with code. */
  readonly inCode: boolean;
  /** Of a new paragraph; see Paragraph. */
  readonly width: number;
  /** Where a new paragraph can go before and after these, with the parts of them that are not selected: the start of a line, or behind a comment's opener. */
  readonly before: Gap;
  /** The end of a line, or before a comment's closer. */
  readonly after: Gap;
}

export interface Gap extends Position {
  /** A paragraph of the same passage stands on the next line on the far side. */
  readonly touchesText: boolean;
}

interface PassageContext {
  readonly lines: readonly string[];
  readonly tabSize: number;
}

/** Comments that are one line each are wrapped here, unless they were longer. */
const USUAL_WIDTH = 80;
/** Narrower paragraphs were not broken for their width, and say nothing of the others'. */
const LEAST_EVIDENCE = 60;
const LEAST_WIDTH = 40;

/** Chinese and Japanese, with their punctuation: a line ends anywhere in them, and the next one goes on without a space. */
const WITHOUT_SPACE = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\u3001-\u3017\uff01-\uff60]`;
const ENDS_WITHOUT_SPACE = new RegExp(`${WITHOUT_SPACE}$`, 'u');
const BEGINS_WITHOUT_SPACE = new RegExp(`^${WITHOUT_SPACE}`, 'u');
/** Where a line may end. */
const MAY_BREAK = new RegExp(` |${WITHOUT_SPACE}{2}`, 'u');

/** With `exact`, the range is one paragraph even where its line is not prose. Without, paragraphs may be none. */
export function selectedPassage(document: PassageContext, passage: Passage, range: Range, exact = false): SelectedPassage {
  const blocks = blocksOf(passage);
  const width = passage.inCode ? Infinity : widthOf(document, passage, blocks);
  const outline: (Paragraph | Copied)[] = [];
  const touched: ContentLine[] = [];
  for (const block of exact ? [exactBlock(passage, blocks, range)] : blocks) {
    if (block.kind === 'verbatim') {
      outline.push({ line: block.line, copied: block.copied, leads: block.leads === true });
      continue;
    }
    const paragraph = clipped(document, block, range, exact ? Infinity : width, passage.quote);
    if (paragraph === undefined || nests(passage, paragraph)) continue;
    outline.push(paragraph);
    touched.push(block.lines[0]!, block.lines.at(-1)!);
  }
  const between = betweenParagraphs(outline);
  const first = touched[0];
  const last = touched.at(-1);
  return {
    kind: passage.kind,
    paragraphs: between.filter(isParagraph),
    outline: outlineOf(document.lines, between),
    separator: passage.separator,
    close: passage.close,
    inCode: passage.inCode,
    width,
    before: gapBefore(passage, blocks, first?.line ?? 0),
    after: gapAfter(document, passage, blocks, last?.line ?? 0),
  };
}

/** Whether a comment inside the comment begins or ends in the text: its marks could not be told from text. */
function nests({ open, close }: Passage, { text }: Paragraph): boolean {
  return (open !== '' && text.includes(open)) || (close !== '' && text.includes(close));
}

function gapBefore({ kind, lines }: Passage, blocks: readonly Block[], line: number): Gap {
  const content = lines.find((other) => other.line === line);
  return { line, character: content?.shared === true && kind !== 'line' ? content.start : 0, touchesText: hasProse(blocks, line - 1) };
}

function hasProse(blocks: readonly Block[], line: number): boolean {
  return blocks.some((block) => block.kind === 'paragraph' && block.lines[0]!.line <= line && block.lines.at(-1)!.line >= line);
}

function gapAfter(document: PassageContext, { close, lines }: Passage, blocks: readonly Block[], line: number): Gap {
  const index = lines.findIndex((content) => content.line === line);
  const isBeforeCloser = close !== '' && index === lines.length - 1;
  return { line, character: isBeforeCloser ? lines[index]!.end : document.lines[line]!.length, touchesText: hasProse(blocks, line + 1) };
}

/** The block that the range stands in, or its line as a block of its own where that is not prose. */
function exactBlock(passage: Passage, blocks: readonly Block[], { start }: Range): ParagraphLines {
  const block = blocks.find(
    (other) => other.kind === 'paragraph' && other.lines.some(({ line, start: from }) => line === start.line && from <= start.character),
  );
  if (block?.kind === 'paragraph') return block;
  const content = passage.lines.find(({ line }) => line === start.line)!;
  return {
    kind: 'paragraph',
    lead: '',
    trail: '',
    prefix: content.prefix,
    hang: content.prefix,
    lines: [content],
    wraps: false,
    underline: undefined,
  };
}

function clipped(
  { lines, tabSize }: PassageContext,
  block: ParagraphLines,
  { start, end }: Range,
  passageWidth: number,
  quote: string,
): Paragraph | undefined {
  const pieces: Piece[] = [];
  const parts: string[] = [];
  let length = 0;
  let isPartOfLine = false;
  for (const line of block.lines) {
    if (line.line < start.line || line.line > end.line) continue;
    const from = Math.max(line.start, line.line === start.line ? start.character : 0);
    const to = Math.min(line.end, line.line === end.line ? end.character : line.end);
    const raw = lines[line.line]!.slice(from, to);
    const text = raw.trim();
    if (text === '') continue;
    isPartOfLine ||= from > line.start || to < line.end;
    const gap = parts.length === 0 || (ENDS_WITHOUT_SPACE.test(parts.at(-1)!) && BEGINS_WITHOUT_SPACE.test(text)) ? '' : ' ';
    length += gap.length;
    pieces.push({ start: length, end: length + text.length, line: line.line, character: from + raw.length - raw.trimStart().length });
    parts.push(gap + text);
    length += text.length;
  }
  const first = pieces[0];
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const isWhole = first.line === block.lines[0]!.line && first.character === block.lines[0]!.start;
  const endCharacter = last.character + last.end - last.start;
  const lastLine = block.lines.find(({ line }) => line === last.line)!;
  const isCut = endCharacter < lastLine.end;
  const border = isCut ? undefined : block.lines[0]!.border;
  const own = widestOf(lines, block.lines, tabSize);
  return {
    text: parts.join(''),
    pieces,
    lead: isWhole ? block.lead : '',
    trail: isCut ? '' : block.trail,
    prefix: isWhole ? block.prefix : block.hang,
    hang: block.hang,
    width:
      !block.wraps || (isPartOfLine && pieces.length === 1)
        ? Infinity
        : border !== undefined && border.column > 0
          ? border.column - 1
          : block.lines.length > 1
            ? Math.max(own, LEAST_WIDTH)
            : Math.max(own, passageWidth),
    tail: isCut ? '' : lines[last.line]!.slice(endCharacter).trimEnd(),
    underline: block.underline && { line: block.underline.line, character: block.underline.start, text: block.underline.text },
    quote,
    border,
  };
}

/** The width that the passage's broken paragraphs have; without any, the usual one for comments and none for prose. */
function widthOf({ lines, tabSize }: PassageContext, { kind, lines: content }: Passage, blocks: readonly Block[]): number {
  const broken = blocks.flatMap((block) => (block.kind === 'paragraph' && block.lines.length > 1 ? block.lines : []));
  const widest = widestOf(lines, broken, tabSize);
  if (widest >= LEAST_EVIDENCE) return widest;
  return kind === 'prose' ? Infinity : Math.max(USUAL_WIDTH, widestOf(lines, content, tabSize));
}

function widestOf(lines: readonly string[], content: readonly ContentLine[], tabSize: number): number {
  return content.reduce((widest, line) => Math.max(widest, lineWidth(lines, line, tabSize)), 0);
}

/** A line of one word may be as long as it is because nothing can be done about it. */
function lineWidth(lines: readonly string[], { line, start, end, text }: ContentLine, tabSize: number): number {
  return MAY_BREAK.test(text) ? displayWidth(lines[line]!.slice(0, end), tabSize) : displayWidth(lines[line]!.slice(0, start), tabSize);
}
