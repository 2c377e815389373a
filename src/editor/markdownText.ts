/**
 * Comments of a Markdown document: HTML's, and those of the fenced code in focus, which is read in its own language. What in the document is prose its
 * lines tell without a grammar (`literalLines.ts`): a grammar of Markdown brings those of all languages with it, and takes seconds for a long document.
 */
import { commentScan, type Comment, type CommentSyntax } from './comments.ts';
import { fencedCode, linesOfCode, type FencedCode } from './fencedCode.ts';
import type { ScopedText } from './grammar/scopedComments.ts';
import type { LineFocus } from './grammar/tokenizedLines.ts';
import { inSlices } from './inSlices.ts';

export const MARKDOWN = 'markdown';

type Texts = Pick<ScopedText, 'comments' | 'strings'>;

/**
 * Undefined once `isOver` says so.
 * @param readCode lines of the language that is called so; undefined where none is
 */
export async function markdownText(
  lines: readonly string[],
  syntax: CommentSyntax,
  focus: (() => LineFocus) | undefined,
  readCode: (language: string, lines: readonly string[]) => Promise<Texts | undefined>,
  isOver?: () => boolean,
): Promise<ScopedText | undefined> {
  const codes = await inSlices(fencedCode(lines), isOver);
  if (codes === undefined) return undefined;
  const prose = [...lines];
  for (const { first, end } of codes) prose.fill('', first, end);
  const scanned = await inSlices(commentScan(prose, syntax), isOver);
  if (scanned === undefined) return undefined;
  const comments: Comment[] = [...scanned];
  const strings: Comment[] = [];
  for (const code of codes) {
    if (focus === undefined || code.language === '' || !touches(code, focus())) continue;
    const read = await readCode(code.language, linesOfCode(lines, code));
    comments.push(...(read?.comments ?? []).map((comment) => below(comment, code.first)));
    strings.push(...(read?.strings ?? []).map((string) => below(string, code.first)));
  }
  comments.sort((one, other) => one.start.line - other.start.line || one.start.character - other.start.character);
  return { comments, strings, literalLines: new Set() };
}

function touches({ first, end }: FencedCode, focus: LineFocus): boolean {
  return first <= focus.last && focus.first < end;
}

function below(comment: Comment, lines: number): Comment {
  const { start, end } = comment;
  return { ...comment, start: { ...start, line: start.line + lines }, end: { ...end, line: end.line + lines } };
}
