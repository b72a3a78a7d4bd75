import type pg from 'pg';
import type { ClaimedDraft } from './claim-draft.js';

/** A chunk that a draft reads. */
export interface Source {
  readonly chunkId: string;
  /** Whether it is one of the upload itself. */
  readonly isOwn: boolean;
  /** Whether it is to be read with the other columns that the draft has. */
  readonly isRemapped: boolean;
}

/** What a draft reads, step by step. */
export interface SourcePlan {
  readonly sources: readonly Source[];
  /** How many of them, at the beginning, are of the upload itself. */
  readonly ownParts: number;
  /** Rows of the upload, counted once for each time that it is read. */
  readonly ownRows: number;
}

/**
 * Lists the chunks that a draft reads: those of the upload itself first, which say what records matter, then those of the others
 * by age. Only chunks of which something was imported say anything: one that was refused because it stopped its workers is never
 * read again. The list is the same at each call while the revision of the campaign is.
 */
export async function listSources(
  client: Pick<pg.ClientBase, 'query'>,
  { uploadId, campaignId, sequence, kind, holds }: ClaimedDraft,
): Promise<SourcePlan> {
  const { rows } = await client.query<{
    chunkId: string;
    isOwn: boolean;
    rows: number;
    wasImported: boolean;
  }>(
    // Without the hold an import may go on meanwhile, and is not counted before it ends.
    `SELECT c.id AS "chunkId", u.id = $2 AS "isOwn", c.row_count AS rows,
            c.status = 'COMPLETED' AND c.imported_count > 0 AS "wasImported"
     FROM csv_upload u JOIN csv_upload_chunk c ON c.upload_id = u.id
     WHERE u.campaign_id = $1 AND NOT u.review
       AND (u.id = $2 OR (
         u.status <> 'UNDONE' AND ($4 OR u.status IN ('COMPLETED', 'FAILED', 'CANCELED', 'REMAPPING'))
         AND c.status = 'COMPLETED' AND c.imported_count > 0 AND ($5 <> 'HISTORY' OR u.sequence < $3)))
     ORDER BY u.id <> $2, u.sequence, c.index`,
    [campaignId, uploadId, sequence, holds, kind],
  );
  const own = rows.filter(({ isOwn }) => isOwn);
  const imported = own.filter(({ wasImported }) => wasImported);
  const toSource = (isRemapped: boolean) => (row: { chunkId: string; isOwn: boolean }) => ({
    ...row,
    isRemapped,
  });
  // With other columns, rows that were rejected may be records.
  const ownSources = [...imported.map(toSource(false)), ...(kind === 'REMAP' ? own.map(toSource(true)) : [])];
  const others = rows.filter(({ isOwn }) => !isOwn).map(toSource(false));
  const sum = (list: readonly { rows: number }[]) => list.reduce((total, each) => total + each.rows, 0);
  return {
    sources: [...ownSources, ...others],
    ownParts: ownSources.length,
    ownRows: sum(imported) + (kind === 'REMAP' ? sum(own) : 0),
  };
}
