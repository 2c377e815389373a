/** A heatmap in words, for a screen reader. Pure. */
import { t } from '../../src/shared/words.ts';

const ROWS_TOLD = 40;

/** Tells the strongest column of each row. `values` is row-major `[rows, columns]`. */
export function mapSummary(values: Float32Array, rowLabels: readonly string[], columnLabels: readonly string[]): string {
  const columns = columnLabels.length;
  const told = rowLabels.slice(0, ROWS_TOLD).map((label, row) => {
    const weights = values.subarray(row * columns, (row + 1) * columns);
    let best = 0;
    for (let column = 1; column < columns; column++) if (weights[column]! > weights[best]!) best = column;
    return t('{0} to {1} {2}', label, columnLabels[best] ?? '', (weights[best] ?? 0).toFixed(2));
  });
  const rest = rowLabels.length - told.length;
  const size = t('{0} rows (queries) by {1} columns (keys).', rowLabels.length, columns);
  const strongest =
    rest > 0
      ? t('Strongest key of each query: {0}; and {1} more rows.', told.join(', '), rest)
      : t('Strongest key of each query: {0}.', told.join(', '));
  return `${size} ${strongest}`;
}
