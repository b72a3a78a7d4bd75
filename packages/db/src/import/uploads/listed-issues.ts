import { type FileIssueCode, type Issue, storableText } from '@pledgeline/csv-core';

/** How many issues of one file are listed at most. */
export const maxFileIssues = 100;

/** The issues of a file as they are stored: at most {@link maxFileIssues}, and without characters that Postgres refuses. */
export function listedIssues(issues: readonly Issue[]): readonly Issue[] {
  const listed = issues.slice(0, maxFileIssues).map(storable);
  const [first] = listed;
  const left = issues.length - listed.length;
  return first === undefined || left === 0 ? listed : [...listed, moreIssues(first.file, left)];
}

function storable(issue: Issue): Issue {
  return {
    ...issue,
    file: issue.file === null ? null : storableText(issue.file),
    column: issue.column === null ? null : storableText(issue.column),
    message: storableText(issue.message),
    value: issue.value === null ? null : storableText(issue.value),
  };
}

function moreIssues(file: string | null, count: number): Issue {
  const code: FileIssueCode = 'more_issues';
  const message = `The file has ${count} more ${count === 1 ? 'issue' : 'issues'} than are listed. Correct these first and send it again.`;
  return { file, row: null, line: null, column: null, code, message, value: null, severity: 'warning' };
}
