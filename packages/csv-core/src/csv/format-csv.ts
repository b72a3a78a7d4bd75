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
 * as "text" and do not show; a plain signed number such as `-12.50` runs nothing and is left alone. Every cell is
 * quoted then, as OWASP asks. `removeFormulaGuard` undoes the apostrophe exactly.
 */
export function formatCsvRow(cells: readonly string[], options: FormatCsvOptions = {}): string {
  if (options.spreadsheetSafe === true)
    return `${cells.map((cell) => quote(guardFormula(cell))).join(',')}\r\n`;
  // A bare CRLF would be read as a blank line, not as a row with one empty cell.
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
