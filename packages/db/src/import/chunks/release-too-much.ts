import type { Database } from '../../client.js';
import { type Settlement, settleIfDone } from '../settle/settle-upload.js';
import type { ClaimedChunk } from './claim-chunk.js';
import { type LostRelease, releaseLost } from './release-lost.js';

/** What became of the chunk; null when it no longer belonged to the attempt. With the settlement, if that ended the upload. */
export interface TooMuchRelease {
  readonly release: LostRelease | null;
  readonly settlement: Settlement | null;
}

/**
 * Gives a chunk back on which Postgres has given up, see `isTooMuch`. The attempt does not count: the server may have been slow for
 * another reason. But it is not tried for ever either: it counts as a lost one, so the chunk is halved, and in the end the order
 * is refused that is too much.
 *
 * @throws SettleError when the chunk is given back and the settlement, which the sweep repeats, failed
 */
export async function releaseTooMuch(db: Database, chunk: ClaimedChunk): Promise<TooMuchRelease> {
  const release = await releaseLost(db, chunk, 'too-much');
  const settlement = release?.outcome === 'refused' ? await settleIfDone(db, chunk.uploadId) : null;
  return { release, settlement };
}
