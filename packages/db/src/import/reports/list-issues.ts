import type { Issue } from '@pledgeline/csv-core';
import type pg from 'pg';
import type { Database } from '../../client.js';
import { readPage } from '../../read-page.js';
import { inSnapshot, type OnBatch } from '../../snapshot.js';

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
 * The issues of an upload, a page at a time: first those of its files, which are there as soon as it is sealed, then those
 * of rows, each in file order. `after` is the cursor of the page before.
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
    let { after } = query;
    for (let left = query.limit; left > 0; left -= BATCH) {
      const page = await readIssuesPage(client, uploadId, { ...query, after, limit: Math.min(left, BATCH) });
      await onIssues(page.issues);
      if (page.next === null) return;
      after = page.next;
    }
  });
}

/** A connection, or the pool. */
type Connection = Pick<pg.ClientBase, 'query'>;

async function readIssuesPage(
  db: Connection,
  uploadId: string,
  { after, limit, ...filter }: IssuesQuery,
): Promise<IssuesPage> {
  const cursor = readIssueCursor(after);
  const page = await readPage(
    limit,
    async (take) => {
      const found: FoundIssue[] = [];
      for (const list of lists.slice(lists.indexOf(cursor.list))) {
        const wanted = take - found.length;
        const place = list === cursor.list ? cursor.place : start;
        if (wanted > 0)
          found.push(...(await readIssues(db, uploadId, { list, place, filter, limit: wanted })));
      }
      return found;
    },
    (issue) => issue.cursor,
  );
  return { issues: page.rows.map(({ issue }) => issue), next: page.next };
}

/** A table with a column of issue lists: one list per file, or one per chunk. */
interface IssueList {
  readonly table: 'csv_upload_file' | 'csv_upload_chunk';
  readonly column: 'issues' | 'errors';
  /** The first letter of its cursors. */
  readonly prefix: 'f' | '';
}

const lists: readonly [IssueList, IssueList] = [
  { table: 'csv_upload_file', column: 'issues', prefix: 'f' },
  { table: 'csv_upload_chunk', column: 'errors', prefix: '' },
];

/** Index of a file or a chunk, and position in its list, from 1. */
type Place = readonly [index: number, position: number];

const start: Place = [0, 0];

interface FoundIssue {
  readonly issue: Issue;
  readonly cursor: string;
}

interface ListQuery {
  readonly list: IssueList;
  readonly place: Place;
  readonly filter: Pick<IssuesQuery, 'code' | 'severity'>;
  readonly limit: number;
}

/** Called for one list at a time: one statement over both lists would make Postgres sort all issues instead of stopping at the end of the page. */
async function readIssues(
  db: Connection,
  uploadId: string,
  { list: { table, column, prefix }, place: [index, position], filter, limit }: ListQuery,
): Promise<readonly FoundIssue[]> {
  const { rows } = await db.query<{ index: number; position: number; issue: Issue }>(
    `SELECT l.index, e.position::int AS position, e.issue
     FROM ${table} l CROSS JOIN LATERAL jsonb_array_elements(l.${column}) WITH ORDINALITY AS e (issue, position)
     WHERE l.upload_id = $1 AND l.${column} IS NOT NULL AND l.index >= $2 AND (l.index, e.position) > ($2, $3)
       AND ($4::text IS NULL OR e.issue ->> 'code' = $4)
       AND ($5::text IS NULL OR e.issue ->> 'severity' = $5)
     ORDER BY l.index, e.position LIMIT $6`,
    [uploadId, index, position, filter.code ?? null, filter.severity ?? null, limit],
  );
  return rows.map((row) => ({ issue: row.issue, cursor: `${prefix}${row.index}.${row.position}` }));
}

const CURSOR = /^(f?)(\d{1,9})\.(\d{1,9})$/;

/** Whether a text is a cursor of {@link listIssues}. */
export function isIssueCursor(text: string): boolean {
  return CURSOR.test(text);
}

function readIssueCursor(after: string | undefined): { readonly list: IssueList; readonly place: Place } {
  const [ofFiles, ofChunks] = lists;
  const [, prefix, index, position] = CURSOR.exec(after ?? '') ?? [];
  if (prefix === undefined) return { list: ofFiles, place: start };
  return { list: prefix === ofFiles.prefix ? ofFiles : ofChunks, place: [Number(index), Number(position)] };
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
