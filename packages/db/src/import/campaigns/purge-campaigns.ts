import type { Database } from '../../client.js';

/** Small enough for a statement that locks nothing for long. */
const BATCH = 5_000;

/** How many campaigns one call looks at. */
const CAMPAIGNS = 100;

/** Those that refer to others come first. Each has an index that begins with the campaign. */
const tables = [
  { name: 'survey', key: 'pledge_id' },
  { name: 'pledge', key: 'id' },
  { name: 'backer', key: 'id' },
  { name: 'inventory', key: 'product_id' },
  { name: 'product', key: 'id' },
] as const;

/**
 * Deletes what is in deleted campaigns, and then the campaigns. Each statement is a transaction of its own, so it may stop
 * anywhere and run several times at once. Uploads go first: a worker that still has one of their chunks cannot store it
 * any more, so no records come after those that are deleted here.
 *
 * @returns how many campaigns are gone for good; the next call continues with the others
 */
export async function purgeCampaigns(
  db: Database,
  { budgetMs }: { readonly budgetMs: number },
): Promise<number> {
  const deadline = performance.now() + budgetMs;
  const hasTime = () => performance.now() < deadline;
  const { rows } = await db.pool.query<{ id: string }>(
    'SELECT id FROM campaign WHERE deleted_at IS NOT NULL ORDER BY deleted_at LIMIT $1',
    [CAMPAIGNS],
  );
  let purged = 0;
  for (const { id } of rows) {
    if (!(await deleteUploads(db, id, hasTime)) || !(await deleteRecords(db, id, hasTime))) return purged;
    await db.pool.query('DELETE FROM campaign WHERE id = $1', [id]);
    purged += 1;
  }
  return purged;
}

/** Returns whether nothing is left. */
async function deleteUploads(db: Database, campaignId: string, hasTime: () => boolean): Promise<boolean> {
  while (hasTime()) {
    const { rowCount } = await db.pool.query(
      'DELETE FROM csv_upload WHERE id = (SELECT id FROM csv_upload WHERE campaign_id = $1 ORDER BY sequence LIMIT 1)',
      [campaignId],
    );
    if (rowCount === 0) return true;
  }
  return false;
}

async function deleteRecords(db: Database, campaignId: string, hasTime: () => boolean): Promise<boolean> {
  for (const { name, key } of tables) {
    for (;;) {
      if (!hasTime()) return false;
      const { rowCount } = await db.pool.query(
        `DELETE FROM ${name} WHERE ${key} IN (
           SELECT ${key} FROM ${name} WHERE campaign_id = $1 ORDER BY ${key} LIMIT ${BATCH} FOR UPDATE)`,
        [campaignId],
      );
      if ((rowCount ?? 0) < BATCH) break;
    }
  }
  return true;
}
