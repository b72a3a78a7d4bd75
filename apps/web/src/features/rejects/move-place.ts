/** A cell of a grid: a line and a column, from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

interface Extent {
  readonly lines: number;
  readonly columns: number;
  /** How many lines are in sight. */
  readonly page: number;
}

/** Where a key leads from a cell, as people know it from spreadsheets; null for any other key. */
export function placeAfter(
  { line, column }: Place,
  { key, ctrlKey, metaKey }: { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean },
  { lines, columns, page }: Extent,
): Place | null {
  const isFar = ctrlKey || metaKey;
  const at = (toLine: number, toColumn: number): Place => ({
    line: Math.max(0, Math.min(toLine, lines - 1)),
    column: Math.max(0, Math.min(toColumn, columns - 1)),
  });
  switch (key) {
    case 'ArrowUp':
      return at(isFar ? 0 : line - 1, column);
    case 'ArrowDown':
      return at(isFar ? lines - 1 : line + 1, column);
    case 'ArrowLeft':
      return at(line, isFar ? 0 : column - 1);
    case 'ArrowRight':
      return at(line, isFar ? columns - 1 : column + 1);
    case 'PageUp':
      return at(line - page, column);
    case 'PageDown':
      return at(line + page, column);
    case 'Home':
      return at(isFar ? 0 : line, 0);
    case 'End':
      return at(isFar ? lines - 1 : line, columns - 1);
    default:
      return null;
  }
}
