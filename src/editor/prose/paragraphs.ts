/** Groups the content of a passage into paragraphs of prose and lines that stay as they are. Does not know comment markers or selections. */
import { isTerm } from './containers.ts';
import { depthOf, marginOf, type ContentLine, type Passage } from './contentLines.ts';
import { displayWidth } from '../displayWidth.ts';
import { isSentence, sectionStyleOf, swiftLeadLength, type SectionStyle } from './docSections.ts';
import { hangOf, type OpenKind } from './hangOf.ts';
import { IndentedBody } from './indentedBody.ts';
import { LiteralLines } from './literalLines.ts';
import { GOOGLE_ITEM, GOOGLE_RETURN, ITEM_SECTION, leadOf, PLAIN_SECTION, RETURN_SECTION, trailLength, verbatimKind } from './markup.ts';
import { withoutQuoteMarks } from './quotedLines.ts';
import { columnLengths, defaultLength, type ColumnLengths } from './tableLines.ts';

export interface ParagraphLines {
  readonly kind: 'paragraph';
  /** Markup before the prose of the first line; empty where there is none. */
  readonly lead: string;
  /** Markup behind the prose of the last line: a closing element, a line break. */
  readonly trail: string;
  /** What a new first line begins with, before the lead. */
  readonly prefix: string;
  /** What the second and later lines begin with. */
  readonly hang: string;
  /** Prose alone: without markup before and behind it. Never empty. */
  readonly lines: readonly ContentLine[];
  /** False for headings and the like, which are one line whatever their length. */
  readonly wraps: boolean;
  /** The line of dashes below a title, as long as the title. */
  readonly underline: ContentLine | undefined;
}

export interface VerbatimLine {
  readonly kind: 'verbatim';
  readonly line: number;
  /** A copy of the passage repeats it: blank lines, headings; not code. */
  readonly copied: boolean;
  /** Markup of the paragraph below it, such as a tag alone on its line. */
  readonly leads?: boolean;
}

export type Block = ParagraphLines | VerbatimLine;

interface Open {
  readonly lead: string;
  readonly leadKind: OpenKind | undefined;
  readonly prefix: string;
  readonly depth: number;
  readonly lines: ContentLine[];
  trail: string;
  hang: string | undefined;
  wraps: boolean;
}

interface Section {
  readonly style: SectionStyle;
  readonly name: string;
  readonly depth: number;
  itemDepth: number | undefined;
}

