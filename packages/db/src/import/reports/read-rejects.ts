import type { RowIssue } from '@pledgeline/csv-core';
import type pg from 'pg';
import { z } from 'zod';
import type { Database } from '../../client.js';
import { inSnapshot } from '../../snapshot.js';
import { readChunkData } from '../uploads/chunk-data.js';

/** A file of an upload that was read, and how many of its rows are rejected. */
export interface FileRejects {
  /** Its number in the upload, from 0. */
  readonly index: number;
  /** Path in the archive; null when the upload is no archive. */
  readonly name: string | null;
  /** Name of the workbook's sheet; null when it is no workbook. */
  readonly sheet: string | null;
  readonly rejected: number;
}

/** The files of an upload that have rows, in its order. */
export async function listFileRejects({ pool }: Database, uploadId: string): Promise<readonly FileRejects[]> {
  const { rows } = await pool.query<FileRejects>(
    `SELECT f.index, f.name, f.sheet, rejects.count::int AS rejected
     FROM csv_upload_file f CROSS JOIN LATERAL (
       SELECT sum(rejected_count) AS count FROM csv_upload_chunk
       WHERE upload_id = f.upload_id AND file_index = f.index) rejects
     WHERE f.upload_id = $1 AND rejects.count IS NOT NULL ORDER BY f.index`,
    [uploadId],
  );
  return rows;
}

/** A row that was rejected, as its file has it. */
export interface RejectedRow {
  readonly cells: readonly string[];
  /** The line on which it starts, from 1. */
  readonly line: number;
  /** Why; at least one. */
  readonly errors: readonly RowIssue[];
}

/** Rejected rows of one chunk, and the header row that they are below. */
export interface RejectedRows {
  readonly headers: readonly string[];
  readonly rows: readonly RejectedRow[];
}

const issuesSchema = z.array(
  z.object({
    file: z.string().nullable(),
    row: z.int(),
    line: z.int(),
    column: z.string().nullable(),
    code: z.string(),
    message: z.string(),
    value: z.string().nullable(),
    severity: z.enum(['error', 'warning']),
  }),
);

const chunkSchema = z.object({
  firstRow: z.int(),
  lines: z.array(z.int()),
  data: z.unknown(),
  headers: z.unknown(),
  issues: issuesSchema.nullable(),
});

/**
 * Reads the rejected rows of one file of an upload, in file order, as they were at one moment. Memory holds one chunk at a time.
 *
 * @param onRows is called once per chunk that has any; once without rows when none has, for the sake of the header
 */
export function readRejects(
  db: Database,
  { uploadId, fileIndex }: { readonly uploadId: string; readonly fileIndex: number },
  onRows: (rejects: RejectedRows) => Promise<void>,
): Promise<void> {
  return inSnapshot(db, async (client) => {
    const { rows: chunks } = await client.query<{ id: string; rejected: number }>(
      `SELECT id, rejected_count AS rejected FROM csv_upload_chunk
       WHERE upload_id = $1 AND file_index = $2 ORDER BY index`,
      [uploadId, fileIndex],
    );
    const withRejects = chunks.filter(({ rejected }) => rejected > 0);
    for (const { id } of withRejects.length > 0 ? withRejects : chunks.slice(0, 1)) {
      await onRows(await readChunk(client, id));
    }
  });
}

async function readChunk(client: pg.ClientBase, id: string): Promise<RejectedRows> {
  const { rows } = await client.query(
    // The data as a whole: Postgres cannot look into JSON that holds U+0000, as a file may.
    `SELECT c.first_row AS "firstRow", c.lines, c.data, c.errors AS issues, f.headers
     FROM csv_upload_chunk c
     LEFT JOIN csv_upload_file f ON f.upload_id = c.upload_id AND f.index = c.file_index WHERE c.id = $1`,
    [id],
  );
  const { firstRow, lines, data, headers: ofFile, issues } = chunkSchema.parse(rows[0]);
  const { headers, rows: cellsOf } = readChunkData(data, ofFile);
  const errorsOf = errorsByRow(issues ?? []);
  const rejected = cellsOf.flatMap((cells, at) => {
    const errors = errorsOf.get(firstRow + at);
    return errors === undefined ? [] : [{ cells, line: lines[at] ?? firstRow + at + 1, errors }];
  });
  return { headers, rows: rejected };
}

/** A row is rejected if it has an error, and each row of an order that was rejected has one. */
function errorsByRow(issues: readonly RowIssue[]): ReadonlyMap<number, readonly RowIssue[]> {
  const errors = new Map<number, RowIssue[]>();
  for (const issue of issues) {
    if (issue.severity !== 'error') continue;
    const ofRow = errors.get(issue.row);
    if (ofRow === undefined) errors.set(issue.row, [issue]);
    else ofRow.push(issue);
  }
  return errors;
}
