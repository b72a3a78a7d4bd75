import type pg from 'pg';

/**
 * The contents of a campaign's tables, to compare two campaigns. Left out are ids, times and versions, which an unchanged row
 * may or may not move.
 */
export interface CampaignDump {
  readonly backers: readonly unknown[];
  readonly products: readonly unknown[];
  readonly pledges: readonly unknown[];
  readonly items: readonly unknown[];
  readonly surveys: readonly unknown[];
  readonly inventory: readonly unknown[];
}

const technical = `'{id,campaign_id,backer_id,pledge_id,product_id,items,items_digest,created_at,updated_at,upload_sequence,row_number,fills,told_digest,base_sequence,base_digest}'::text[]`;
const pledgeKey = `l.platform || ':' || l.external_id`;

/** Reads the tables of a campaign in a form that can be compared: by natural key, sorted. */
export async function dumpCampaign(pool: pg.Pool, campaignId: string): Promise<CampaignDump> {
  const read = async (sql: string): Promise<readonly unknown[]> => {
    const { rows } = await pool.query<{ row: unknown }>(sql, [campaignId]);
    return rows.map(({ row }) => row);
  };
  return {
    backers: await read(
      `SELECT to_jsonb(b) - ${technical} AS row FROM backer b WHERE campaign_id = $1 ORDER BY identity`,
    ),
    products: await read(
      `SELECT to_jsonb(p) - ${technical} AS row FROM product p WHERE campaign_id = $1 ORDER BY kind, key`,
    ),
    pledges: await read(
      `SELECT to_jsonb(l) - ${technical} || jsonb_build_object('backer', b.identity) AS row
       FROM pledge l JOIN backer b ON b.id = l.backer_id WHERE l.campaign_id = $1 ORDER BY l.platform, l.external_id`,
    ),
    items: await read(
      `SELECT jsonb_build_object('pledge', ${pledgeKey}, 'kind', p.kind, 'key', p.key, 'quantity', i.quantity,
                'unitPrice', i.unit_price) AS row
       FROM pledge_item i JOIN pledge l ON l.id = i.pledge_id JOIN product p ON p.id = i.product_id
       WHERE l.campaign_id = $1 ORDER BY l.platform, l.external_id, p.kind, p.key`,
    ),
    surveys: await read(
      `SELECT to_jsonb(s) - ${technical} || jsonb_build_object('pledge', ${pledgeKey}) AS row
       FROM survey s JOIN pledge l ON l.id = s.pledge_id WHERE s.campaign_id = $1 ORDER BY l.platform, l.external_id`,
    ),
    inventory: await read(
      `SELECT to_jsonb(n) - ${technical} || jsonb_build_object('kind', p.kind, 'key', p.key) AS row
       FROM inventory n JOIN product p ON p.id = n.product_id WHERE n.campaign_id = $1 ORDER BY p.kind, p.key`,
    ),
  };
}
