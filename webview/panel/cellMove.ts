/** Where a key of the keyboard moves the current cell of a heatmap. Pure. */

export interface Cell {
  /** The query's position. */
  readonly row: number;
  /** The key's position. */
  readonly column: number;
}

const PAGE = 10;

/** Undefined for a key that does not move. Without a current cell, a moving key goes to the first cell, an End key to the last one. */
export function movedCell(key: string, withControl: boolean, cell: Cell | undefined, rows: number, columns: number): Cell | undefined {
  const { row, column } = cell ?? { row: 0, column: 0 };
  const last = { row: rows - 1, column: columns - 1 };
  // Without a current cell an arrow shows where one stands before it moves.
  const step = cell === undefined ? 0 : 1;
  const to = (newRow: number, newColumn: number): Cell => ({
    row: Math.min(last.row, Math.max(0, newRow)),
    column: Math.min(last.column, Math.max(0, newColumn)),
  });
  switch (key) {
    case 'ArrowUp':
      return to(row - step, column);
    case 'ArrowDown':
      return to(row + step, column);
    case 'ArrowLeft':
      return to(row, column - step);
    case 'ArrowRight':
      return to(row, column + step);
    case 'PageUp':
      return to(row - PAGE * step, column);
    case 'PageDown':
      return to(row + PAGE * step, column);
    case 'Home':
      return withControl ? to(0, 0) : to(row, 0);
    case 'End':
      return withControl ? last : to(row, last.column);
    default:
      return undefined;
  }
}
