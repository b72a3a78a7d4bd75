import type { EarlierReading } from '@pledgeline/csv-core';
import { columnAssignmentSchema, damageSchema } from '@pledgeline/csv-core/map';
import { z } from 'zod';
import type { Database } from '../../client.js';
import { isSheetSql } from '../chunks/chunk-to-map.js';

const dateOrdersSchema = z.array(
  z.object({
    position: z.int(),
    order: z.enum(['mdy', 'dmy']).nullable(),
    source: z.enum(['requested', 'evidence', 'platform', 'none']),
  }),
);

const readingSchema = z.object({
  platform: z.string(),
  columns: z.array(columnAssignmentSchema).nullable(),
  dateOrders: dateOrdersSchema.nullable(),
  decimalMark: z.enum(['.', ',']).nullable(),
  damage: z.nullable(damageSchema),
  repair: z.boolean().nullable(),
  isSheet: z.boolean(),
});

/** The columns of a file `f`, from which an {@link EarlierReading} is made. */
const readingColumns = `
  f.platform, f.columns, f.date_orders AS "dateOrders", f.format -> 'decimalMark' AS "decimalMark",
  f.format -> 'damage' AS damage, f.format -> 'repair' AS repair, ${isSheetSql} AS "isSheet"`;

const isReadSql = 'f.skipped IS NULL AND f.platform IS NOT NULL';

/**
 * How the file of an upload was read that has this header row; null when the merchant has no such upload, or it has no such file,
 * or nobody has said what its columns are.
 */
export async function findEarlierReading(
  { pool }: Database,
  merchantId: string,
  { uploadId, headers }: { readonly uploadId: string; readonly headers: readonly string[] },
): Promise<EarlierReading | null> {
  const { rows } = await pool.query(
    `SELECT ${readingColumns} FROM csv_upload u JOIN csv_upload_file f ON f.upload_id = u.id
     WHERE u.id = $1 AND u.merchant_id = $2 AND ${isReadSql} AND f.headers::text = $3
     ORDER BY f.index LIMIT 1`,
    [uploadId, merchantId, JSON.stringify(headers)],
  );
  return rows.length === 0 ? null : toReading(rows[0]);
}

/** How one file of an upload was read; null when it has no such file, or nobody has said what its columns are. */
export async function readFileReading(
  { pool }: Database,
  { uploadId, fileIndex }: { readonly uploadId: string; readonly fileIndex: number },
): Promise<EarlierReading | null> {
  const { rows } = await pool.query(
    `SELECT ${readingColumns} FROM csv_upload_file f WHERE f.upload_id = $1 AND f.index = $2 AND ${isReadSql}`,
    [uploadId, fileIndex],
  );
  return rows.length === 0 ? null : toReading(rows[0]);
}

function toReading(row: unknown): EarlierReading {
  const { dateOrders, repair, ...reading } = readingSchema.parse(row);
  return {
    ...reading,
    repair: repair ?? true,
    dateOrders: (dateOrders ?? []).flatMap(({ order, ...one }) =>
      order === null ? [] : [{ ...one, order }],
    ),
  };
}
