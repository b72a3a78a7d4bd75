import type pg from 'pg';
import type { Database } from '../../client.js';

/** A campaign, and what was sent to it. */
export interface CampaignReport {
  readonly id: string;
  readonly name: string;
  /** Null while it takes uploads. */
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
  readonly lastUploadAt: Date | null;
  /** Its uploads, and how many of them have not ended. */
  readonly uploads: { readonly total: number; readonly open: number };
}

/** Called with the campaign as it is, under its lock, before it is changed. What it throws is thrown, and nothing changes. */
export type CampaignCheck = (campaign: CampaignReport) => void;

/** The campaign of a merchant, or null. One that was deleted is not there, even while its contents still are. */
export function readCampaign(db: Database, merchantId: string, id: string): Promise<CampaignReport | null> {
  return readOne(db.pool, merchantId, id);
}

/** As {@link readCampaign}; nobody else changes the campaign, or opens an upload to it, until the transaction ends. */
export async function lockCampaign(
  client: pg.ClientBase,
  merchantId: string,
  id: string,
): Promise<CampaignReport | null> {
  await client.query('SELECT 1 FROM campaign WHERE merchant_id = $1 AND id = $2 FOR UPDATE', [
    merchantId,
    id,
  ]);
  // In a statement of its own, which sees what was committed while the first one waited.
  return readOne(client, merchantId, id);
}

async function readOne(
  source: Pick<pg.ClientBase, 'query'> | pg.Pool,
  merchantId: string,
  id: string,
): Promise<CampaignReport | null> {
  const { rows } = await source.query<CampaignReport>(
    `SELECT c.id, c.name, c.archived_at AS "archivedAt", c.created_at AS "createdAt", sent.last AS "lastUploadAt",
            json_build_object('total', sent.total, 'open', sent.open) AS uploads
     FROM campaign c CROSS JOIN LATERAL (
       SELECT count(*) AS total, max(created_at) AS last,
              count(*) FILTER (WHERE status IN ('PENDING', 'PROCESSING', 'NEEDS_MAPPING', 'NEEDS_REVIEW', 'UNDOING', 'REMAPPING')) AS open
       FROM csv_upload WHERE campaign_id = c.id) sent
     WHERE c.merchant_id = $1 AND c.id = $2 AND c.deleted_at IS NULL`,
    [merchantId, id],
  );
  return rows[0] ?? null;
}
