import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../client.js';
import type { PreparedRecords } from '../records/prepare-records.js';
import { areMostlyUnchanged } from '../records/write-records.js';
import type { ClaimedChunk } from './claim-chunk.js';

/** Several times what a chunk of an unchanged file takes while other workers have all cores, and far less than a lease. */
const MAX_WAIT_MS = 3000;
const ASK_EVERY_MS = 5;

/**
 * Lets the chunks before this one in the file finish first, when this one changes hardly anything. A row that changes
 * nothing moves its record's version only while rows with an older version may still come (see write-rows.ts), and that
 * costs as much as a change. A file that is sent again takes a third of the time when its chunks end in order.
 *
 * The result does not depend on the wait: a chunk that waited too long moves the versions.
 */
export async function awaitEarlierChunks(
  db: Database,
  chunk: ClaimedChunk,
  prepared: PreparedRecords,
): Promise<void> {
  const isFirstUpload = chunk.sequence === 1;
  if (isFirstUpload || chunk.index === 0 || !(await areMostlyUnchanged(db.pool, prepared))) return;
  const deadline = Date.now() + MAX_WAIT_MS;
  while ((await areEarlierInProgress(db, chunk)) && Date.now() < deadline) await sleep(ASK_EVERY_MS);
}

/** Whether earlier chunks are being processed, and none of them still waits for a worker, which could take any time. */
async function areEarlierInProgress(db: Database, { uploadId, index }: ClaimedChunk): Promise<boolean> {
  const { rows } = await db.pool.query<{ inHand: boolean }>(
    `SELECT count(*) > 0 AND bool_and(status = 'PROCESSING' AND lease_until > now()) AS "inHand"
     FROM csv_upload_chunk WHERE upload_id = $1 AND index < $2 AND status = ANY (ARRAY['PENDING', 'PROCESSING']::"UploadStatus"[])`,
    [uploadId, index],
  );
  return rows[0]?.inHand ?? false;
}
