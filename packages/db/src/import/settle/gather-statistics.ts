import type pg from 'pg';
import { shownStatusSql } from '../gone/shown-status.js';
import {
  type CampaignStatistics,
  maxUnits,
  type Outcomes,
  type PledgeTotal,
  type ProductUnits,
  type UploadStatistics,
} from './statistics.js';
import { sumRepairs } from './sum-repairs.js';

/** The upload to count for. */
export interface CountedUpload {
  readonly id: string;
  readonly campaignId: string;
  /** Its sequence in the campaign; records that it created or changed have it as `base_sequence`. */
  readonly sequence: number;
  readonly rowCount: number;
}

/** Counts what an upload did, and what its campaign holds now. The inventory must be up to date. */
export async function gatherStatistics(
  client: pg.ClientBase,
  upload: CountedUpload,
): Promise<UploadStatistics> {
  const chunks = await sumChunks(client, upload.id);
  return {
    rows: {
      total: upload.rowCount,
      imported: chunks.imported,
      rejected: chunks.rejected,
      leftOut: chunks.leftOut,
    },
    records: await countRecords(client, upload),
    ...(await countCampaign(client, upload.campaignId)),
    repairs: await sumRepairs(client, upload.id),
  };
}

/** Counts what a campaign holds now, whichever uploads it is from. The inventory must be up to date. */
export async function countCampaign(client: pg.ClientBase, campaignId: string): Promise<CampaignStatistics> {
  return {
    totals: await readTotals(client, campaignId),
    ...(await readUnits(client, campaignId)),
    backersWithoutPledge: await countLonelyBackers(client, campaignId),
  };
}

/** Counts the records that an upload created, changed, and found as they were. */
export async function countRecords(
  client: pg.ClientBase,
  upload: Omit<CountedUpload, 'rowCount'>,
): Promise<UploadStatistics['records']> {
  const { backers, products, pledges, surveys } = await sumChunks(client, upload.id);
  const count = (table: string, named: number) => countOutcomes(client, table, upload, named);
  return {
    backers: await count('backer', backers),
    products: await count('product', products),
    pledges: await count('pledge', pledges),
    surveys: await count('survey', surveys),
  };
}

/** The rows of an upload, as its chunks count them. */
export async function countRows(
  client: pg.ClientBase,
  { id, rowCount }: CountedUpload,
): Promise<Pick<UploadStatistics, 'rows'>> {
  const { imported, rejected, leftOut } = await sumChunks(client, id);
  return { rows: { total: rowCount, imported, rejected, leftOut } };
}

interface ChunkSums {
  imported: number;
  rejected: number;
  leftOut: number;
  backers: number;
  pledges: number;
  surveys: number;
  products: number;
}

// While two releases run side by side, the older one may write these counts as `rows` instead of `records`.
const namedOf = (type: string) =>
  `coalesce(sum((coalesce(result -> 'records', result -> 'rows') ->> '${type}')::bigint), 0)::bigint AS ${type}`;

async function sumChunks(client: pg.ClientBase, uploadId: string): Promise<ChunkSums> {
  const { rows } = await client.query<ChunkSums>(
    `SELECT coalesce(sum(imported_count), 0) AS imported, coalesce(sum(rejected_count), 0) AS rejected,
            coalesce(sum(left_out_count), 0) AS "leftOut",
            ${namedOf('backers')}, ${namedOf('pledges')}, ${namedOf('surveys')},
            (SELECT count(DISTINCT product) FROM csv_upload_chunk c, jsonb_array_elements_text(c.result -> 'products') product
             WHERE c.upload_id = $1 AND c.status = 'COMPLETED') AS products
     FROM csv_upload_chunk WHERE upload_id = $1 AND status = 'COMPLETED'`,
    [uploadId],
  );
  return rows[0] ?? { imported: 0, rejected: 0, leftOut: 0, backers: 0, pledges: 0, surveys: 0, products: 0 };
}

/** Counted by the `base_sequence` of records, so a chunk that was tried twice, or a record in two chunks, counts once. */
async function countOutcomes(
  client: pg.ClientBase,
  table: string,
  { campaignId, sequence }: Omit<CountedUpload, 'rowCount'>,
  named: number,
): Promise<Outcomes> {
  const { rows } = await client.query<{ created: number; updated: number }>(
    `SELECT count(*) FILTER (WHERE base_digest IS NULL) AS created,
            count(*) FILTER (WHERE base_digest IS NOT NULL) AS updated
     FROM ${table} WHERE campaign_id = $1 AND base_sequence = $2`,
    [campaignId, sequence],
  );
  const { created, updated } = rows[0] ?? { created: 0, updated: 0 };
  return { created, updated, unchanged: Math.max(0, named - created - updated) };
}

async function readTotals(client: pg.ClientBase, campaignId: string): Promise<readonly PledgeTotal[]> {
  const { rows } = await client.query<PledgeTotal>(
    `SELECT currency, ${shownStatusSql('pledge')} AS status, count(*) AS pledges,
            coalesce(sum(amount), 0)::numeric(38, 4) AS amount
     FROM pledge WHERE campaign_id = $1 GROUP BY 1, 2 ORDER BY 1 NULLS LAST, 2`,
    [campaignId],
  );
  return rows;
}

async function readUnits(client: pg.ClientBase, campaignId: string) {
  const { rows } = await client.query<ProductUnits>(
    `SELECT p.kind, p.key, p.name, i.committed AS units, coalesce(i.unpaid, 0) AS unpaid
     FROM inventory i JOIN product p ON p.id = i.product_id
     WHERE i.campaign_id = $1 ORDER BY i.committed DESC, p.kind, p.key LIMIT $2`,
    [campaignId, maxUnits],
  );
  const all = await client.query<{ count: number }>(
    'SELECT count(*) AS count FROM product WHERE campaign_id = $1',
    [campaignId],
  );
  return { units: rows, productCount: all.rows[0]?.count ?? 0 };
}

async function countLonelyBackers(client: pg.ClientBase, campaignId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*) AS count FROM backer b
     WHERE b.campaign_id = $1 AND NOT EXISTS (SELECT 1 FROM pledge p WHERE p.backer_id = b.id)`,
    [campaignId],
  );
  return rows[0]?.count ?? 0;
}
