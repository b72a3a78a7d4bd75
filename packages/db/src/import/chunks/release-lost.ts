import type pg from 'pg';
import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { halveStored } from './halve-stored.js';
import { type FreedChunk, type Loss, type LostChunk, lossInWords, readLost } from './lost-chunk.js';
import { refuseChunk } from './refuse-chunk.js';

/** What became of a chunk: it waits again, whole or as its halves, or its rows were refused. */
export type LostRelease =
  | { readonly outcome: 'again'; readonly pending: readonly FreedChunk[] }
  | { readonly outcome: 'refused'; readonly rows: number };

/** A chunk that is lost this many times is halved. Halves begin with one loss, so each is halved after one more. */
const HALVED_AFTER = 2;
/**
 * A single order that is lost this many times is refused: it had the process for itself in all of them but the first, which may
 * have been the fault of another chunk beside it.
 */
const REFUSED_AFTER = 3;
/**
 * A server that is broken or has no memory left may crash with whatever it is given. So if nothing was imported lately, an order with
 * which it crashes is refused only after this many times.
 */
const REFUSED_UNCOMPARED_AFTER = 10;
const LATELY = '10 minutes';

/**
 * Decides about a chunk whose attempt is lost: its worker is dead, or was cut off from Postgres for longer than the lease, or
 * Postgres gave up on it or crashed with it. Such an attempt does not count as a failed one. But a chunk that goes on being lost is probably the
 * cause: it is halved until the order is found that is, and that order is refused. Null when the chunk no longer belonged to the
 * lost attempt.
 */
export async function releaseLost(
  db: Database,
  chunk: LostChunk,
  loss: Loss = 'worker',
): Promise<LostRelease | null> {
  const losses = chunk.lostWorkers + 1;
  if (losses < HALVED_AFTER) return free(db.pool, chunk, loss);
  return inTransaction(db.pool, async (client) => {
    // Before the chunk, as whoever locks both does.
    await client.query('SELECT 1 FROM csv_upload WHERE id = $1 FOR NO KEY UPDATE', [chunk.uploadId]);
    const stored = await readLost(client, chunk);
    if (stored === null) return null;
    const halves = await halveStored(client, stored, loss);
    if (halves !== null) return { outcome: 'again', pending: halves };
    if (losses < (await refusedAfter(client, loss))) return free(client, chunk, loss);
    await refuseChunk(client, stored, losses, loss);
    return { outcome: 'refused', rows: stored.rows.length };
  });
}

async function refusedAfter(client: pg.ClientBase, loss: Loss): Promise<number> {
  if (loss !== 'server') return REFUSED_AFTER;
  const { rows } = await client.query<{ works: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM csv_upload_chunk
                    WHERE finished_at > now() - interval '${LATELY}' AND imported_count > 0) AS works`,
  );
  return rows[0]?.works === true ? REFUSED_AFTER : REFUSED_UNCOMPARED_AFTER;
}

async function free(
  client: Pick<pg.ClientBase, 'query'>,
  chunk: LostChunk,
  loss: Loss,
): Promise<LostRelease | null> {
  const { rows } = await client.query<FreedChunk>(
    `UPDATE csv_upload_chunk
     SET status = 'PENDING', attempts = greatest(attempts - 1, 0), lost_workers = lost_workers + 1, attempt_token = NULL,
         lease_until = NULL, last_error = $3, updated_at = now()
     WHERE id = $1 AND attempt_token = $2 AND status = 'PROCESSING'
     RETURNING id AS "chunkId", attempts + lost_workers AS attempt`,
    [chunk.id, chunk.token, lossInWords[loss]],
  );
  return rows.length === 0 ? null : { outcome: 'again', pending: rows };
}