const LINE_OF_RULE = /^([-=~^"'`+#*])\1{2,}$/;

export function blocksOf({ kind, lines, open, baseDepth }: Passage): Block[] {
  if (kind === 'prose') return new Grouping('prose', true, undefined, lines).blocks;
  const mayHoldCode = baseDepth !== undefined || (kind !== 'docstring' && kind !== 'string');
  return new Grouping('comment', mayHoldCode, baseDepth, withoutQuoteMarks(lines, open)).blocks;
}

class Grouping {
  readonly blocks: Block[] = [];
  private open: Open | undefined;
  private readonly literals: LiteralLines;
  private readonly columns: ColumnLengths;
  private section: Section | undefined;
  /** Of the list item or tag whose paragraphs may be indented without being code. */
  private listDepth: number | undefined;
  private readonly body = new IndentedBody();

  constructor(
    private readonly where: 'comment' | 'prose',
    mayHoldIndentedCode: boolean,
    baseDepth: number | undefined,
    private readonly lines: readonly ContentLine[],
  ) {
    this.literals = new LiteralLines(where, lines);
    this.columns = columnLengths(lines);
    lines.forEach((line, index) => {
      // Further indentation is not code where markup asks for it.
      const isPlain = this.section === undefined || PLAIN_SECTION.test(this.section.name);
      const bodyDepth = this.body.depthAt(line);
      const isInList = this.listDepth !== undefined && (where === 'comment' || bodyDepth === undefined);
      const mayBeIndentedCode = mayHoldIndentedCode && !isInList && isPlain;
      if (this.literals.take(index, mayBeIndentedCode, bodyDepth ?? baseDepth)) this.verbatim(line, false);
      else if (this.columns.get(line.line) === Infinity) this.verbatim(line, false);
      else if (line.text === '') this.verbatim(line, true);
      else if (!this.isStructure(line, index)) this.prose(line);
    });
    this.close();
  }

  /** Headings of sections, rules, tables, directives; taken as they are. */
  private isStructure(line: ContentLine, index: number): boolean {
    const { text } = line;
    const depth = depthOf(line);
    if (this.section !== undefined && depth < this.section.depth + (this.section.style === 'numpy' ? 0 : 1)) this.section = undefined;
    const style = this.where === 'comment' ? sectionStyleOf(text, this.lines[index + 1]?.text) : undefined;
    if (style !== undefined) {
      this.section = { style, name: text, depth, itemDepth: undefined };
      this.verbatim(line, true);
      return true;
    }
    if (this.section?.style === 'numpy' && depth === this.section.depth && !PLAIN_SECTION.test(this.section.name) && !isSentence(text)) {
      if (this.lines[index + 1] === undefined || !LINE_OF_RULE.test(this.lines[index + 1]!.text)) {
        this.verbatim(line, true);
        return true;
      }
      this.section = undefined;
    }
    const kind = verbatimKind(text, this.where);
    if (kind === undefined) return false;
    this.underlines(line);
    this.verbatim(line, kind === 'structure');
    return true;
  }

  private underlines(line: ContentLine): void {
    const open = this.open;
    const title = open?.lines[0];
    if (
      open?.lines.length !== 1 ||
      title === undefined ||
      open.lead !== '' ||
      !LINE_OF_RULE.test(line.text) ||
      line.prefix !== title.prefix
    )
      return;
    if (displayWidth(title.text) !== displayWidth(line.text)) return;
    open.wraps = false;
    this.close(line);
  }

  private prose(line: ContentLine): void {
    const lead = this.leadAt(line);
    if (lead === undefined && this.open !== undefined && this.continues(this.open, line)) {
      this.open.lines.push(line);
      if (this.open.lines.length === 2) this.open.hang = line.prefix;
    } else {
      this.close();
      const length = lead?.length ?? 0;
      const depth = depthOf(line);
      const isAlone = length >= line.text.length;
      if (lead?.kind === 'container' || (isAlone && lead?.kind === 'field')) this.body.begin(depth);
      else if (lead?.kind === 'list') this.body.begin(depth, depth + displayWidth(line.text.slice(0, length)));
      if (isAlone) {
        this.verbatim(line, true, !line.shared);
        return;
      }
      if (lead?.kind === 'list' || lead?.kind === 'tag' || lead?.kind === 'field') this.listDepth = depth;
      else if (depth <= (this.listDepth ?? depth)) this.listDepth = undefined;
      this.open = {
        lead: line.text.slice(0, length),
        leadKind: lead?.kind,
        prefix: line.prefix,
        depth,
        lines: [{ ...line, start: line.start + length, text: line.text.slice(length) }],
        trail: '',
        hang: undefined,
        wraps: lead?.kind !== 'heading' && lead?.kind !== 'container',
      };
    }
    this.endsHere(this.open, line);
  }

  /** Markup at the line's end, a hard line break, a literal block that is announced. */
  private endsHere(open: Open, line: ContentLine): void {
    const last = open.lines.at(-1)!;
    const markup = trailLength(last === open.lines[0] ? open.lead + last.text : last.text);
    const trail = markup === 0 && open.leadKind === 'row' ? defaultLength(last.text) : markup;
    if (trail > 0 && trail < last.text.length) {
      open.trail = last.text.slice(-trail);
      open.lines[open.lines.length - 1] = { ...last, text: last.text.slice(0, -trail), end: last.end - trail };
      if (line.text.endsWith('::')) this.literals.announce(line);
      this.close();
    } else if (this.where === 'prose' && line.hardBreak) {
      open.trail = '  ';
      this.close();
    } else if (!open.wraps || line.cut === true) {
      this.close();
    }
  }

  private leadAt(line: ContentLine): { length: number; kind: OpenKind } | undefined {
    const section = this.section;
    if (section?.style === 'google' && depthOf(line) > section.depth && (section.itemDepth ?? depthOf(line)) === depthOf(line)) {
      const pattern = ITEM_SECTION.test(section.name)
        ? GOOGLE_ITEM
        : RETURN_SECTION.test(section.name) && section.itemDepth === undefined
          ? GOOGLE_RETURN
          : undefined;
      const match = pattern?.exec(line.text.slice(0, 300));
      section.itemDepth ??= depthOf(line);
      if (match) return { length: match[0].length, kind: 'item' };
    }
    if (this.where === 'comment') {
      const isParameter = section?.style === 'swift' && depthOf(line) > section.depth;
      const length = swiftLeadLength(line.text, line.prefix, isParameter);
      if (length !== undefined) return { length, kind: 'list' };
    }
    const lead = leadOf(line.text);
    const before = this.columns.get(line.line) ?? 0;
    return before > (lead?.length ?? 0) ? { length: before, kind: lead?.kind ?? 'row' } : lead;
  }

  private continues(open: Open, line: ContentLine): boolean {
    const first = open.lines[0]!;
    const depth = depthOf(line);
    if (line.shared || line.line !== open.lines.at(-1)!.line + 1) return false;
    if (open.lines.length > 1) return line.prefix === open.hang;
    if (first.shared) return true;
    if (open.leadKind === 'list' && marginOf(line) === marginOf(first))
      return depth > open.depth || (this.where === 'prose' && depth === open.depth);
    if (open.leadKind === 'item' || open.leadKind === 'row') return depth > open.depth;
    if (depth < open.depth || marginOf(line) !== marginOf(first)) return false;
    if (depth === open.depth || open.lead !== '') return true;
    if (first.text.endsWith(':')) return false;
    const isDefined = isTerm(first.text, line.text, this.where);
    if (isDefined) this.body.begin(open.depth, depth);
    return !isDefined;
  }

  private close(underline?: ContentLine): void {
    const open = this.open;
    this.open = undefined;
    if (open === undefined) return;
    const { lead, leadKind, trail, prefix, lines, wraps } = open;
    const hang = open.hang ?? hangOf(prefix, lead, leadKind);
    this.blocks.push({ kind: 'paragraph', lead, trail, prefix, hang, lines, wraps, underline });
  }

  private verbatim(line: ContentLine, copied: boolean, leads = false): void {
    this.close();
    if (line.text !== '' && depthOf(line) <= (this.listDepth ?? -1)) this.listDepth = undefined;
    this.blocks.push({ kind: 'verbatim', line: line.line, copied, leads });
  }
}
