export interface FormatCsvOptions {
  /** Whether to guard cells that a spreadsheet would run as a formula. Default false. */
  readonly spreadsheetSafe?: boolean | undefined;
}

const NEEDS_QUOTES = /[",\r\n]/;

// The leading characters that OWASP's "CSV Injection" page names. Cells with an apostrophe before such a character get
// another one, so that removing one apostrophe always gives the original cell.
const LOOKS_LIKE_FORMULA = /^'*[=+\-@\t\r\n]/;
const PLAIN_NUMBER = /^[+-]\d+(?:[.,]\d+)*$/;

/**
 * One row as RFC 4180 describes it, with CRLF at its end. Cells are quoted only where necessary.
 *
 * With `spreadsheetSafe` a cell that begins like a formula gets a leading apostrophe, which makes it text in a
 * spreadsheet and is not shown. A plain signed number such as `-12.50` is not a formula and stays as it is. Every cell
 * is quoted then, as OWASP recommends. `removeFormulaGuard` removes the apostrophe.
 */
export function formatCsvRow(cells: readonly string[], options: FormatCsvOptions = {}): string {
  if (options.spreadsheetSafe === true)
    return `${cells.map((cell) => quote(guardFormula(cell))).join(',')}\r\n`;
  // A line without text would be read as a blank line, not as a row with one empty cell.
  if (cells.length === 1 && cells[0] === '') return '""\r\n';
  return `${cells.map((cell) => (NEEDS_QUOTES.test(cell) ? quote(cell) : cell)).join(',')}\r\n`;
}

function quote(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

function guardFormula(cell: string): string {
  return LOOKS_LIKE_FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `spreadsheetSafe` guarded it. */
export function removeFormulaGuard(cell: string): string {
  return cell.startsWith("'") && LOOKS_LIKE_FORMULA.test(cell) ? cell.slice(1) : cell;
}
