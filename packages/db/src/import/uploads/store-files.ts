import type pg from 'pg';
import { columnInput } from '../records/column-input.js';
import { listedIssues } from './listed-issues.js';
import type { ReadFile, UploadFile } from './upload-file.js';

/**
 * How long what is stored with one statement should be, in characters. An archive may have a thousand files with long
 * suggestions: in one statement they would take memory several times, and hold the event loop.
 */
const STATEMENT_LENGTH = 128 * 1024;

/** Stores the files of an upload. The position in the list is the `fileIndex` of the chunks. */
export async function storeFiles(
  client: pg.ClientBase,
  uploadId: string,
  files: readonly UploadFile[],
): Promise<void> {
  let rows: FileRow[] = [];
  let length = 0;
  for (const [index, file] of files.entries()) {
    const row = toRow(file, index);
    rows.push(row);
    length += lengthOf(row);
    if (length < STATEMENT_LENGTH && index < files.length - 1) continue;
    await insertRows(client, uploadId, rows);
    rows = [];
    length = 0;
  }
}

/** A row of `csv_upload_file`; objects are JSON. */
type FileRow = ReturnType<typeof toRow>;

function toRow(file: UploadFile, index: number) {
  const read = file.kind === 'read' ? file : null;
  return {
    index,
    name: file.name,
    sheet: read?.sheet ?? null,
    skipped: file.kind === 'skipped' ? file.reason : null,
    format:
      read &&
      JSON.stringify({ ...read.format, damage: read.damage, repair: read.repair, isSheet: read.isSheet }),
    firstRow: read?.firstRow ?? 1,
    rowCount: read?.rowCount ?? 0,
    platform: read?.platform ?? null,
    detection: read && JSON.stringify(read.detection),
    dateOrders: read && JSON.stringify(read.dateOrders),
    columns: read && columnsOf(read),
    issues: file.issues.length === 0 ? null : JSON.stringify(listedIssues(file.issues)),
    reading: read && JSON.stringify({ questions: read.questions, assumptions: read.assumptions }),
    suggestion: read?.suggestion ?? null,
    headers: read && JSON.stringify(read.headers),
    fixes: read?.fixes ?? null,
    newestAt: read?.newestDate ?? null,
  };
}

function columnsOf({ columns }: ReadFile): string | null {
  return columns && JSON.stringify(columns);
}

function lengthOf(row: FileRow): number {
  return Object.values(row).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? value.length : 0),
    0,
  );
}

/** The columns of a file, with their types in Postgres. */
const columns: readonly { readonly name: string; readonly type: string; readonly of: keyof FileRow }[] = [
  { name: 'index', type: 'int', of: 'index' },
  { name: 'name', type: 'text', of: 'name' },
  { name: 'sheet', type: 'text', of: 'sheet' },
  { name: 'skipped', type: 'text', of: 'skipped' },
  { name: 'format', type: 'jsonb', of: 'format' },
  { name: 'first_row', type: 'int', of: 'firstRow' },
  { name: 'row_count', type: 'int', of: 'rowCount' },
  { name: 'platform', type: 'text', of: 'platform' },
  { name: 'detection', type: 'jsonb', of: 'detection' },
  { name: 'date_orders', type: 'jsonb', of: 'dateOrders' },
  { name: 'columns', type: 'jsonb', of: 'columns' },
  { name: 'issues', type: 'jsonb', of: 'issues' },
  { name: 'reading', type: 'jsonb', of: 'reading' },
  { name: 'suggestion', type: 'jsonb', of: 'suggestion' },
  { name: 'headers', type: 'json', of: 'headers' },
  { name: 'fixes', type: 'uuid', of: 'fixes' },
  { name: 'newest_at', type: 'timestamptz', of: 'newestAt' },
];

async function insertRows(client: pg.ClientBase, uploadId: string, rows: readonly FileRow[]): Promise<void> {
  const { sql, parameters } = columnInput(
    columns.map(({ name, type, of }) => ({ name, type, values: rows.map((row) => row[of]) })),
  );
  await client.query(
    `INSERT INTO csv_upload_file (upload_id, ${columns.map(({ name }) => name).join(', ')})
     SELECT $${parameters.length + 1}::uuid, file.* FROM (${sql}) AS file`,
    [...parameters, uploadId],
  );
}
