import type { Database } from '../../client.js';
import type { DraftToEnqueue } from './claim-draft.js';

/** Drafts on which nobody works though there is something to do: their job was lost, or its worker was. */
export async function findOpenDrafts(
  db: Database,
  { pendingAfterMs, limit }: { readonly pendingAfterMs: number; readonly limit: number },
): Promise<readonly DraftToEnqueue[]> {
  const { rows } = await db.pool.query<DraftToEnqueue>(
    `SELECT id AS "draftId", concat_ws('-', position, attempts, 'sweep') AS turn FROM draft
     WHERE status = ANY (ARRAY['BUILDING', 'APPLYING']::"DraftStatus"[]) AND kind <> 'REVIEW'
       AND CASE WHEN lease_until IS NULL THEN updated_at < now() - $1 * interval '1 millisecond' ELSE lease_until < now() END
     ORDER BY updated_at LIMIT $2`,
    [pendingAfterMs, limit],
  );
  return rows;
}
