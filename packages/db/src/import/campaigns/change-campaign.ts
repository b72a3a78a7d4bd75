import type pg from 'pg';
import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { inTransaction } from '../../transaction.js';
import { requireFree } from '../drafts/hold.js';
import { type CampaignCheck, type CampaignReport, lockCampaign, readCampaign } from './campaign-report.js';
import { adoptNamed, freeName } from './unconfirmed.js';

/** `taken`: another campaign of the merchant has the name. `missing`: the merchant has no such campaign. */
export type CampaignChange =
  | { readonly outcome: 'done'; readonly campaign: CampaignReport }
  | { readonly outcome: 'taken'; readonly by: string }
  | { readonly outcome: 'missing' };

/** Makes a campaign without sealed uploads. Of several calls with the same name, one makes it. */
export async function createCampaign(
  db: Database,
  merchantId: string,
  name: string,
): Promise<Exclude<CampaignChange, { outcome: 'missing' }>> {
  for (;;) {
    const id = newId();
    const { rowCount } = await db.pool.query(
      'INSERT INTO campaign (id, merchant_id, name) VALUES ($1, $2, $3) ON CONFLICT (merchant_id, name) DO NOTHING',
      [id, merchantId, name],
    );
    if (rowCount === 0) {
      const named = await adoptNamed(db.pool, merchantId, name);
      const adopted = named === null ? null : await readCampaign(db, merchantId, named);
      if (adopted !== null) return { outcome: 'done', campaign: adopted };
      const by = await findByName(db.pool, merchantId, name);
      if (by !== null) return { outcome: 'taken', by };
      continue; // It was renamed or deleted in this moment.
    }
    const campaign = await readCampaign(db, merchantId, id);
    if (campaign !== null) return { outcome: 'done', campaign };
  }
}

/** Renames a campaign, archives it, or opens it again. What is left out stays as it is. */
export async function changeCampaign(
  db: Database,
  merchantId: string,
  id: string,
  change: { readonly name?: string | undefined; readonly archived?: boolean | undefined },
  check: CampaignCheck,
): Promise<CampaignChange> {
  for (;;) {
    try {
      return await inTransaction(db.pool, async (client): Promise<CampaignChange> => {
        const before = await lockCampaign(client, merchantId, id);
        if (before === null) return { outcome: 'missing' };
        check(before);
        if (change.name !== undefined && change.name !== before.name) {
          await freeName(client, merchantId, change.name);
        }
        const by = change.name === undefined ? null : await findByName(client, merchantId, change.name);
        if (by !== null && by !== id) return { outcome: 'taken', by };
        await client.query(
          `UPDATE campaign SET name = coalesce($2, name), unconfirmed = false,
             archived_at = CASE WHEN $3 THEN coalesce(archived_at, now()) WHEN NOT $3 THEN NULL ELSE archived_at END
           WHERE id = $1`,
          [id, change.name ?? null, change.archived ?? null],
        );
        const campaign = await lockCampaign(client, merchantId, id);
        return campaign === null ? { outcome: 'missing' } : { outcome: 'done', campaign };
      });
    } catch (error) {
      // Another request took the name after we had looked; now we see it.
      if (!isNameTaken(error)) throw error;
    }
  }
}

/**
 * Deletes a campaign: it is gone at once for everybody, and its name is free. What is in it is deleted by the sweep, which may
 * take minutes (see `purgeCampaigns`). Returns false when the merchant has no such campaign.
 *
 * @throws UploadError `campaign_held`
 */
export function deleteCampaign(
  db: Database,
  merchantId: string,
  id: string,
  check: CampaignCheck,
): Promise<boolean> {
  return inTransaction(db.pool, async (client) => {
    const campaign = await lockCampaign(client, merchantId, id);
    if (campaign === null) return false;
    check(campaign);
    await requireFree(client, id);
    await markDeleted(client, id);
    return true;
  });
}

/** Makes a campaign invisible. Its row must be locked. */
export async function markDeleted(client: pg.ClientBase, id: string): Promise<void> {
  // The name is unique, and nobody else may have to wait for it.
  await client.query(`UPDATE campaign SET deleted_at = now(), name = 'deleted ' || id WHERE id = $1`, [id]);
}

async function findByName(
  source: Pick<pg.ClientBase, 'query'> | pg.Pool,
  merchantId: string,
  name: string,
): Promise<string | null> {
  const { rows } = await source.query<{ id: string }>(
    'SELECT id FROM campaign WHERE merchant_id = $1 AND name = $2',
    [merchantId, name],
  );
  return rows[0]?.id ?? null;
}

function isNameTaken(error: unknown): boolean {
  return (
    error instanceof Error && 'constraint' in error && error.constraint === 'campaign_merchant_id_name_key'
  );
}
