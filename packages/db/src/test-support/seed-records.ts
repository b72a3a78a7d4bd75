import type pg from 'pg';
import { nameBasedId, newId } from '../ids.js';

/** How the records of a large campaign differ; every share is by the number of the pledge. */
export interface SeedOptions {
  readonly merchantId: string;
  readonly name: string;
  readonly pledges: number;
}

/** A campaign with many records, each kind made by one statement: no import, so versions and issues are made up. */
export interface SeededCampaign {
  readonly campaignId: string;
  readonly uploadId: string;
  readonly productIds: readonly string[];
}

const PRODUCTS = 20;

/**
 * Fills a campaign: for pledge `n`, backer `n` (every tenth has the one before's), a survey for every second. Pledges come 20 s
 * apart, and are written in chunks of 1,000. The statistics of the planner are up to date afterwards.
 */
export async function seedRecords(
  pool: pg.Pool,
  { merchantId, name, pledges }: SeedOptions,
): Promise<SeededCampaign> {
  const campaignId = newId();
  const uploadId = newId();
  const run = (sql: string, ...values: readonly unknown[]) => pool.query(sql, [campaignId, ...values]);
  await run(
    'INSERT INTO campaign (id, merchant_id, name, last_upload_sequence) VALUES ($1, $2, $3, 1)',
    merchantId,
    name,
  );
  await run(
    `INSERT INTO csv_upload (id, campaign_id, merchant_id, sequence, status, row_count, chunk_count, created_at, sealed_at, finished_at)
     VALUES ($2, $1, $3, 1, 'COMPLETED', $4, 1, '2026-01-01', '2026-01-01', '2026-12-31')`,
    uploadId,
    merchantId,
    pledges,
  );
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO product (id, campaign_id, kind, key, name, upload_sequence, row_number, base_sequence)
     SELECT md5($1 || 'product' || n)::uuid, $1::uuid, 'ITEM', 'K' || n, 'Product ' || n, 1, n, 1
     FROM generate_series(1, $2::int) n RETURNING id`,
    [campaignId, PRODUCTS],
  );
  const productIds = rows.map(({ id }) => id);
  const times = `timestamptz '2026-01-01' + (n / 1000) * interval '1 hour'`;
  const backerIds = Array.from({ length: pledges }, (_, at) =>
    nameBasedId(campaignId, 'backer', `b${at + 1}@example.com`),
  );
  await run(
    `INSERT INTO backer (id, campaign_id, identity, email, name, billing_country, upload_sequence, row_number, base_sequence, created_at, updated_at)
     SELECT id, $1::uuid, 'b' || n || '@example.com', 'B' || n || '@example.com',
            initcap(substr(translate(md5(n::text), '0123456789', 'ghijklmnop'), 1, 6)) || ' Hopper', (ARRAY['US', 'DE', 'GB', NULL])[1 + n % 4], 1, n, 1, ${times}, ${times}
     FROM unnest($2::uuid[]) WITH ORDINALITY AS each (id, n)`,
    backerIds,
  );
  await run(
    `INSERT INTO pledge (id, campaign_id, backer_id, platform, external_id, status, amount, currency, pledged_at, shipping_name,
       shipping_address1, shipping_country, items, extra, upload_sequence, row_number, base_sequence, created_at, updated_at)
     SELECT md5($1 || 'pledge' || n)::uuid, $1::uuid, ($3::uuid[])[n - (n % 10 = 0)::int],
            CASE WHEN n % 50 = 0 THEN 'shopify' ELSE 'kickstarter' END, n::text,
            (CASE WHEN n % 100 = 0 THEN 'DROPPED' WHEN n % 20 = 0 THEN 'ERRORED' WHEN n % 7 = 0 THEN NULL ELSE 'COLLECTED' END)::"PledgeStatus",
            25.5, CASE WHEN n % 3 = 0 THEN 'EUR' ELSE 'USD' END,
            CASE WHEN n % 11 <> 0 THEN timestamptz '2025-11-01' + n * interval '20 s' END, 'Name ' || n,
            CASE WHEN n % 4 = 0 THEN NULL ELSE n || ' Main Street' END, (ARRAY['US', 'DE', 'GB', NULL])[1 + n % 4],
            jsonb_build_object(md5($1 || 'product' || 1 + n % 20)::uuid, jsonb_build_object('quantity', 1 + n % 3)),
            jsonb_build_object('Colour', 'red'), 1, n, 1, ${times}, ${times}
     FROM generate_series(1, $2::int) n`,
    pledges,
    backerIds,
  );
  await run(
    `INSERT INTO survey (pledge_id, campaign_id, answers, upload_sequence, row_number, base_sequence, created_at, updated_at)
     SELECT md5($1 || 'pledge' || n)::uuid, $1::uuid, jsonb_build_array(
         jsonb_build_object('position', 1, 'question', 'What colour?', 'answer', (ARRAY['red', 'green', 'blue'])[1 + n % 3]),
         jsonb_build_object('position', 2, 'question', 'Your name on it?', 'answer', 'Name ' || n)), 1, n, 1, ${times}, ${times}
     FROM generate_series(2, $2::int, 2) n`,
    pledges,
  );
  await run(
    `INSERT INTO inventory (product_id, campaign_id, committed, unpaid)
     SELECT id, $1, 100, 10 FROM product WHERE campaign_id = $1`,
  );
  await pool.query('VACUUM ANALYZE backer, pledge, survey, product, inventory');
  return { campaignId, uploadId, productIds };
}
