import type pg from 'pg';

/** What counting a campaign may take, and some more for each of its rows. */
const LEAST_LIMIT_MS = 60_000;
const LIMIT_MS_PER_ROW = 2;

/**
 * Lets the statements of the caller's transaction take as long as counting a campaign may take. The usual limit is made for chunks,
 * and a campaign grows: what counts it would fail for ever.
 */
export async function allowTime(client: pg.ClientBase, campaignId: string): Promise<void> {
  await client.query(
    `SELECT set_config('statement_timeout', ($2 + $3 * sum(row_count))::bigint::text, true)
     FROM csv_upload WHERE campaign_id = $1`,
    [campaignId, LEAST_LIMIT_MS, LIMIT_MS_PER_ROW],
  );
}
