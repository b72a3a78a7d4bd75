export interface FormatCsvOptions {
  /** Guard cells that a spreadsheet would run as a formula. Default false. */
  readonly spreadsheetSafe?: boolean | undefined;
}

const NEEDS_QUOTES = /[",\r\n]/;

// The leading characters named by OWASP's "CSV Injection" page. Apostrophes before one of them are part of
// the pattern so that a guarded cell can be told from one that had an apostrophe of its own.
const LOOKS_LIKE_FORMULA = /^'*[=+\-@\t\r\n]/;
const PLAIN_NUMBER = /^[+-]\d+(?:[.,]\d+)*$/;

/**
 * One row in RFC 4180 form with its CRLF. Cells are quoted only where they must be.
 *
 * With `spreadsheetSafe` a cell that begins like a formula gets a leading apostrophe, which spreadsheets take
 * as "text" and do not show. A plain signed number such as `-12.50` is left alone: it runs nothing, and guarding it
 * would spoil it. `removeFormulaGuard` undoes it exactly.
 */
export function formatCsvRow(cells: readonly string[], options: FormatCsvOptions = {}): string {
  // A bare CRLF would be read as a blank line, not as a row with one empty cell.
  if (cells.length === 1 && cells[0] === '') return '""\r\n';
  const guard = options.spreadsheetSafe ?? false;
  return `${cells.map((cell) => formatCell(guard ? guardFormula(cell) : cell)).join(',')}\r\n`;
}

function formatCell(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function guardFormula(cell: string): string {
  return LOOKS_LIKE_FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `spreadsheetSafe` guarded it. */
export function removeFormulaGuard(cell: string): string {
  return cell.startsWith("'") && LOOKS_LIKE_FORMULA.test(cell) ? cell.slice(1) : cell;
}
