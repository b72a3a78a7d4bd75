import type pg from 'pg';
import type { UploadStatistics } from './statistics.js';

/** Something that the file says and the tables do not. Numbers as decimal text. */
export interface Difference {
  /** `rows`, or a currency. */
  readonly what: string;
  readonly inFile: string;
  readonly stored: string;
}

/**
 * Where the account of an upload does not close: rows that are neither imported nor rejected, and per currency what
 * accepted rows pledge against what was read back after it was written. Rows of an upload that did not run to its end
 * are missing by right.
 */
export async function findDifferences(
  client: pg.ClientBase,
  uploadId: string,
  wanted: 'COMPLETED' | 'FAILED' | 'CANCELED',
  { rows }: Pick<UploadStatistics, 'rows'>,
): Promise<readonly Difference[]> {
  const accounted = rows.imported + rows.rejected;
  const missing = wanted === 'COMPLETED' && accounted !== rows.total;
  const currencies = await client.query<Difference>(
    // Chunk by chunk: what one has too much must not hide what another lacks.
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
