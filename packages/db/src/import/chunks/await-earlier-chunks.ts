import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../client.js';
import type { PreparedRecords } from '../records/prepare-records.js';
import { areMostlyUnchanged } from '../records/write-records.js';
import type { ClaimedChunk } from './claim-chunk.js';

/** A few times what a chunk of a file that is sent again takes, and far less than a lease. */
const PATIENCE_MS = 500;
const ASK_EVERY_MS = 5;

/**
 * Lets the chunks further up in the file finish first, when this one changes hardly anything. A row that changes
 * nothing moves its record's version only while rows that must give way to it may still come (see write-rows.ts), and
 * that costs as much as a change: a file that is sent again is done in a third of the time when its chunks end in order.
 *
 * Nothing depends on it: whoever waited in vain moves the versions.
 */
export async function awaitEarlierChunks(
  db: Database,
  chunk: ClaimedChunk,
  prepared: PreparedRecords,
): Promise<void> {
  const isFirstUpload = chunk.sequence === 1;
  if (isFirstUpload || chunk.index === 0 || !(await areMostlyUnchanged(db.pool, prepared))) return;
  const deadline = Date.now() + PATIENCE_MS;
  while ((await areEarlierInHand(db, chunk)) && Date.now() < deadline) await sleep(ASK_EVERY_MS);
}

/** Whether some are being processed, and none waits for a worker: that may take any time. */
async function areEarlierInHand(db: Database, { uploadId, index }: ClaimedChunk): Promise<boolean> {
  const { rows } = await db.pool.query<{ inHand: boolean }>(
    `SELECT count(*) > 0 AND bool_and(status = 'PROCESSING' AND lease_until > now()) AS "inHand"
     FROM csv_upload_chunk WHERE upload_id = $1 AND index < $2 AND status = ANY (ARRAY['PENDING', 'PROCESSING']::"UploadStatus"[])`,
    [uploadId, index],
  );
  return rows[0]?.inHand ?? false;
}
