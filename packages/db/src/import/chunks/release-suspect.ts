import { BrokenConnectionError } from '../../broken-connection.js';
import type { Database } from '../../client.js';
import { lastCrashSql } from '../../server-age.js';
import { isTooMuch } from '../../server-fault.js';
import { type Settlement, settleIfDone } from '../settle/settle-upload.js';
import type { ClaimedChunk } from './claim-chunk.js';
import type { Loss } from './lost-chunk.js';
import { type LostRelease, releaseLost } from './release-lost.js';

/** What became of the chunk; null when it no longer belonged to the attempt. With the settlement, if that ended the upload. */
export interface SuspectRelease {
  readonly release: LostRelease | null;
  readonly settlement: Settlement | null;
}

/**
 * Whether the chunk may itself be why Postgres failed it. Null when the fault is the server's, or none of a server.
 *
 * `too-much`: Postgres has given up its statement. `server`: the connection of this chunk broke off without a word, and Postgres has
 * crashed since the claim. Other connections are told of the crash; a restart, a failover or a cut cable is none.
 */
export async function suspectedLoss(
  { pool }: Pick<Database, 'pool'>,
  chunk: Pick<ClaimedChunk, 'id' | 'token'>,
  error: unknown,
): Promise<Loss | null> {
  if (isTooMuch(error)) return 'too-much';
  if (!(error instanceof BrokenConnectionError)) return null;
  // The claim was the chunk's last change.
  const { rows } = await pool.query<{ crashed: boolean }>(
    `SELECT ${lastCrashSql} > updated_at AS crashed FROM csv_upload_chunk
     WHERE id = $1 AND attempt_token = $2`,
    [chunk.id, chunk.token],
  );
  return rows[0]?.crashed === true ? 'server' : null;
}

/**
 * Gives a chunk back that may be why its attempt was lost, see {@link suspectedLoss}. The attempt does not count: the server may have
 * had another reason. But it is not tried for ever either: it counts as a lost one, so the chunk is halved, and in the end the order
 * is refused that is the cause.
 *
 * @throws SettleError when the chunk is given back and the settlement, which the sweep repeats, failed
 */
export async function releaseSuspect(db: Database, chunk: ClaimedChunk, loss: Loss): Promise<SuspectRelease> {
  const release = await releaseLost(db, chunk, loss);
  const settlement = release?.outcome === 'refused' ? await settleIfDone(db, chunk.uploadId) : null;
  return { release, settlement };
}
