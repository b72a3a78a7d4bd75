import type { ColumnAssignment, ColumnDateOrder, Damage, DecimalMark } from '@pledgeline/csv-core';
import { columnAssignmentSchema, damageSchema } from '@pledgeline/csv-core/map';
import { z } from 'zod';
import type { Database } from '../../client.js';
import { readChunkData } from '../uploads/chunk-data.js';

/** A chunk with what is known of its file: what it takes to make records of its rows. */
export interface ChunkToMap {
  readonly id: string;
  readonly uploadId: string;
  readonly campaignId: string;
  /** The upload's sequence in the campaign. */
  readonly sequence: number;
  /** Whether the upload is the whole campaign. */
  readonly complete: boolean;
  readonly index: number;
  /** Which file of the upload, from 0. */
  readonly fileIndex: number;
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

/** The columns of a chunk `c` of an upload `u`, and of its file `f`, from which a {@link ChunkToMap} is made. */
export const chunkToMapColumns = `
  c.id, c.upload_id, u.campaign_id, u.sequence, u.complete, c.index, c.file_index, c.first_row, c.lines, c.sibling_rows, c.data, f.headers,
  coalesce(f.name, f.sheet) AS file, ${isSheetSql} AS is_sheet, coalesce(f.platform, u.platform) AS platform, f.columns, f.date_orders,
  f.format -> 'decimalMark' AS decimal_mark, f.format -> 'damage' AS damage, f.format -> 'repair' AS repair`;

const decimalMarkSchema = z.enum(['.', ',']).nullable();
const dateOrdersSchema = z.array(z.object({ position: z.int(), order: z.enum(['mdy', 'dmy']).nullable() }));

/** What {@link chunkToMapColumns} select. */
export interface ChunkToMapRow {
  id: string;
  upload_id: string;
  campaign_id: string;
  sequence: number;
  complete: boolean;
  index: number;
  file_index: number;
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

export function toChunkToMap(row: ChunkToMapRow): ChunkToMap {
  return {
    id: row.id,
    uploadId: row.upload_id,
    campaignId: row.campaign_id,
    sequence: row.sequence,
    complete: row.complete,
    index: row.index,
    fileIndex: row.file_index,
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

/** Reads a chunk that nobody has to claim, because its rows are only read. Null when it is gone. */
export async function readChunkToMap({ pool }: Database, chunkId: string): Promise<ChunkToMap | null> {
  const { rows } = await pool.query<ChunkToMapRow>(
    `SELECT ${chunkToMapColumns} FROM csv_upload_chunk c JOIN csv_upload u ON u.id = c.upload_id
     LEFT JOIN csv_upload_file f ON f.upload_id = u.id AND f.index = c.file_index WHERE c.id = $1`,
    [chunkId],
  );
  return rows[0] ? toChunkToMap(rows[0]) : null;
}

function readDateOrders(json: unknown): readonly ColumnDateOrder[] | undefined {
  if (json === null) return undefined;
  return dateOrdersSchema
    .parse(json)
    .flatMap(({ position, order }) => (order === null ? [] : [{ position, order }]));
}
