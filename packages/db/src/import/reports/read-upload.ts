import type { Assumption, ColumnAssignment, Detection, Issue, OpenQuestion } from '@pledgeline/csv-core';
import type pg from 'pg';
import type { Database } from '../../client.js';
import type { UploadStatus } from '../../generated/prisma/client.js';
import { readingFrom } from '../../page-start.js';
import { type Batches, readBatches, type Sized } from '../../read-batches.js';
import type { PageQuery } from '../../read-page.js';
import type { DraftReport } from '../drafts/read-draft.js';
import type { UploadStatistics } from '../settle/statistics.js';
import { maxUnknownColumns } from '../uploads/shorten-detection.js';
import type { FileDateOrder, FileFormat } from '../uploads/upload-file.js';
import {
  type ProgressRow,
  progressOfUpload,
  progressSums,
  toProgress,
  type UploadProgress,
} from './progress.js';

/** A file or sheet of an upload: one that was read, or one that was skipped because it holds no table. */
export interface FileReport {
  /** Path in the archive; null when the upload is no archive. */
  readonly name: string | null;
  /** Name of the workbook's sheet; null when it is no workbook. */
  readonly sheet: string | null;
  /** Why it was not read; null when it was. */
  readonly skipped: string | null;
  readonly format: FileFormat | null;
  readonly firstRow: number;
  readonly rowCount: number;
  readonly platform: string | null;
  readonly detection: Detection | null;
  /** What the columns are, as set by a person or by a saved mapping. */
  readonly columns: readonly ColumnAssignment[] | null;
  /** What must be said before the file is imported. */
  readonly questions: readonly OpenQuestion[];
  /** What is assumed because the file does not say it. */
  readonly assumptions: readonly Assumption[];
  readonly dateOrders: readonly FileDateOrder[] | null;
  /** Issues found while the file was received; those of its rows are found when its chunks are processed. */
  readonly issueCount: number;
}

/** How many files the report of an upload has. */
export const maxReportedFiles = 100;

