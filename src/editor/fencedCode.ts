/** Fenced code of a Markdown document: which lines it is, and what it says it is. Knows no language. */
import { fenceOf, type Fence } from './prose/fences.ts';

/** The lines between two fences, half-open. */
export interface FencedCode {
  readonly first: number;
  readonly end: number;
  /** As the fence has it: "py", "JavaScript". Empty where it has none. */
  readonly language: string;
}

const QUOTE_MARKS = /^(?:\s{0,3}>)+/;
const CODE_FENCE = /^(?:[-*+]\s+|\d+\.\s+)?(?:`{3,}|~{3,})\s*\{?\.?([\w#+-]*)/;

/** In order. What no fence ends goes on to the end of the document. Yields after each line. */
export function* fencedCode(lines: readonly string[]): Generator<void, FencedCode[]> {
  const codes: FencedCode[] = [];
  let open: { readonly fence: Fence; readonly first: number; readonly language: string | undefined } | undefined;
  const close = (end: number): void => {
    if (open?.language !== undefined) codes.push({ first: open.first, end, language: open.language });
    open = undefined;
  };
  for (const [line, text] of lines.entries()) {
    const content = text.replace(QUOTE_MARKS, '').trim();
    if (open !== undefined) {
      if (open.fence.end.test(content)) close(line);
    } else {
      const fence = fenceOf(content);
      if (fence !== undefined && !fence.end.test(content.slice(fence.length)))
        open = { fence, first: line + 1, language: CODE_FENCE.exec(content)?.[1] };
    }
    yield;
  }
  close(lines.length);
  return codes;
}

/** Without the margin of a quotation, each character where it was. */
export function linesOfCode(lines: readonly string[], { first, end }: FencedCode): string[] {
  return lines.slice(first, end).map((text) => text.replace(QUOTE_MARKS, (marks) => ' '.repeat(marks.length)));
}
