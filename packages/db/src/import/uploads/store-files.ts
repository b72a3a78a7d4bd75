import type pg from 'pg';
import { listedIssues } from './listed-issues.js';
import type { ReadFile, UploadFile } from './upload-file.js';

/**
 * How long what is stored with one statement should be, in characters. An archive may have a thousand files with long
 * suggestions: in one statement they would take memory several times, and hold the event loop.
 */
const STATEMENT_LENGTH = 512 * 1024;

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

async function insertRows(client: pg.ClientBase, uploadId: string, rows: readonly FileRow[]): Promise<void> {
  await client.query(
    `INSERT INTO csv_upload_file
       (upload_id, index, name, sheet, skipped, format, first_row, row_count, platform, detection, date_orders, columns, issues, reading,
        suggestion, headers, fixes, newest_at)
     SELECT $1, file.*
     FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::int[], $8::int[], $9::text[], $10::jsonb[], $11::jsonb[],
                 $12::jsonb[], $13::jsonb[], $14::jsonb[], $15::jsonb[], $16::json[], $17::uuid[], $18::timestamptz[]) AS file`,
    [
      uploadId,
      rows.map(({ index }) => index),
      rows.map(({ name }) => name),
      rows.map(({ sheet }) => sheet),
      rows.map(({ skipped }) => skipped),
      rows.map(({ format }) => format),
      rows.map(({ firstRow }) => firstRow),
      rows.map(({ rowCount }) => rowCount),
      rows.map(({ platform }) => platform),
      rows.map(({ detection }) => detection),
      rows.map(({ dateOrders }) => dateOrders),
      rows.map(({ columns }) => columns),
      rows.map(({ issues }) => issues),
      rows.map(({ reading }) => reading),
      rows.map(({ suggestion }) => suggestion),
      rows.map(({ headers }) => headers),
      rows.map(({ fixes }) => fixes),
      rows.map(({ newestAt }) => newestAt),
    ],
  );
}
