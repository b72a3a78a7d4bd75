import type { FileIssueCode, Issue } from '@pledgeline/csv-core';
import type pg from 'pg';

/** Adds a warning to the issues of a file that is stored already. */
export async function addFileWarning(
  client: pg.ClientBase,
  uploadId: string,
  fileIndex: number,
  { code, message }: { readonly code: FileIssueCode; readonly message: string },
): Promise<void> {
  const issue: Issue = {
    file: null,
    row: null,
    line: null,
    column: null,
    code,
    message,
    value: null,
    severity: 'warning',
  };
  await client.query(
    `UPDATE csv_upload_file SET issues = coalesce(issues, '[]') || jsonb_build_array($3::jsonb || jsonb_build_object('file', coalesce(name, sheet)))
     WHERE upload_id = $1 AND index = $2`,
    [uploadId, fileIndex, JSON.stringify(issue)],
  );
}
