import { type Issue, type IssueSeverity, quoteForIssue } from '../issue.js';

/** Gathers what there is to say about one row. */
export interface RowIssues {
  readonly issues: readonly Issue[];
  readonly rejected: boolean;
  add(
    severity: IssueSeverity,
    code: string,
    message: string,
    column?: string | null,
    value?: string | null,
  ): void;
}

/** An empty list for the row with that number and line. */
export function createRowIssues(row: number, line: number): RowIssues {
  const issues: Issue[] = [];
  let rejected = false;
  return {
    issues,
    get rejected() {
      return rejected;
    },
    add(severity, code, message, column = null, value = null) {
      if (severity === 'error') rejected = true;
      issues.push({
        row,
        line,
        column,
        code,
        message,
        value: value === null || value === '' ? null : quoteForIssue(value),
        severity,
      });
    },
  };
}
