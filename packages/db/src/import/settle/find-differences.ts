import type pg from 'pg';
import type { UploadStatistics } from './statistics.js';

/** A number that is not the same in the file and in the tables. Numbers as decimal text. */
export interface Difference {
  /** `rows`, or a currency. */
  readonly what: string;
  readonly inFile: string;
  readonly stored: string;
}

/**
 * Checks the account of an upload and returns its differences: rows that are neither imported nor rejected nor left out, and per
 * currency amounts of accepted rows that differ from those read back after the write. For an upload that is not
 * `COMPLETED`, missing rows are no difference.
 */
export async function findDifferences(
  client: pg.ClientBase,
  uploadId: string,
  wanted: 'COMPLETED' | 'FAILED' | 'CANCELED',
  { rows }: Pick<UploadStatistics, 'rows'>,
): Promise<readonly Difference[]> {
  const accounted = rows.imported + rows.rejected + (rows.leftOut ?? 0);
  const missing = wanted === 'COMPLETED' && accounted !== rows.total;
  const currencies = await client.query<Difference>(
    // Compared chunk by chunk: a surplus in one must not hide a lack in another.
    `SELECT coalesce(t.currency, 'no currency') AS what, sum(t.told)::text AS "inFile", sum(t.stored)::text AS stored
     FROM csv_upload_chunk c, jsonb_to_recordset(c.result -> 'totals') AS t (currency text, told numeric, stored numeric)
     WHERE c.upload_id = $1 AND c.status = 'COMPLETED' AND t.told <> t.stored GROUP BY 1 ORDER BY 1`,
    [uploadId],
  );
  return [
    ...(missing ? [{ what: 'rows', inFile: String(rows.total), stored: String(accounted) }] : []),
    ...currencies.rows,
  ];
}
