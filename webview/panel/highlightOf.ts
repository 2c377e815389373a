/** What rows or columns of an attention map say about the two texts. Pure: knows maps and spans, no drawing. */
import type { Highlight, SideSpan } from '../../src/shared/highlight.ts';
import type { AttentionMapView } from './mapOf.ts';

/** What queries attended to: the mean of their rows. `values` is `[queries, keys]`, row-major. */
export function rowsHighlight(
  { rows, columns, rowText, columnText }: AttentionMapView,
  values: Float32Array,
  queries: readonly number[],
): Highlight {
  const weightOf = (key: number): number =>
    queries.reduce((sum, query) => sum + values[query * columns.length + key]!, 0) / Math.max(1, queries.length);
  return {
    focus: queries.map((query) => ({ side: rowText, ...rows[query]!.span })),
    attended: columns.map(({ span }, key) => ({ side: columnText, ...span, weight: weightOf(key) })),
  };
}

/** Which queries attended to keys: the sum of their columns. */
export function columnsHighlight(
  { rows, columns, rowText, columnText }: AttentionMapView,
  values: Float32Array,
  keys: readonly number[],
): Highlight {
  const weightOf = (query: number): number => keys.reduce((sum, key) => sum + values[query * columns.length + key]!, 0);
  return {
    focus: keys.map((key) => ({ side: columnText, ...columns[key]!.span })),
    attended: rows.map(({ span }, query) => ({ side: rowText, ...span, weight: weightOf(query) })),
  };
}

/** Of the tokens on characters of either text: what they attended to where they are rows, else which rows attended to them. */
export function placeHighlight(view: AttentionMapView, values: Float32Array, spans: readonly SideSpan[]): Highlight | undefined {
  const on = (side: SideSpan['side'], tokens: AttentionMapView['rows']): number[] =>
    tokens.flatMap(({ span }, position) =>
      spans.some((wanted) => wanted.side === side && wanted.start < span.end && span.start < wanted.end) ? [position] : [],
    );
  const queries = on(view.rowText, view.rows);
  if (queries.length > 0) return rowsHighlight(view, values, queries);
  const keys = on(view.columnText, view.columns);
  return keys.length > 0 ? columnsHighlight(view, values, keys) : undefined;
}