/** The full report of an upload. Counts are sums over its chunks, so nothing can be counted twice. */
export interface UploadReport {
  readonly id: string;
  readonly campaignId: string;
  readonly campaign: string;
  readonly filename: string | null;
  readonly status: UploadStatus;
  /** False while bytes arrive. */
  readonly sealed: boolean;
  /** Whether it is only compared with its campaign, and nothing of it is written. */
  readonly review: boolean;
  readonly platform: string | null;
  /** 0 to 1. */
  readonly confidence: number | null;
  readonly detection: Detection | null;
  /** The first {@link maxReportedFiles}, in the upload's order; empty until it is sealed. {@link listFiles} has all. */
  readonly files: readonly FileReport[];
  /** Whether it was sent as the whole campaign. */
  readonly complete: boolean;
  readonly fileCount: number;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly byteCount: number;
  readonly sha256: string | null;
  readonly rows: {
    readonly total: number;
    readonly imported: number;
    readonly rejected: number;
    /** Rows that are no records, such as sums below the pledges. Each has a warning that says why. */
    readonly leftOut: number;
    /** Rows whose chunk is not done: still waiting, failed or canceled. */
    readonly open: number;
  };
  readonly chunks: Readonly<
    Record<'total' | 'pending' | 'processing' | 'completed' | 'failed' | 'canceled', number>
  >;
  readonly progress: UploadProgress;
  /** What is worked out of it, or was last: null when nothing was. */
  readonly draft:
    | (Pick<DraftReport, 'kind' | 'status'> & {
        /** Why its last attempt failed, or why it was given up. */
        readonly error: string | null;
      })
    | null;
  /** Why chunks failed, if any did. */
  readonly chunkErrors: readonly string[];
  /** Later uploads of the campaign that bring back its rejected rows: the first 100. */
  readonly madeGoodBy: readonly LaterUpload[];
  /** Warnings that the import replaces newer values by older ones, or marks nothing as GONE: the first {@link MAX_WARNINGS}. */
  readonly warnings: readonly Issue[];
  /** Written once, when the upload is final. */
  readonly statistics: UploadStatistics | null;
  readonly createdAt: Date;
  readonly sealedAt: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** What became of rejected rows that came back in a later upload. */
export interface LaterUpload {
  readonly uploadId: string;
  readonly status: UploadStatus;
  /** How many rows of its files that name this upload are imported, and how many are rejected again. */
  readonly imported: number;
  readonly rejected: number;
}

/** How many later uploads a report names. */
const MAX_LATER = 100;

/** How many warnings a report has; the issues of the upload list them all. */
const MAX_WARNINGS = 10;

/** An upload in a list. */
export type UploadSummary = Omit<UploadReport, 'files' | 'detection' | 'madeGoodBy' | 'warnings'>;

interface ReportRow extends ProgressRow {
  id: string;
  campaign_id: string;
  campaign: string;
  filename: string | null;
  platform: string | null;
  review: boolean;
  confidence: number | null;
  complete: boolean;
  file_count: number;
  failure_code: string | null;
  failure_message: string | null;
  sha256: string | null;
  statistics: UploadStatistics | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  chunk_count: number;
  pending: number;
  processing: number;
  completed: number;
  failed: number;
  canceled: number;
  chunk_errors: string[] | null;
  draft: UploadReport['draft'];
}

/** Whether the campaign of an upload was not deleted. */
const isThere = `NOT EXISTS (
  SELECT 1 FROM campaign WHERE id = campaign_id AND deleted_at IS NOT NULL)`;

const summaryColumns = `
  u.id, u.campaign_id, c.name AS campaign, u.filename, u.status, u.review, u.platform, u.confidence, u.complete,
  u.failure_code, u.failure_message, u.byte_count, u.expected_bytes, u.sha256, u.row_count, u.statistics,
  u.created_at, u.sealed_at, u.started_at, u.finished_at, ${progressOfUpload}, chunks.*,
  (SELECT json_build_object('kind', kind, 'status', status, 'error', last_error) FROM draft WHERE upload_id = u.id) AS draft,
  (SELECT count(*) FROM csv_upload_file WHERE upload_id = u.id) AS file_count`;

const summaryTables = `
  csv_upload u
  JOIN campaign c ON c.id = u.campaign_id
  CROSS JOIN LATERAL (
    SELECT ${progressSums},
           count(*) AS chunk_count,
           count(*) FILTER (WHERE status = 'PENDING') AS pending,
           count(*) FILTER (WHERE status = 'PROCESSING') AS processing,
           count(*) FILTER (WHERE status = 'COMPLETED') AS completed,
           count(*) FILTER (WHERE status = 'FAILED') AS failed,
           count(*) FILTER (WHERE status = 'CANCELED') AS canceled,
           array_agg(DISTINCT last_error) FILTER (WHERE status = 'FAILED' AND last_error IS NOT NULL) AS chunk_errors
    FROM csv_upload_chunk WHERE upload_id = u.id) chunks`;

/** A detection without the rest of a long list of columns, which a release before stored whole. */
const detectionSql = (column: string) =>
  `${column} || jsonb_build_object('unknownColumns', jsonb_path_query_array(${column}, '$.unknownColumns[0 to ${maxUnknownColumns - 1}]'))`;

/** A file as JSON, in the form of {@link FileReport}. */
const fileSql = `json_build_object(
  'name', name, 'sheet', sheet, 'skipped', skipped, 'format', format - 'damage' - 'repair' - 'isSheet',
  'firstRow', first_row, 'rowCount', row_count, 'platform', platform,
  'detection', ${detectionSql('detection')}, 'columns', columns,
  'questions', coalesce(reading -> 'questions', '[]'), 'assumptions', coalesce(reading -> 'assumptions', '[]'),
  'dateOrders', date_orders, 'issueCount', coalesce(jsonb_array_length(issues), 0))`;

/** The {@link LaterUpload}s of the upload `u`. Rejects that were sent to another campaign are not made good. */
const laterUploadsSql = `(
  SELECT coalesce(json_agg(json_build_object(
    'uploadId', id, 'status', status, 'imported', imported, 'rejected', rejected) ORDER BY id), '[]')
  FROM (
    SELECT later.id, later.status, coalesce(sum(c.imported_count), 0) AS imported, coalesce(sum(c.rejected_count), 0) AS rejected
    FROM csv_upload_file f JOIN csv_upload later ON later.id = f.upload_id
    LEFT JOIN csv_upload_chunk c ON c.upload_id = f.upload_id AND c.file_index = f.index
    WHERE f.fixes = u.id AND later.campaign_id = u.campaign_id AND later.id <> u.id
    GROUP BY later.id ORDER BY later.id LIMIT ${MAX_LATER}) later)`;

const warningsSql = `(
  SELECT coalesce(json_agg(issue), '[]') FROM (
    SELECT issue FROM csv_upload_file f
    CROSS JOIN LATERAL jsonb_path_query(f.issues, '$[*] ? (@.code == "older_content" || @.code == "missing_not_marked")') AS issue
    WHERE f.upload_id = u.id ORDER BY f.index LIMIT ${MAX_WARNINGS}) found)`;

/** The report of one upload, or null when the merchant has no such upload. */
export async function readUpload(
  { pool }: { readonly pool: Pick<pg.ClientBase, 'query'> },
  merchantId: string,
  uploadId: string,
): Promise<UploadReport | null> {
  type Row = ReportRow &
    Pick<UploadReport, 'detection' | 'madeGoodBy' | 'warnings'> & { files: FileReport[] };
  const { rows } = await pool.query<Row>(
    `SELECT ${summaryColumns}, ${detectionSql('u.detection')} AS detection,
            (SELECT coalesce(json_agg(file ORDER BY index), '[]') FROM (
               SELECT index, ${fileSql} AS file FROM csv_upload_file
               WHERE upload_id = u.id ORDER BY index LIMIT ${maxReportedFiles}) first) AS files,
            ${laterUploadsSql} AS "madeGoodBy", ${warningsSql} AS warnings
     FROM ${summaryTables} WHERE u.merchant_id = $1 AND u.id = $2 AND c.deleted_at IS NULL`,
    [merchantId, uploadId],
  );
  const [row] = rows;
  if (!row) return null;
  const { detection, files, madeGoodBy, warnings } = row;
  return { ...toSummary(row), detection, files, madeGoodBy, warnings };
}

/** The files of an upload, each with its index, from the start of a page on. */
export function listFiles(
  db: Database,
  uploadId: string,
  { start, limit }: PageQuery<number>,
): Batches<{ readonly index: number; readonly file: FileReport }> {
  const { beyond, order } = readingFrom(start, 'ASC');
  return readBatches(
    {
      async findNext(last, count) {
        const { rows } = await db.pool.query<Sized>(
          `SELECT index::text AS id, octet_length(${fileSql}::text) AS size FROM (
             SELECT * FROM csv_upload_file
             WHERE upload_id = $1 AND ($2::int IS NULL OR index ${beyond} $2) ORDER BY index ${order} LIMIT $3) file
           ORDER BY index ${order}`,
          [uploadId, last ?? null, count],
        );
        return rows;
      },
      async read(indexes) {
        const { rows } = await db.pool.query<{ index: number; file: FileReport }>(
          `SELECT index, ${fileSql} AS file FROM csv_upload_file
           WHERE upload_id = $1 AND index = ANY ($2::int[]) ORDER BY index ${order}`,
          [uploadId, indexes],
        );
        return rows;
      },
    },
    { after: start && String(start.key), limit },
  );
}

/** The indexes of the files for which a person has to say what their columns are. */
export async function listUnknownFiles(db: Database, uploadId: string): Promise<readonly number[]> {
  const { rows } = await db.pool.query<{ index: number }>(
    `SELECT f.index FROM csv_upload_file f JOIN csv_upload u ON u.id = f.upload_id
     WHERE u.id = $1 AND u.status = 'NEEDS_MAPPING' AND f.skipped IS NULL AND f.platform IS NULL ORDER BY f.index`,
    [uploadId],
  );
  return rows.map(({ index }) => index);
}

/** What uploads must be like. */
export interface UploadFilters {
  readonly status?: readonly UploadStatus[] | undefined;
  readonly campaignId?: string | undefined;
  readonly platform?: readonly string[] | undefined;
}

/** A merchant's uploads, newest first, from the start of a page on, without their files and detection, which may be long. */
export function listUploads(
  db: Database,
  merchantId: string,
  { start, limit, status, campaignId, platform }: PageQuery & UploadFilters,
): Batches<UploadSummary> {
  const { beyond, order } = readingFrom(start, 'DESC');
  return readBatches(
    {
      async findNext(last, count) {
        const { rows } = await db.pool.query<Sized>(
          `SELECT id, coalesce(octet_length(statistics::text), 0) + 2000 AS size FROM (
             SELECT id, statistics FROM csv_upload
             WHERE merchant_id = $1 AND ${isThere} AND ($2::uuid IS NULL OR id ${beyond} $2)
               AND ($4::text[] IS NULL OR status::text = ANY ($4)) AND ($5::uuid IS NULL OR campaign_id = $5)
               AND ($6::text[] IS NULL OR platform = ANY ($6))
             ORDER BY id ${order} LIMIT $3) upload
           ORDER BY id ${order}`,
          [merchantId, last ?? null, count, status ?? null, campaignId ?? null, platform ?? null],
        );
        return rows;
      },
      async read(ids) {
        const { rows } = await db.pool.query<ReportRow>(
          `SELECT ${summaryColumns} FROM ${summaryTables} WHERE u.id = ANY ($1::uuid[]) ORDER BY u.id ${order}`,
          [ids],
        );
        return rows.map(toSummary);
      },
    },
    { after: start?.key, limit },
  );
}

function toSummary(row: ReportRow): UploadSummary {
  const imported = Number(row.imported);
  const rejected = Number(row.rejected);
  const leftOut = Number(row.left_out);
  const open = row.row_count - imported - rejected - leftOut;
  const sealed = row.sealed_at !== null;
  return {
    id: row.id,
    campaignId: row.campaign_id,
    campaign: row.campaign,
    filename: row.filename,
    status: row.status,
    sealed,
    review: row.review,
    platform: row.platform,
    confidence: row.confidence,
    complete: row.complete,
    fileCount: row.file_count,
    failure:
      row.failure_code === null ? null : { code: row.failure_code, message: row.failure_message ?? '' },
    byteCount: row.byte_count,
    sha256: row.sha256,
    rows: { total: row.row_count, imported, rejected, leftOut, open },
    chunks: {
      total: row.chunk_count,
      pending: row.pending,
      processing: row.processing,
      completed: row.completed,
      failed: row.failed,
      canceled: row.canceled,
    },
    progress: toProgress(row),
    draft: row.draft,
    chunkErrors: row.chunk_errors ?? [],
    statistics: row.statistics && completeStatistics(row.statistics),
    createdAt: row.created_at,
    sealedAt: row.sealed_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

/** The statistics with what the release before did not know yet: its workers repaired nothing, and left no row out. */
function completeStatistics(
  statistics: Omit<UploadStatistics, 'repairs'> & Partial<Pick<UploadStatistics, 'repairs'>>,
): UploadStatistics {
  const { rows, repairs = [] } = statistics;
  return { ...statistics, rows: { ...rows, leftOut: rows.leftOut ?? 0 }, repairs };
}
