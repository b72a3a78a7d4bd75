import type { Database } from '../../../client.js';
import { expandBackers, expandPledges, expandSurveys } from './expand-records.js';
import { readBackers, readInventory, readPledges, readProducts, readSurveys } from './read-records.js';
import { type RecordList, recordLists } from './record-lists.js';
import type { UploadSpan } from './records-query.js';

/** Whether a record is one of the merchant's. */
async function isOf(
  { pool }: Database,
  merchantId: string,
  { table, idColumn }: Pick<RecordList, 'table' | 'idColumn'>,
  id: string,
): Promise<boolean> {
  const { rows } = await pool.query(
    `SELECT 1 FROM ${table} t JOIN campaign c ON c.id = t.campaign_id WHERE t.${idColumn} = $1 AND c.merchant_id = $2`,
    [id, merchantId],
  );
  return rows.length > 0;
}

/** A backer of the merchant with their first pledges, or null. */
export async function readBacker(db: Database, merchantId: string, id: string) {
  if (!(await isOf(db, merchantId, recordLists.backers, id))) return null;
  const [backer] = await expandBackers(db, await readBackers(db, [id]), ['pledges']);
  return backer ?? null;
}

/** A pledge of the merchant with its items, backer and survey, or null. */
export async function readPledge(db: Database, merchantId: string, id: string) {
  if (!(await isOf(db, merchantId, recordLists.pledges, id))) return null;
  const [pledge] = await expandPledges(db, await readPledges(db, [id]), ['backer', 'survey']);
  return pledge ?? null;
}

/** A product of the merchant, or null. */
export async function readProduct(db: Database, merchantId: string, id: string) {
  if (!(await isOf(db, merchantId, recordLists.products, id))) return null;
  const [product] = await readProducts(db, [id]);
  return product ?? null;
}

/** The survey of a pledge of the merchant with that pledge, or null. */
export async function readSurvey(db: Database, merchantId: string, pledgeId: string) {
  if (!(await isOf(db, merchantId, recordLists.surveys, pledgeId))) return null;
  const [survey] = await expandSurveys(db, await readSurveys(db, [pledgeId]), ['pledge']);
  return survey ?? null;
}

/** The inventory of one product of the merchant, or null. */
export async function readProductInventory(db: Database, merchantId: string, productId: string) {
  if (!(await isOf(db, merchantId, recordLists.inventory, productId))) return null;
  const [inventory] = await readInventory(db, [productId]);
  return inventory ?? null;
}

/** When an upload to the campaign wrote its records, or null. */
export async function findUploadSpan(
  { pool }: Database,
  campaignId: string,
  uploadId: string,
): Promise<UploadSpan | null> {
  const { rows } = await pool.query<UploadSpan>(
    `SELECT sequence, created_at AS "from", finished_at AS "to" FROM csv_upload WHERE campaign_id = $1 AND id = $2`,
    [campaignId, uploadId],
  );
  return rows[0] ?? null;
}
