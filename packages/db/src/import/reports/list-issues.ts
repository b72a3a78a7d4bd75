import type { Issue } from '@pledgeline/csv-core';
import type pg from 'pg';
import type { Database } from '../../client.js';
import { readingFrom } from '../../page-start.js';
import { type Neighbours, type PageQuery, readPage } from '../../read-page.js';
import { inSnapshot, type OnBatch } from '../../snapshot.js';

/**
 * Names an issue: one of a file or of a row, the index of its file or its chunk, and its position in the list there, from
 * 1.
 */
export type IssueKey = readonly [of: 'file' | 'row', index: number, position: number];

export interface IssuesPage extends Neighbours<IssueKey> {
  readonly issues: readonly Issue[];
}

export interface IssuesQuery extends PageQuery<IssueKey> {
  readonly code?: string | undefined;
  readonly severity?: 'error' | 'warning' | undefined;
}

/**
 * The issues of an upload, a page at a time: first those of its files, which are there as soon as it is sealed, then those
 * of rows, each in file order.
 */
export function listIssues({ pool }: Database, uploadId: string, query: IssuesQuery): Promise<IssuesPage> {
  return readIssuesPage(pool, uploadId, query);
}

/** How many issues are read at once. */
const BATCH = 1_000;

/** All issues that a query asks for, in the order of {@link listIssues}, as they were at one moment. */
export function exportIssues(
  db: Database,
  uploadId: string,
  query: IssuesQuery,
  onIssues: OnBatch<Issue>,
): Promise<void> {
  return inSnapshot(db, async (client) => {
    let { start } = query;
    for (let left = query.limit; left > 0; left -= BATCH) {
      const page = await readIssuesPage(client, uploadId, { ...query, start, limit: Math.min(left, BATCH) });
      await onIssues(page.issues);
      if (page.next === null) return;
      start = page.next;
    }
  });
}

/** A connection, or the pool. */
type Connection = Pick<pg.ClientBase, 'query'>;

async function readIssuesPage(
  db: Connection,
  uploadId: string,
  { start, limit, ...filter }: IssuesQuery,
): Promise<IssuesPage> {
  const inOrder = start?.side === 'before' ? [...lists].reverse() : lists;
  const from = Math.max(
    0,
    inOrder.findIndex(({ of }) => of === start?.key[0]),
  );
  const { rows, ...beside } = await readPage(
    { start, limit },
    async (take) => {
      const found: FoundIssue[] = [];
      for (const list of inOrder.slice(from)) {
        const wanted = { list, start, filter, limit: take - found.length };
        if (wanted.limit > 0) found.push(...(await readIssues(db, uploadId, wanted)));
      }
      return found;
    },
    ({ key }) => key,
  );
  return { issues: rows.map(({ issue }) => issue), ...beside };
}

/** A table with a column of issue lists: one list per file, or one per chunk. */
interface IssueList {
  readonly of: IssueKey[0];
  readonly table: 'csv_upload_file' | 'csv_upload_chunk';
  readonly column: 'issues' | 'errors';
}

const lists: readonly IssueList[] = [
  { of: 'file', table: 'csv_upload_file', column: 'issues' },
  { of: 'row', table: 'csv_upload_chunk', column: 'errors' },
];

interface FoundIssue {
  readonly issue: Issue;
  readonly key: IssueKey;
}

interface ListQuery extends PageQuery<IssueKey> {
  readonly list: IssueList;
  readonly filter: Pick<IssuesQuery, 'code' | 'severity'>;
}

/** Called for one list at a time: one statement over both lists would make Postgres sort all issues instead of stopping at the end of the page. */
async function readIssues(
  db: Connection,
  uploadId: string,
  { list: { of, table, column }, start, filter, limit }: ListQuery,
): Promise<readonly FoundIssue[]> {
  const { beyond, order } = readingFrom(start, 'ASC');
  // A page that begins in another list takes all of this one.
  const [index, position] = start?.key[0] === of ? start.key.slice(1) : [null, null];
  const { rows } = await db.query<{ index: number; position: number; issue: Issue }>(
    `SELECT l.index, e.position::int AS position, e.issue
     FROM ${table} l CROSS JOIN LATERAL jsonb_array_elements(l.${column}) WITH ORDINALITY AS e (issue, position)
     WHERE l.upload_id = $1 AND l.${column} IS NOT NULL
       AND ($2::int IS NULL OR (l.index ${beyond}= $2 AND (l.index, e.position) ${beyond} ($2, $3)))
       AND ($4::text IS NULL OR e.issue ->> 'code' = $4)
       AND ($5::text IS NULL OR e.issue ->> 'severity' = $5)
     ORDER BY l.index ${order}, e.position ${order} LIMIT $6`,
    [uploadId, index, position, filter.code ?? null, filter.severity ?? null, limit],
  );
  return rows.map((row) => ({ issue: row.issue, key: [of, row.index, row.position] }));
}

/** All issues of one kind. */
export interface IssueGroup {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly column: string | null;
  /** How many issues; a row may have several. */
  readonly count: number;
  /** The first few, in the order of {@link listIssues}. */
  readonly examples: readonly Issue[];
}

/** The issues of an upload by code and column: first those that files have, then the most frequent. */
export async function groupIssues(
  db: Database,
  uploadId: string,
  { examples }: { readonly examples: number },
): Promise<readonly IssueGroup[]> {
  const { rows } = await db.pool.query<IssueGroup>(
    `WITH list AS (
       SELECT 0 AS part, index, issues FROM csv_upload_file WHERE upload_id = $1 AND issues IS NOT NULL
       UNION ALL
       SELECT 1, index, errors FROM csv_upload_chunk WHERE upload_id = $1 AND errors IS NOT NULL),
     issue AS (
       SELECT e.issue, l.part, l.index, e.position,
              row_number() OVER (PARTITION BY e.issue ->> 'code', e.issue ->> 'severity', e.issue ->> 'column'
                                 ORDER BY l.part, l.index, e.position) AS nth
       FROM list l CROSS JOIN LATERAL jsonb_array_elements(l.issues) WITH ORDINALITY AS e (issue, position))
     SELECT issue ->> 'code' AS code, issue ->> 'severity' AS severity, issue ->> 'column' AS column,
            count(*) AS count,
            coalesce(jsonb_agg(issue ORDER BY part, index, position) FILTER (WHERE nth <= $2), '[]') AS examples
     FROM issue GROUP BY 1, 2, 3
     ORDER BY min(part), issue ->> 'severity', count(*) DESC, 1, 3`,
    [uploadId, examples],
  );
  return rows;
}
