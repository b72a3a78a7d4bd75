import { type IssueCode, type IssueSeverity, quoteForIssue, type RowIssue } from '../issue.js';

/** The issues of one row. */
export interface RowIssues {
  readonly file: string | null;
  readonly row: number;
  readonly line: number;
  readonly issues: RowIssue[];
  /** Whether one of the issues is an error. */
  rejected: boolean;
}

/**
 * Most issues that are reported for one row. Otherwise the report of a row with many broken cells could be larger than
 * the file.
 */
export const maxRowIssues = 20;

/** An empty list of issues for one row. `file`, `row` and `line` are as in {@link RowIssue}. */
export function createRowIssues(row: number, line: number, file: string | null): RowIssues {
  return { file, row, line, issues: [], rejected: false };
}

/**
 * Adds one issue; an error rejects the row.
 *
 * @param column the header as the file writes it, or null when the issue is about the row as a whole
 * @param value the text of the cell, which is cut and made storable here
 */
export function addIssue(
  issues: RowIssues,
  severity: IssueSeverity,
  code: IssueCode,
  message: string,
  column: string | null = null,
  value: string | null = null,
): void {
  // The first error is always listed, so that a rejected row has at least one reason.
  const isFirstError = severity === 'error' && !issues.rejected;
  if (severity === 'error') issues.rejected = true;
  if (issues.issues.length >= maxRowIssues && !isFirstError) {
    if (issues.issues.length === maxRowIssues) issues.issues.push(moreIssues(issues));
    return;
  }
  issues.issues.push({
    file: issues.file,
    row: issues.row,
    line: issues.line,
    column,
    code,
    message,
    value: value === null || value === '' ? null : quoteForIssue(value),
    severity,
  });
}

function moreIssues({ file, row, line }: RowIssues): RowIssue {
  const message = `The row has more than ${maxRowIssues} issues. Correct these first and send the file again.`;
  return { file, row, line, column: null, code: 'more_issues', message, value: null, severity: 'warning' };
}
