/** XFD: the last column of Excel, and of LibreOffice. */
export const MAX_COLUMNS = 16_384;

/** The last row. */
export const MAX_ROWS = 1_048_576;

/** The row number in a row's `r` attribute (ECMA-376 part 1, 18.3.1.73); null when no sheet has such a row. */
export function parseRowNumber(text: string): number | null {
  if (!/^\d{1,7}$/.test(text)) return null;
  const line = Number(text);
  return line >= 1 && line <= MAX_ROWS ? line : null;
}

/** The 0-based column of a reference such as `AB12` (18.18.62); null when no sheet has such a cell. */
export function parseColumn(reference: string): number | null {
  let column = 0;
  let at = 0;
  for (; at < reference.length && column <= MAX_COLUMNS; at += 1) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  if (column < 1 || column > MAX_COLUMNS) return null;
  // Some programs leave out the row number. Where it differs from that of the row, Excel goes by the row.
  return at === reference.length || parseRowNumber(reference.slice(at)) !== null ? column - 1 : null;
}

/** The reference of a cell, such as `AB12`. */
export function cellReference(column: number, line: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${line}`;
}
