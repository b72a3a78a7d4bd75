import { storableText } from './text/shown-text.js';
import { valueProblemCodes } from './values/value-result.js';

/** `error`: the row is rejected, or the file could not be read. `warning`: the row is imported. */
export type IssueSeverity = 'error' | 'warning';

/** A problem of a file, or of one row of it, for the merchant. */
export interface Issue {
  /**
   * The file with the problem: its path in the archive, or the name of the workbook's sheet. Null when the upload is
   * one plain file.
   */
  readonly file: string | null;
  /**
   * Number of the row, counted over all files of the upload; the first row below the first header is 1. Null when the
   * issue is about the file as a whole.
   */
  readonly row: number | null;
  /**
   * Line of the file on which the row starts, as a text editor counts (the header is usually line 1). In a workbook,
   * the number of the sheet's row. Null when the issue is about the file as a whole.
   */
  readonly line: number | null;
  /** The column's header as the file writes it. Null when the issue is about the row or the file as a whole. */
  readonly column: string | null;
  /** Stable code for programs. */
  readonly code: string;
  /** Message for people: what is wrong and what to do. */
  readonly message: string;
  /**
   * The text with the problem, from the cell, the row or the file, cut to {@link maxIssueValueLength} UTF-16 units.
   * Null when the cell is blank or there is no such text.
   */
  readonly value: string | null;
  readonly severity: IssueSeverity;
}

/** An issue of one row. */
export interface RowIssue extends Issue {
  readonly row: number;
  readonly line: number;
}

/** Codes of the issues that are found while a file is received, before its rows are mapped. */
export const fileIssueCodes = [
  'unread_file',
  'uncertain_encoding',
  'garbled_text',
  'slipped_row',
  'uncompared_numbers',
  'older_content',
  'quoted_twice',
  'quotes_after_blanks',
  'missing_not_marked',
  'more_issues',
] as const;

export type FileIssueCode = (typeof fileIssueCodes)[number];

/** Codes of all issues: of files, of cells, of rows, and of rows that the database or the worker could not take. */
export const issueCodes = [
  ...fileIssueCodes,
  ...valueProblemCodes,
  'blank_status',
  'damaged_value',
  'differing_rows',
  'invalid_value',
  'left_out_row',
  'missing_email',
  'missing_value',
  'nameless_item',
  'negative_amount',
  'no_pledge',
  'null_word',
  'order_rejected',
  'partial_refund',
  'refund_row',
  'refused_by_database',
  'repaired_value',
  'repeated_pledge',
  'repeated_row',
  'several_emails',
  'several_people',
  'spreadsheet_error',
  'too_few_cells',
  'too_many_cells',
  'too_many_items',
  'unconfirmed_address',
  'unknown_status',
  'unprocessable_row',
  'value_too_long',
] as const;

export type IssueCode = (typeof issueCodes)[number];

/** Longest cell text that an issue repeats, in UTF-16 units. */
export const maxIssueValueLength = 200;

/** The text as an issue may contain it: short, and made {@link storableText storable}. */
export function quoteForIssue(text: string): string {
  return storableText(text.length > maxIssueValueLength ? `${text.slice(0, maxIssueValueLength)}…` : text);
}
