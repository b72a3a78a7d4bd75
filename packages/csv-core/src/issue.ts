/** `error` rejects the row; `warning` imports it and says so. */
export type IssueSeverity = 'error' | 'warning';

/** Something to tell the merchant about one row of their file. */
export interface Issue {
  /**
   * The file that the row stands in: its path in the archive, or the name of the workbook's sheet. Null when the
   * upload is one plain file.
   */
  readonly file: string | null;
  /** Number of the row, counted through all files of the upload; the first row below the first header is 1. */
  readonly row: number;
  /**
   * Line of that file on which the row starts, as a text editor counts (the header is usually line 1); in a workbook
   * the number of the sheet's row.
   */
  readonly line: number;
  /** The file's own header of the column, or null when the issue is about the row as a whole. */
  readonly column: string | null;
  /** Stable, for programs. */
  readonly code: string;
  /** For people: what is wrong and what to do. */
  readonly message: string;
  /** The cell's text, cut to {@link maxIssueValueLength} characters; null when the cell is blank or there is none. */
  readonly value: string | null;
  readonly severity: IssueSeverity;
}

/** Longest cell text that an issue repeats, in UTF-16 units. */
export const maxIssueValueLength = 200;

/** The text as an issue may carry it: short, and without what Postgres or JSON readers refuse (U+0000, lone surrogates). */
export function quoteForIssue(text: string): string {
  const cut = text.length > maxIssueValueLength ? `${text.slice(0, maxIssueValueLength)}…` : text;
  return cut.replaceAll('\u0000', '\u2400').toWellFormed();
}
