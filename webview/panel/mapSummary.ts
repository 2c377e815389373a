/** A heatmap in words, for a screen reader. Pure. */

const ROWS_TOLD = 40;

/** Tells the strongest column of each row. `values` is row-major `[rows, columns]`. */
export function mapSummary(values: Float32Array, rowLabels: readonly string[], columnLabels: readonly string[]): string {
  const columns = columnLabels.length;
  const told = rowLabels.slice(0, ROWS_TOLD).map((label, row) => {
    const weights = values.subarray(row * columns, (row + 1) * columns);
    let best = 0;
    for (let column = 1; column < columns; column++) if (weights[column]! > weights[best]!) best = column;
    return `${label} to ${columnLabels[best] ?? ''} ${(weights[best] ?? 0).toFixed(2)}`;
  });
  const rest = rowLabels.length - told.length;
  const more = rest > 0 ? `; and ${rest} more rows` : '';
  return `${rowLabels.length} rows (queries) by ${columns} columns (keys). Strongest key of each query: ${told.join(', ')}${more}.`;
}
