/** Where selections stand after edits, in offsets. Knows no document. */
import type { Span } from '../shared/span.ts';

/** One selection, and its edits in order and apart. */
export interface EditedSelection {
  readonly span: Span;
  readonly edits: readonly (Span & { readonly text: string })[];
}

/** Each selection covers its own new text: all of it where text was replaced, the insertions alone where nothing was. */
export function selectionsAfter(selections: readonly EditedSelection[]): Span[] {
  return selections.map(({ span, edits }, index) => {
    const first = edits[0];
    const last = edits.at(-1);
    const onlyInserts = first !== undefined && edits.every(({ start, end }) => start === end);
    const from = Math.min(first?.start ?? span.start, onlyInserts ? Infinity : span.start);
    const to = Math.max(last?.end ?? span.end, onlyInserts ? 0 : span.end);
    // Of two insertions at one place, the later one goes behind.
    const others = selections.flatMap((other, at) =>
      at === index ? [] : other.edits.filter((edit) => edit.end < from || (edit.end === from && (edit.start < from || at < index))),
    );
    const start = from + growth(others);
    return { start, end: start + to - from + growth(edits) };
  });
}

function growth(edits: readonly (Span & { readonly text: string })[]): number {
  return edits.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
}
