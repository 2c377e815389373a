/** Reads texts on the thread that it is on, a little at a time, with the grammars and configurations of the installed extensions. */
import { commentScan, type CommentSyntax } from '../comments.ts';
import { GrammarLibrary, type GrammarFiles } from '../grammar/grammarLibrary.ts';
import { shortcutOf } from '../grammar/lineShortcut.ts';
import { scopedText, type ScopedText } from '../grammar/scopedComments.ts';
import { TokenizedLines, type LineFocus } from '../grammar/tokenizedLines.ts';
import { inSlices, type Slicing } from '../inSlices.ts';
import { MARKDOWN, markdownText } from '../markdownText.ts';
import { CommentSyntaxes } from './commentSyntaxes.ts';
import type { ReadText, TextReader, TextToRead } from './textReader.ts';

/** Of the time that nobody waits for, a third is left to others. */
const REST_MILLISECONDS = 6;

export class LocalReader<Folder> implements TextReader {
  private readonly syntaxes: CommentSyntaxes<Folder>;
  private readonly grammars: GrammarLibrary<Folder>;
  private readonly kept = new Map<number, { readonly languageId: string; readonly lines: TokenizedLines }>();

  constructor(
    files: GrammarFiles<Folder>,
    private readonly slicing: Slicing = {},
  ) {
    this.syntaxes = new CommentSyntaxes(files);
    this.grammars = new GrammarLibrary(files);
  }

  async read(text: TextToRead, focus?: () => LineFocus, isOver?: () => boolean): Promise<ReadText | undefined> {
    const { languageId, lines } = text;
    const [syntax, tokenized] = await Promise.all([this.syntaxes.of(languageId), this.tokenizedOf(text)]);
    const readWith = async (known: TokenizedLines | undefined): Promise<ScopedText | undefined> =>
      languageId === MARKDOWN
        ? markdownText(lines, syntax, focus, (name, code) => this.readCode(name, code), isOver)
        : inSlices(scanned(lines, known, syntax, focus), isOver, this.slicing);
    const read = await readWith(tokenized).catch((error: unknown) => {
      console.warn(`Saccade reads ${languageId} without its grammar:`, error);
      return readWith(undefined);
    });
    return read && { ...read, syntax };
  }

  async readAhead(text: TextToRead, isOver: () => boolean): Promise<void> {
    const tokenized = await this.tokenizedOf(text);
    if (tokenized === undefined) return;
    await inSlices(tokenized.read(text.lines), isOver, { ...this.slicing, restMilliseconds: REST_MILLISECONDS });
  }

  forget(key: number): void {
    this.kept.delete(key);
  }

  dispose(): void {
    this.kept.clear();
  }

  /** Fenced code: all of it, strings too. */
  private async readCode(name: string, lines: readonly string[]): Promise<ScopedText | undefined> {
    const languageId = this.grammars.languages.named(name);
    if (languageId === undefined || languageId === MARKDOWN) return undefined;
    return this.read({ languageId, lines }, () => ({ first: 0, last: lines.length }));
  }

  private async tokenizedOf({ key, languageId }: TextToRead): Promise<TokenizedLines | undefined> {
    const known = key === undefined ? undefined : this.kept.get(key);
    if (known?.languageId === languageId) return known.lines;
    const grammar = languageId === MARKDOWN ? undefined : await this.grammars.of(languageId);
    if (grammar === undefined) return undefined;
    const lines = new TokenizedLines(grammar, shortcutOf(languageId));
    if (key !== undefined) this.kept.set(key, { languageId, lines });
    return lines;
  }
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
