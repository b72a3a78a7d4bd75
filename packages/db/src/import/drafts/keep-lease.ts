import type { Database } from '../../client.js';
import type { ClaimedDraft } from './claim-draft.js';

/** Of a lease, after which it is renewed: twice in vain, and there is still time for a third try. */
const RENEWAL_SHARE = 0.25;

/**
 * Keeps the lease of a draft alive while `work` runs. A step may take longer than a lease: it counts the whole campaign.
 *
 * @returns what `work` returns
 */
export async function keepLease<T>(
  { pool }: Database,
  { id, token, leaseMs }: Pick<ClaimedDraft, 'id' | 'token' | 'leaseMs'>,
  work: () => Promise<T>,
): Promise<T> {
  let renewal: Promise<void> | null = null;
  const renew = async () => {
    try {
      await pool.query(
        `UPDATE draft SET lease_until = now() + $3 * interval '1 millisecond' WHERE id = $1 AND lease_token = $2`,
        [id, token, leaseMs],
      );
    } catch {
      // The next one may succeed. If none does, the lease runs out, and the step that comes too late says so.
    } finally {
      renewal = null;
    }
  };
  const timer = setInterval(() => {
    renewal ??= renew();
  }, leaseMs * RENEWAL_SHARE);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await renewal;
  }
}
