import { storableText } from './text/shown-text.js';

/** `error` rejects the row, or says that a file could not be read; `warning` imports it and says so. */
export type IssueSeverity = 'error' | 'warning';

/** Something to tell the merchant about a file, or about one row of it. */
export interface Issue {
  /**
   * The file that is meant: its path in the archive, or the name of the workbook's sheet. Null when the upload is one
   * plain file.
   */
  readonly file: string | null;
  /**
   * Number of the row, counted through all files of the upload; the first row below the first header is 1. Null when the
   * issue is about the file as a whole.
   */
  readonly row: number | null;
  /**
   * Line of that file on which the row starts, as a text editor counts (the header is usually line 1); in a workbook
   * the number of the sheet's row. Null when the issue is about the file as a whole.
   */
  readonly line: number | null;
  /** The file's own header of the column, or null when the issue is about the row or the file as a whole. */
  readonly column: string | null;
  /** Stable, for programs. */
  readonly code: string;
  /** For people: what is wrong and what to do. */
  readonly message: string;
  /**
   * What was found, cut to {@link maxIssueValueLength} characters: the cell's text, or some text of the row or the file;
   * null when the cell is blank or there is none.
   */
  readonly value: string | null;
  readonly severity: IssueSeverity;
}

/** An issue that is about one row for sure. */
export interface RowIssue extends Issue {
  readonly row: number;
  readonly line: number;
}

/** Codes of what is found while a file is received, before anybody maps its rows. */
export const fileIssueCodes = ['unread_file', 'uncertain_encoding', 'slipped_row', 'more_issues'] as const;

export type FileIssueCode = (typeof fileIssueCodes)[number];

/** Longest cell text that an issue repeats, in UTF-16 units. */
export const maxIssueValueLength = 200;

/** The text as an issue may carry it: short and {@link storableText storable}. */
export function quoteForIssue(text: string): string {
  return storableText(text.length > maxIssueValueLength ? `${text.slice(0, maxIssueValueLength)}…` : text);
}
