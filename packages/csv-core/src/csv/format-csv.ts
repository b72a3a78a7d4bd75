export interface FormatCsvOptions {
  /** Guard cells that a spreadsheet would run as a formula. Default false. */
  readonly spreadsheetSafe?: boolean | undefined;
}

/** One row with its CRLF. */
export function formatCsvRow(cells: readonly string[], options: FormatCsvOptions = {}): string {
  throw new Error(`to do ${cells.length} ${options.spreadsheetSafe}`);
}
