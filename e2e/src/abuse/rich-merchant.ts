import { z } from 'zod';
import { sampleFile } from '../sample-file.js';
import { until } from '../until.js';
import type { AbusedSystem, Merchant } from './abused-system.js';

/** A merchant with as much of everything as a large one may have, and where it is. */
export interface RichMerchant {
  readonly merchant: Merchant;
  readonly campaign: string;
  /** Of the uploads with many rows, with many issues, and with many columns that wait for a mapping. */
  readonly uploads: { readonly large: string; readonly broken: string; readonly wide: string };
  /** Of a campaign that has nothing. */
  readonly emptyCampaign: string;
  /** One of each kind, by the first part of its path. */
  readonly ids: Readonly<Record<string, string>>;
  readonly delivery: string;
}

const CAMPAIGN = 'Lamp';
const PLEDGES = 20_000;
const BROKEN_ROWS = 2_000;
export const WIDE_COLUMNS = 2_000;

/** A file whose columns nobody knows, as wide as a file may be. */
export function wideFile(): string {
  const header = Array.from({ length: WIDE_COLUMNS }, (_, n) => `Figure ${n} of the whole`);
  const row = Array.from({ length: WIDE_COLUMNS }, (_, n) => `${(n * 7_919) % 100}.50`);
  return [header, ...Array.from({ length: 20 }, () => row)].map((cells) => `${cells.join()}\n`).join('');
}

/** Rows without an address, each of which becomes a reject with an issue. */
function brokenFile(): string {
  const rows = Array.from({ length: BROKEN_ROWS }, (_, n) => `B${n},Ada,nobody,5.00,USD\n`);
  return `Order ID,Name,Email,Amount,Currency\n${rows.join('')}`;
}

/** Imports what a rich merchant has. The worker of the system must run. */
export async function createRichMerchant(system: AbusedSystem): Promise<RichMerchant> {
  const merchant = await system.addMerchant('Rich');
  const options = { campaign: CAMPAIGN };
  const large = await merchant.upload(sampleFile(PLEDGES).csv, options);
  const broken = await merchant.upload(brokenFile(), options);
  const wide = await merchant.upload(wideFile(), options);
  for (const id of [large, broken, wide]) await merchant.outcome(id, 300_000);
  await until(async () => {
    const answer = await merchant.fetch(`/v1/uploads/${large}/changes?limit=1`);
    changesSchema.parse(await answer.json());
  }, 300_000);
  await addTemplates(system, merchant.id);
  await addDeliveries(system, merchant);
  return {
    merchant,
    campaign: CAMPAIGN,
    uploads: { large, broken, wide },
    emptyCampaign: await create(merchant, '/v1/campaigns', { name: 'Empty' }),
    ...(await findIds(system)),
  };
}

/** Half of them have as many columns as a file may have. */
async function addTemplates({ db }: AbusedSystem, merchantId: string): Promise<void> {
  const columns = Array.from({ length: WIDE_COLUMNS }, (_, position) => ({ position, as: 'kept' }));
  await db.pool.query(
    `INSERT INTO mapping_template (id, merchant_id, name, header_fingerprint, platform, columns)
     SELECT gen_random_uuid(), $1, 'Saved ' || n, lpad(n::text, 64, '0'), 'generic', CASE WHEN n % 2 = 0 THEN $2::jsonb END
     FROM generate_series(1, 1000) n`,
    [merchantId, JSON.stringify(columns)],
  );
}

/** Those that are worked out. */
const changesSchema = z.object({ draft: z.object({ status: z.literal('READY') }) });

const createdSchema = z.object({ id: z.string() });

async function create(merchant: Merchant, path: string, body: unknown): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await merchant.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return createdSchema.parse(await answer.json()).id;
}

/** Other uploads with a notification each, deliveries to an endpoint, and a long log of attempts. */
async function addDeliveries({ db }: AbusedSystem, merchant: Merchant): Promise<void> {
  const id = await create(merchant, '/v1/webhooks', { url: 'https://example.com/hook' });
  await db.pool.query(
    `WITH told AS (
       INSERT INTO notification (id, merchant_id, event, occurrence, message, routed_at)
       SELECT gen_random_uuid(), $1, 'upload.completed', n, repeat('It is done. ', 20), now() FROM generate_series(1, 1000) n
       RETURNING id),
     sent AS (
       INSERT INTO delivery (id, merchant_id, notification_id, channel, endpoint_id, event, status, finished_at)
       SELECT gen_random_uuid(), $1, id, 'WEBHOOK', $2, 'upload.completed', 'FAILED', now() FROM told RETURNING id)
     INSERT INTO delivery_attempt (delivery_id, number, latency_ms, response_status, response_head, error)
     SELECT id, n, 10, 500, repeat('x', 1000), 'The answer was 500.' FROM sent, generate_series(1, 20) n`,
    [merchant.id, id],
  );
}

async function findIds({ db }: AbusedSystem): Promise<Pick<RichMerchant, 'ids' | 'delivery'>> {
  const { rows } = await db.pool.query<Record<string, string>>(
    `SELECT (SELECT id FROM campaign WHERE name = $1) AS campaigns,
       (SELECT id FROM backer LIMIT 1) AS backers, (SELECT id FROM product LIMIT 1) AS products,
       (SELECT id FROM pledge LIMIT 1) AS pledges, (SELECT pledge_id FROM survey LIMIT 1) AS surveys,
       (SELECT id FROM notification LIMIT 1) AS notifications, (SELECT id FROM webhook_endpoint LIMIT 1) AS webhooks,
       (SELECT id FROM mapping_template LIMIT 1) AS "mapping-templates", (SELECT id FROM delivery LIMIT 1) AS delivery`,
    [CAMPAIGN],
  );
  const { delivery, ...ids } = rows[0] ?? {};
  if (delivery === undefined) throw new Error('The merchant has no delivery.');
  return { ids, delivery };
}
