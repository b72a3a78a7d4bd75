import type pg from 'pg';
import { z } from 'zod';
import { maxFileIssues } from '../uploads/listed-issues.js';
import type { Invariant } from './upload-check.js';

const issueSchema = z.object({
  // Missing in chunks that an old release has processed.
  file: z.string().nullish(),
  row: z.int().nullable(),
  line: z.int().min(1).nullable(),
  column: z.string().nullable(),
  code: z.string().min(1),
  message: z.string().min(1),
  value: z.string().nullable(),
  severity: z.enum(['error', 'warning']),
});

/** Every issue of an upload has the form that its readers expect. */
export const issueLists: Invariant = {
  check: 'issue-lists',
  promise: 'Every issue has a message, a severity, and a place: a row of its file, or the file as a whole.',
  async find(client, uploadId) {
    return [...(await checkFiles(client, uploadId)), ...(await checkChunks(client, uploadId))];
  },
};

interface ListRow {
  index: number;
  first_row: number;
  row_count: number;
  issues: unknown;
}

async function checkFiles(client: pg.ClientBase, uploadId: string): Promise<readonly string[]> {
  const { rows } = await client.query<ListRow>(
    // A file that was left out has no rows any more, though an issue that the release before kept may name one.
    `SELECT index, first_row, CASE WHEN skipped IS NULL THEN row_count ELSE 2147483647 - first_row END AS row_count, issues
     FROM csv_upload_file WHERE upload_id = $1 AND issues IS NOT NULL ORDER BY index`,
    [uploadId],
  );
  return rows.flatMap((row) => {
    const isLong = Array.isArray(row.issues) && row.issues.length > maxFileIssues + 1;
    const tooLong = isLong ? [`file ${row.index} has more than ${maxFileIssues} issues`] : [];
    return [...tooLong, ...findMalformed(`file ${row.index}`, row, true)];
  });
}

/** A chunk at a time: a file may have an issue in every row. */
async function checkChunks(client: pg.ClientBase, uploadId: string): Promise<readonly string[]> {
  const { rows: chunks } = await client.query<{ id: string }>(
    'SELECT id FROM csv_upload_chunk WHERE upload_id = $1 AND errors IS NOT NULL ORDER BY index',
    [uploadId],
  );
  const problems: string[] = [];
  for (const { id } of chunks) {
    const { rows } = await client.query<ListRow>(
      'SELECT index, first_row, row_count, errors AS issues FROM csv_upload_chunk WHERE id = $1',
      [id],
    );
    for (const row of rows) problems.push(...findMalformed(`chunk ${row.index}`, row, false));
  }
  return problems;
}

function findMalformed(whose: string, list: ListRow, mayBeOfFile: boolean): readonly string[] {
  if (!Array.isArray(list.issues)) return [`the issues of ${whose} are no list`];
  const issues: readonly unknown[] = list.issues;
  return issues.flatMap((issue, at) => {
    const { data } = issueSchema.safeParse(issue);
    const isRight = data !== undefined && isPlaced(data, list, mayBeOfFile);
    return isRight
      ? []
      : [`issue ${at + 1} of ${whose} is malformed: ${JSON.stringify(issue).slice(0, 200)}`];
  });
}

function isPlaced(
  { row, line }: Pick<z.infer<typeof issueSchema>, 'row' | 'line'>,
  { first_row: firstRow, row_count: rowCount }: ListRow,
  mayBeOfFile: boolean,
): boolean {
  if (row === null || line === null) return mayBeOfFile && row === line;
  return row >= firstRow && row < firstRow + rowCount;
}
