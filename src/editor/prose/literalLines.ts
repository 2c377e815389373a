/** Follows what is not prose through the lines of a passage: fences, doctests, literal and indented blocks, front matter, licences. */
import { HELP_CODE, HELP_EXAMPLE, HELP_KEYWORD, HELP_LINK } from './containers.ts';
import { depthOf, marginOf, type ContentLine } from './contentLines.ts';
import { displayWidth } from '../displayWidth.ts';
import { fenceOf, type FenceEnd } from './fences.ts';
import { leadOf, legalKind, PLAIN_SECTION, SECTION } from './markup.ts';
import { TEX_BODY, TEX_PREAMBLE, TEX_TITLE } from './texMarkup.ts';
import { DIRECTIVE_BLOCKS } from './toolDirectives.ts';

export class LiteralLines {
  private readonly frontMatter: number;
  private readonly legal: ReadonlySet<number>;
  private fenceEnd: FenceEnd | undefined;
  /** Lines deeper than this are a literal block, whose blank lines belong to it. */
  private blockDepth: number | undefined;
  private preamble = false;
  private doctest = false;
  private example = false;
  /** Of PowerShell's help: before an example's first line, which is code, behind it, or in links. */
  private help: 'example' | 'code' | 'links' | undefined;

  constructor(
    private readonly where: 'comment' | 'prose',
    private readonly lines: readonly ContentLine[],
  ) {
    this.frontMatter = where === 'prose' ? frontMatterLength(lines) : 0;
    this.legal = where === 'comment' ? legalLines(lines) : new Set();
  }

  /**
   * Whether line `index` is not prose. To be asked of every line in order; blank lines are not only inside a fence or a licence.
   * @param bodyDepth of the indented text that the line is in or begins
   */
  take(index: number, mayBeIndented: boolean, bodyDepth?: number): boolean {
    const line = this.lines[index]!;
    if (index < this.frontMatter || this.legal.has(index) || (this.where === 'prose' && TRAILER.test(line.text))) return true;
    if (this.fenceEnd !== undefined) {
      if (this.fenceEnd.test(line.text)) this.fenceEnd = undefined;
      return true;
    }
    if (this.where === 'prose' && this.isPreamble(line)) return true;
    if (line.text === '') {
      this.doctest = false;
      return false;
    }
    return this.continues(line) || this.begins(line) || line.literal === true || (mayBeIndented && this.isIndented(line, index, bodyDepth));
  }

  /** What is deeper than `line` is a literal block. */
  announce(line: ContentLine): void {
    this.blockDepth = depthOf(line);
  }

  private isPreamble({ text, prefix }: ContentLine): boolean {
    if (prefix.trimStart().startsWith('%')) return false;
    this.preamble = TEX_PREAMBLE.test(text) || (this.preamble && !TEX_BODY.test(text));
    return this.preamble && !TEX_TITLE.test(text);
  }

  private continues(line: ContentLine): boolean {
    if (this.blockDepth !== undefined && depthOf(line) > this.blockDepth) return true;
    this.blockDepth = undefined;
    if (this.help !== undefined && !HELP_KEYWORD.test(line.text) && (this.help !== 'code' || HELP_CODE.test(line.text))) {
      if (this.help === 'example') this.help = 'code';
      return true;
    }
    this.help = undefined;
    this.example &&= !/^[@\\][a-z]/.test(line.text);
    return this.doctest || this.example;
  }

  private begins(line: ContentLine): boolean {
    const { text, prefix } = line;
    const fence = fenceOf(text);
    if (fence !== undefined) {
      if (!fence.end.test(text.slice(fence.length))) this.fenceEnd = fence.end;
      return true;
    }
    const end = line.opens ?? DIRECTIVE_BLOCKS.find(([begin]) => begin.test(text))?.[1] ?? (isExpectedOutput(line) ? NEVER : undefined);
    if (end !== undefined) {
      this.fenceEnd = end;
      return true;
    }
    this.doctest = this.where === 'comment' && /^>>>(?:\s|$)/.test(text);
    this.example = /^[@\\](?:example|usage)\b/.test(text);
    if (this.doctest || this.example) return true;
    this.help = HELP_EXAMPLE.test(text) ? 'example' : HELP_LINK.test(text) ? 'links' : undefined;
    if (text === '::' || (/^\.\.\s+(?:_|[\w:-]+::)/.test(text) && leadOf(text) === undefined)) {
      this.announce(line);
      return true;
    }
    return text.startsWith('@') && prefix.endsWith('---'); // Lua annotations: "---@param name type"
  }

  /** Markdown's code by indentation, also in comments that are Markdown. */
  private isIndented(line: ContentLine, index: number, bodyDepth: number | undefined): boolean {
    const above = this.lines[index - 1]?.text ?? '';
    if ((above !== '' && !(SECTION.test(above) && PLAIN_SECTION.test(above))) || line.shared) return false;
    const base = bodyDepth ?? this.leastDepth(line, index);
    const depth = depthOf(line);
    if (depth < base + 4 && !(depth > base && TAB_BEHIND_MARK.test(line.prefix) && leadOf(line.text) === undefined)) return false;
    this.blockDepth = Math.min(base + 3, depth - 1);
    return true;
  }

  /** Of a text with the line's margin, such as the marks of a quotation; of those of a comment, the least that there was. */
  private leastDepth(line: ContentLine, index: number): number {
    const margin = marginOf(line);
    if (this.where === 'prose') return margin === '' ? 0 : displayWidth(margin) + 1;
    const above = this.lines.slice(0, Math.min(index, 50)).filter((other) => other.text !== '' && marginOf(other) === margin);
    return Math.min(...above.map(depthOf));
  }
}

const NEVER = /(?!)/;

/** What an example of Go is to print, to the comment's end; a sentence behind the word is one. */
function isExpectedOutput({ text, prefix }: ContentLine): boolean {
  return prefix.trim() === '//' && /^(?:Unordered o|O)utput:(?!.*\b[a-z]+ [a-z]+ [a-z]+ [a-z]+)/.test(text);
}

/** As Go's comments have code, where their text is behind a space. */
const TAB_BEHIND_MARK = /^\s*\/\/\t/;

/** What Git and those who review add below a message: who, and which other commit or issue. */
const TRAILER = /^[A-Z][\w-]*(?:-by: \S|: (?:#\d|[A-Z]+-\d|https?:\/\/|I?[0-9a-f]{7,40}\b|(?:[^<>]*<)?[^\s<>]+@[^\s<>]+>?$))/;

/** Lines of copyright notices, and of a licence from its paragraph's beginning on: behind it a comment does not come back to its matter. */
function legalLines(lines: readonly ContentLine[]): ReadonlySet<number> {
  const kinds = lines.map(({ text }) => legalKind(text));
  let licence = kinds.indexOf('licence');
  while (licence > 0 && lines[licence - 1]!.text !== '') licence--;
  return new Set([...lines.keys()].filter((index) => kinds[index] === 'notice' || (licence >= 0 && index >= licence)));
}

/** YAML or TOML between rules at the top of a document. */
function frontMatterLength(lines: readonly ContentLine[]): number {
  const rule = lines[0]?.line === 0 ? lines[0].text : '';
  if (rule !== '---' && rule !== '+++') return 0;
  return 1 + lines.findIndex(({ text }, index) => index > 0 && text === rule);
}
