import { type IssueSeverity, quoteForIssue, type RowIssue } from '../issue.js';

/** What there is to say about one row. */
export interface RowIssues {
  readonly file: string | null;
  readonly row: number;
  readonly line: number;
  readonly issues: RowIssue[];
  /** Whether one of the issues is an error. */
  rejected: boolean;
}

/**
 * Issues of one row that are told. A row of nothing but broken cells would otherwise make a report that is larger
 * than the file.
 */
export const maxRowIssues = 20;

/** An empty list for the row with that number and line; `file` as in {@link RowIssue}. */
export function createRowIssues(row: number, line: number, file: string | null): RowIssues {
  return { file, row, line, issues: [], rejected: false };
}

/**
 * Adds one issue; an error rejects the row.
 *
 * @param column the file's own header, or null when the row as a whole is meant.
 * @param value the cell's text; it is cut and cleaned here.
 */
export function addIssue(
  issues: RowIssues,
  severity: IssueSeverity,
  code: string,
  message: string,
  column: string | null = null,
  value: string | null = null,
): void {
  // A rejected row always says at least one reason.
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
