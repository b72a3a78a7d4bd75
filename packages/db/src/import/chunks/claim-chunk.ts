import type { ColumnAssignment, ColumnDateOrder, Damage, DecimalMark } from '@pledgeline/csv-core';
import { columnAssignmentSchema, damageSchema } from '@pledgeline/csv-core/map';
import { z } from 'zod';
import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { chunkSources, uploadSources } from '../status/moves.js';
import { readChunkData } from '../uploads/chunk-data.js';

/** A chunk that belongs to one worker until the lease runs out. */
export interface ClaimedChunk {
  readonly id: string;
  readonly uploadId: string;
  /** Proof of this attempt: results with another token are refused. */
  readonly token: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** How many attempts at it were lost, see `releaseLost`. They are not counted in `attempt`. */
  readonly lostWorkers: number;
  readonly campaignId: string;
  /** The upload's sequence in the campaign. */
  readonly sequence: number;
  /** Whether the upload is the whole campaign. */
  readonly complete: boolean;
  readonly index: number;
  readonly firstRow: number;
  readonly lines: readonly number[];
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Numbers of rows in other chunks of the file that have to be read along with these, see `readSiblings`. */
  readonly siblingRows: readonly number[];
  /** Name of the file in an archive, or of the sheet; null when the upload is one plain file. */
  readonly file: string | null;
  /** Whether the rows are those of a workbook, also as rejects that come back, which leaves out blank cells at the end of a row. */
  readonly isSheet: boolean;
  /** Name of the platform to map with. */
  readonly platform: string | null;
  /** What the columns are, as set by a person; null where the platform decides it. */
  readonly columns: readonly ColumnAssignment[] | null;
  /** How the columns write 03/04/2024, where that is known; undefined when it was not determined. */
  readonly dateOrders: readonly ColumnDateOrder[] | undefined;
  /** The character before decimals; undefined when it was not determined, null when no cell shows it. */
  readonly decimalMark: DecimalMark | null | undefined;
  /** What the whole file shows about the damage that other programs did to it; undefined when it was not determined. */
  readonly damage: Damage | undefined;
  /** Whether that damage is repaired; undefined when it was not said. */
  readonly repair: boolean | undefined;
}

/** Whether the rows of the file `f` are from a sheet. Rejects of a sheet come back as a text. */
export const isSheetSql = `(f.sheet IS NOT NULL OR coalesce((f.format ->> 'isSheet')::boolean, false))`;

export interface ClaimOptions {
  /** How long the chunk belongs to this worker. Measured by the clock of Postgres, since those of workers may be wrong. */
  readonly leaseMs: number;
  /** Whether a chunk that has lost a worker may be claimed; such a chunk is processed alone. Default true. */
  readonly suspects?: boolean;
}

const decimalMarkSchema = z.enum(['.', ',']).nullable();
const dateOrdersSchema = z.array(z.object({ position: z.int(), order: z.enum(['mdy', 'dmy']).nullable() }));

interface ClaimedRow {
  upload_id: string;
  attempts: number;
  lost_workers: number;
  campaign_id: string;
  sequence: number;
  complete: boolean;
  index: number;
  first_row: number;
  lines: number[];
  sibling_rows: number[] | null;
  data: unknown;
  headers: unknown;
  file: string | null;
  is_sheet: boolean;
  platform: string | null;
  columns: unknown;
  date_orders: unknown;
  decimal_mark: unknown;
  damage: unknown;
  repair: unknown;
}

/**
 * Claims a chunk that is pending, or whose lease has run out for the first time; if it was not the first time, the sweep decides
 * what becomes of the chunk. Null when there is nothing to do: the chunk is done, canceled, or claimed by another worker. A job
 * that is delivered a second time ends here.
 */
export async function claimChunk(
  db: Database,
  chunkId: string,
  { leaseMs, suspects = true }: ClaimOptions,
): Promise<ClaimedChunk | null> {
  // Two statements and no transaction: the lock of a chunk's row must not be held while waiting for the upload's row.
  await db.pool.query(
    `UPDATE csv_upload u SET status = 'PROCESSING', started_at = coalesce(u.started_at, now())
     FROM csv_upload_chunk c
     WHERE c.id = $1 AND u.id = c.upload_id AND u.sealed_at IS NOT NULL AND u.status = 'PENDING'
       AND u.status = ANY ($2::"UploadStatus"[])`,
    [chunkId, uploadSources('PROCESSING')],
  );
  const token = newId();
  const { rows } = await db.pool.query<ClaimedRow>(
    `UPDATE csv_upload_chunk c
     SET status = 'PROCESSING', attempt_token = $2, updated_at = now(),
         attempts = c.attempts + CASE c.status WHEN 'PENDING' THEN 1 ELSE 0 END,
         lost_workers = c.lost_workers + CASE c.status WHEN 'PENDING' THEN 0 ELSE 1 END,
         lease_until = now() + $3 * interval '1 millisecond'
     FROM csv_upload u
     LEFT JOIN csv_upload_file f ON f.upload_id = u.id
     WHERE c.id = $1 AND u.id = c.upload_id AND u.status = 'PROCESSING'
       AND (f.index = c.file_index OR f.index IS NULL)
       AND c.status IN ('PENDING', 'PROCESSING') AND c.status = ANY ($4::"UploadStatus"[])
       AND ((c.status = 'PENDING' AND (c.lost_workers = 0 OR $5)) OR (c.lease_until < now() AND c.lost_workers = 0 AND $5))
     RETURNING c.upload_id, c.attempts, c.lost_workers, u.campaign_id, u.sequence, u.complete, c.index, c.first_row, c.lines, c.sibling_rows, c.data, f.headers,
       coalesce(f.name, f.sheet) AS file, ${isSheetSql} AS is_sheet, coalesce(f.platform, u.platform) AS platform, f.columns, f.date_orders,
       f.format -> 'decimalMark' AS decimal_mark, f.format -> 'damage' AS damage, f.format -> 'repair' AS repair`,
    [chunkId, token, leaseMs, chunkSources('PROCESSING'), suspects],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    id: chunkId,
    uploadId: row.upload_id,
    token,
    attempt: row.attempts,
    lostWorkers: row.lost_workers,
    campaignId: row.campaign_id,
    sequence: row.sequence,
    complete: row.complete,
    index: row.index,
    firstRow: row.first_row,
    lines: row.lines,
    siblingRows: row.sibling_rows ?? [],
    ...readChunkData(row.data, row.headers),
    file: row.file,
    isSheet: row.is_sheet,
    platform: row.platform,
    columns: z.array(columnAssignmentSchema).nullable().parse(row.columns),
    dateOrders: readDateOrders(row.date_orders),
    decimalMark: row.date_orders === null ? undefined : decimalMarkSchema.parse(row.decimal_mark),
    damage: z.nullable(damageSchema).parse(row.damage) ?? undefined,
    repair: z.boolean().nullable().parse(row.repair) ?? undefined,
  };
}

function readDateOrders(json: unknown): readonly ColumnDateOrder[] | undefined {
  if (json === null) return undefined;
  return dateOrdersSchema
    .parse(json)
    .flatMap(({ position, order }) => (order === null ? [] : [{ position, order }]));
}
