import type { Issue } from '@pledgeline/csv-core';
import type { Database } from '../client.js';

export interface IssuesPage {
  readonly issues: readonly Issue[];
  /** Pass it as `after` for the next page; null on the last one. */
  readonly next: string | null;
}

export interface IssuesQuery {
  readonly after?: string | undefined;
  readonly limit: number;
  readonly code?: string | undefined;
  readonly severity?: 'error' | 'warning' | undefined;
}

/**
 * The issues of an upload in file order, a page at a time. `after` is the cursor of the page before: chunk index
 * and position in it.
 */
export async function listIssues(
  db: Database,
  uploadId: string,
  { after, limit, code, severity }: IssuesQuery,
): Promise<IssuesPage> {
  const [chunk, position] = readIssueCursor(after);
  const { rows } = await db.pool.query<{ index: number; position: number; issue: Issue }>(
    `SELECT c.index, e.position::int AS position, e.issue
     FROM csv_upload_chunk c CROSS JOIN LATERAL jsonb_array_elements(c.errors) WITH ORDINALITY AS e (issue, position)
     WHERE c.upload_id = $1 AND c.errors IS NOT NULL AND c.index >= $2 AND (c.index, e.position) > ($2, $3)
       AND ($4::text IS NULL OR e.issue ->> 'code' = $4)
       AND ($5::text IS NULL OR e.issue ->> 'severity' = $5)
     ORDER BY c.index, e.position LIMIT $6`,
    [uploadId, chunk, position, code ?? null, severity ?? null, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    issues: page.map((row) => row.issue),
    next: rows.length > limit && last ? `${last.index}.${last.position}` : null,
  };
}

/** Whether a text is a cursor of {@link listIssues}. */
export function isIssueCursor(text: string): boolean {
  return /^\d{1,9}\.\d{1,9}$/.test(text);
}

function readIssueCursor(after: string | undefined): readonly [number, number] {
  if (after === undefined || !isIssueCursor(after)) return [0, 0];
  const [chunk = 0, position = 0] = after.split('.').map(Number);
  return [chunk, position];
}

/** All issues of one kind. */
export interface IssueGroup {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly column: string | null;
  /** How many issues; a row may have several. */
  readonly count: number;
  /** The first few, in file order. */
  readonly examples: readonly Issue[];
}

/** The issues of an upload by code and column, most frequent first. */
export async function groupIssues(
  db: Database,
  uploadId: string,
  { examples }: { readonly examples: number },
): Promise<readonly IssueGroup[]> {
  const { rows } = await db.pool.query<IssueGroup>(
    `WITH issue AS (
       SELECT e.issue, c.index, e.position,
              row_number() OVER (PARTITION BY e.issue ->> 'code', e.issue ->> 'severity', e.issue ->> 'column'
                                 ORDER BY c.index, e.position) AS nth
       FROM csv_upload_chunk c CROSS JOIN LATERAL jsonb_array_elements(c.errors) WITH ORDINALITY AS e (issue, position)
       WHERE c.upload_id = $1 AND c.errors IS NOT NULL)
     SELECT issue ->> 'code' AS code, issue ->> 'severity' AS severity, issue ->> 'column' AS column,
            count(*) AS count,
            coalesce(jsonb_agg(issue ORDER BY index, position) FILTER (WHERE nth <= $2), '[]') AS examples
     FROM issue GROUP BY 1, 2, 3
     ORDER BY issue ->> 'severity', count(*) DESC, 1, 3`,
    [uploadId, examples],
  );
  return rows;
}
