/** Whether a cell is missing or has no text. */
export function isBlank(cell: string | undefined): boolean {
  return cell === undefined || cell === '' || cell.trim() === '';
}

/** The number of cells up to the last one with text. */
export function lengthWithoutBlankEnd(row: readonly string[]): number {
  let length = row.length;
  while (length > 0 && isBlank(row[length - 1])) length -= 1;
  return length;
}

/** The row without blank cells at its end, but with at least `keep` of its cells. */
export function withoutBlankEnd(row: readonly string[], keep: number): readonly string[] {
  const length = Math.max(keep, lengthWithoutBlankEnd(row));
  return length >= row.length ? row : row.slice(0, length);
}
