import type { Database } from '../../client.js';
import type { UploadStatus } from '../../generated/prisma/client.js';

/** What happens to an upload, in this order; `ended` may be followed by `importing` when it is retried. */
export const uploadPhases = ['receiving', 'waiting', 'importing', 'settling', 'ended'] as const;

export type UploadPhase = (typeof uploadPhases)[number];

/** How far an upload has come. */
export interface UploadProgress {
  readonly phase: UploadPhase;
  /** Share of the rows that are imported, rejected or left out, in percent with one decimal. 100 only after the end. */
  readonly percent: number;
  /** Bytes of the file that are here. */
  readonly bytesReceived: number;
  /** Bytes of the whole file; null while it is received and its client has not said how many they are. */
  readonly bytesTotal: number | null;
  readonly rowsDone: number;
  /** Null until the file is received to its end. */
  readonly rowsTotal: number | null;
  /** Over the last half minute; null while no rows are done in that time, and after the end. */
  readonly rowsPerSecond: number | null;
  /** Until all rows are done, at that rate; null while it is unknown. */
  readonly secondsLeft: number | null;
}

/** What the progress of an upload is calculated from. */
export interface ProgressRow {
  readonly status: UploadStatus;
  readonly sealed_at: Date | null;
  readonly byte_count: number;
  readonly expected_bytes: number | null;
  readonly row_count: number;
  readonly imported: number;
  readonly rejected: number;
  readonly left_out: number;
  /** Chunks that wait or are processed. */
  readonly open_chunks: number;
  /** Rows of chunks that were done within the last {@link WINDOW_S} seconds. */
  readonly recent_rows: number;
  /** How long its first chunk has been claimed; null while none is. */
  readonly running_s: number | null;
  /** Whether other columns of it wait to be looked at. */
  readonly has_columns_to_review: boolean;
}

const WINDOW_S = 30;

/** Columns of {@link ProgressRow} that are sums over the chunks of an upload. */
export const progressSums = `
  coalesce(sum(imported_count), 0) AS imported, coalesce(sum(rejected_count), 0) AS rejected,
  coalesce(sum(left_out_count), 0) AS left_out,
  count(*) FILTER (WHERE status IN ('PENDING', 'PROCESSING')) AS open_chunks,
  coalesce(sum(imported_count + rejected_count + left_out_count)
    FILTER (WHERE finished_at > now() - interval '${WINDOW_S} seconds'), 0) AS recent_rows`;

/** The columns of {@link ProgressRow} that are worked out from the upload `u`. */
export const progressOfUpload = `
  extract(epoch FROM now() - u.started_at)::float8 AS running_s,
  u.status::text = 'REMAPPING' AND EXISTS (
    SELECT 1 FROM draft WHERE upload_id = u.id AND kind = 'REMAP' AND status = 'READY') AS has_columns_to_review`;

/**
 * Calculates the progress. Only rows of completed chunks count, and those stay completed; so it never goes back, whichever
 * process asks, and however often a chunk is tried.
 */
export function toProgress(row: ProgressRow): UploadProgress {
  const phase = phaseOf(row);
  const rowsDone = Number(row.imported) + Number(row.rejected) + Number(row.left_out);
  const rate = phase === 'importing' ? rateOf(row) : null;
  return {
    phase,
    percent: percentOf(rowsDone, row.row_count, phase),
    bytesReceived: row.byte_count,
    bytesTotal: row.sealed_at === null ? row.expected_bytes : row.byte_count,
    rowsDone,
    rowsTotal: row.sealed_at === null ? null : row.row_count,
    rowsPerSecond: rate === null ? null : Math.max(1, Math.round(rate)),
    secondsLeft: rate === null ? null : Math.ceil((row.row_count - rowsDone) / rate),
  };
}

function phaseOf({ status, sealed_at, open_chunks, has_columns_to_review }: ProgressRow): UploadPhase {
  switch (status) {
    case 'PENDING':
      return sealed_at === null ? 'receiving' : 'waiting';
    case 'NEEDS_MAPPING':
    case 'NEEDS_REVIEW':
      return 'waiting';
    case 'PROCESSING':
      return Number(open_chunks) > 0 ? 'importing' : 'settling';
    case 'COMPLETED':
    case 'FAILED':
    case 'CANCELED':
    case 'UNDONE':
      return 'ended';
    case 'UNDOING':
      return 'importing';
    case 'REMAPPING':
      return has_columns_to_review ? 'waiting' : 'importing';
  }
}

function percentOf(done: number, total: number, phase: UploadPhase): number {
  if (total === 0) return 0;
  const percent = Math.floor((done / total) * 1_000) / 10;
  return phase === 'ended' ? percent : Math.min(percent, 99.9);
}

function rateOf({ recent_rows, running_s }: ProgressRow): number | null {
  const rows = Number(recent_rows);
  if (rows === 0 || running_s === null) return null;
  // The first chunks would make a rate of any size.
  return rows / Math.min(WINDOW_S, Math.max(1, running_s));
}

/** The state of an upload at one moment. */
export interface UploadState {
  readonly id: string;
  readonly status: UploadStatus;
  readonly finishedAt: Date | null;
  readonly progress: UploadProgress;
}

/** The states of some uploads, in one query. One that does not exist any more is missing. */
export async function readUploadStates(
  db: Database,
  uploadIds: readonly string[],
): Promise<readonly UploadState[]> {
  const { rows } = await db.pool.query<ProgressRow & { id: string; finished_at: Date | null }>(
    `SELECT u.id, u.status, u.sealed_at, u.byte_count, u.expected_bytes, u.row_count, u.finished_at, ${progressOfUpload}, chunks.*
     FROM csv_upload u
     CROSS JOIN LATERAL (SELECT ${progressSums} FROM csv_upload_chunk WHERE upload_id = u.id) chunks
     WHERE u.id = ANY ($1::uuid[])`,
    [uploadIds],
  );
  return rows.map((row) => ({
    id: row.id,
    status: row.status,
    finishedAt: row.finished_at,
    progress: toProgress(row),
  }));
}
