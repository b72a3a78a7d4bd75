import type pg from 'pg';
import { listedIssues } from './listed-issues.js';
import type { ReadFile, UploadFile } from './upload-file.js';

/** Stores the files of an upload. The position in the list is the `fileIndex` of the chunks. */
export async function storeFiles(
  client: pg.ClientBase,
  uploadId: string,
  files: readonly UploadFile[],
): Promise<void> {
  const of = <T>(read: (file: ReadFile) => T) =>
    files.map((file) => (file.kind === 'read' ? read(file) : null));
  await client.query(
    `INSERT INTO csv_upload_file
       (upload_id, index, name, sheet, skipped, format, first_row, row_count, platform, detection, date_orders, columns, issues, reading,
        suggestion, headers)
     SELECT $1, file.index - 1, file.name, file.sheet, file.skipped, file.format,
            coalesce(file.first_row, 1), coalesce(file.row_count, 0), file.platform, file.detection, file.date_orders, file.columns,
            file.issues, file.reading, file.suggestion, file.headers
     FROM unnest($2::text[], $3::text[], $4::text[], $5::jsonb[], $6::int[], $7::int[], $8::text[], $9::jsonb[], $10::jsonb[], $11::jsonb[], $12::jsonb[], $13::jsonb[], $14::jsonb[], $15::json[])
       WITH ORDINALITY
       AS file (name, sheet, skipped, format, first_row, row_count, platform, detection, date_orders, columns, issues, reading, suggestion, headers, index)`,
    [
      uploadId,
      files.map((file) => file.name),
      of((file) => file.sheet),
      files.map((file) => (file.kind === 'skipped' ? file.reason : null)),
      of(({ format, damage, repair }) => JSON.stringify({ ...format, damage, repair })),
      of((file) => file.firstRow),
      of((file) => file.rowCount),
      of((file) => file.platform),
      of((file) => JSON.stringify(file.detection)),
      of((file) => JSON.stringify(file.dateOrders)),
      of((file) => file.columns && JSON.stringify(file.columns)),
      files.map(({ issues }) => (issues.length === 0 ? null : JSON.stringify(listedIssues(issues)))),
      of(({ questions, assumptions }) => JSON.stringify({ questions, assumptions })),
      of(({ suggestion }) => suggestion && JSON.stringify(suggestion)),
      of(({ headers }) => JSON.stringify(headers)),
    ],
  );
}
