import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { createDatabase, type Database } from '../../client.js';
import { createApiKey } from '../../keys/api-keys.js';
import { cloneDatabase } from '../../test-support/template-database.js';

let db: Database;
let drop: () => Promise<void>;
let campaign: string;
let otherCampaign: string;
let lamp: string;
let hat: string;
let foreign: string;
let backer: string;

beforeAll(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  db = createDatabase({ connectionString: clone.url, maxConnections: 4 });
  drop = clone.drop;
});

afterAll(async () => {
  await db.close();
  await drop();
});

beforeEach(async () => {
  const { merchantId } = await createApiKey(db, `Merchant ${randomUUID()}`, 'test');
  campaign = await insert('campaign', { merchant_id: merchantId, name: 'Lamp' });
  otherCampaign = await insert('campaign', { merchant_id: merchantId, name: 'Sofa' });
  lamp = await insertProduct(campaign, 'LAMP');
  hat = await insertProduct(campaign, 'HAT');
  foreign = await insertProduct(otherCampaign, 'SOFA');
  backer = await insert('backer', { campaign_id: campaign, identity: 'ada@example.com', ...versions });
});

const versions = { upload_sequence: 1, row_number: 1, base_sequence: 1 };

async function insert(
  table: string,
  cells: Readonly<Record<string, unknown>>,
  client: pg.Pool | pg.ClientBase = db.pool,
): Promise<string> {
  const id = randomUUID();
  const row = JSON.stringify({ id, ...cells });
  const columns = ['id', ...Object.keys(cells)].join(', ');
  await client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_record(NULL::${table}, $1)`,
    [row],
  );
  return id;
}

function insertProduct(campaignId: string, key: string): Promise<string> {
  return insert('product', { campaign_id: campaignId, kind: 'REWARD', key, name: key, ...versions });
}

let pledges = 0;

function insertPledge(items: unknown, client: pg.Pool | pg.ClientBase = db.pool): Promise<string> {
  pledges += 1;
  return insert(
    'pledge',
    {
      campaign_id: campaign,
      backer_id: backer,
      platform: 'generic',
      external_id: String(pledges),
      items,
      ...versions,
    },
    client,
  );
}

/** Begins a transaction in a session of its own, and always ends it. */
async function inSession(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await db.pool.connect();
  try {
    await client.query('BEGIN');
    await work(client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/** Resolves once another session waits for a lock. */
async function untilSomebodyWaits(): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await db.pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      expect(rows, 'a session that waits for a lock').toHaveLength(1);
    },
    { timeout: 20_000, interval: 10 },
  );
}

describe('The database refuses the items of a pledge', () => {
  it.each<[string, () => unknown, string]>([
    ['a product that is not there', () => ({ [randomUUID()]: { quantity: 1 } }), '23503'],
    ['a product of another campaign', () => ({ [foreign]: { quantity: 1 } }), '23503'],
    ['a quantity below 1', () => ({ [lamp]: { quantity: 0 } }), '23514'],
    ['no quantity', () => ({ [lamp]: {} }), '23514'],
    ['a quantity that is no number', () => ({ [lamp]: { quantity: 'two' } }), '22P02'],
    ['a price that is no number', () => ({ [lamp]: { quantity: 1, unitPrice: 'ten' } }), '22P02'],
    ['a product that is no id', () => ({ lamp: { quantity: 1 } }), '22P02'],
    ['no object', () => ['lamp'], '22023'],
  ])('when an INSERT or an UPDATE gives it %s', async (_what, wrong, code) => {
    const items = wrong();
    await expect(insertPledge(items)).rejects.toMatchObject({ code });
    const id = await insertPledge({ [hat]: { quantity: 1 } });
    await expect(
      db.pool.query('UPDATE pledge SET items = $2 WHERE id = $1', [id, JSON.stringify(items)]),
    ).rejects.toMatchObject({ code });
  });

  it('when one pledge of many in a statement is wrong', async () => {
    const id = await insertPledge({ [lamp]: { quantity: 1 } });
    await insertPledge({ [hat]: { quantity: 1 } });
    await expect(
      db.pool.query(
        `UPDATE pledge SET items = CASE id WHEN $1 THEN jsonb_build_object($2::text, '{"quantity":1}'::jsonb) ELSE items END
         WHERE campaign_id = $3`,
        [id, foreign, campaign],
      ),
    ).rejects.toMatchObject({ code: '23503', message: expect.stringContaining(foreign) });
  });

  it('when the pledge moves to another campaign', async () => {
    const id = await insertPledge({ [lamp]: { quantity: 1 } });
    await expect(
      db.pool.query('UPDATE pledge SET campaign_id = $2 WHERE id = $1', [id, otherCampaign]),
    ).rejects.toMatchObject({ code: '23503' });
  });
});

describe('A product that pledges name', () => {
  it('cannot be removed, and one that none names can', async () => {
    await insertPledge({ [lamp]: { quantity: 1 } });
    await expect(db.pool.query('DELETE FROM product WHERE id = $1', [lamp])).rejects.toMatchObject({
      code: '23503',
    });
    await expect(
      db.pool.query('UPDATE product SET id = gen_random_uuid() WHERE id = $1', [lamp]),
    ).rejects.toMatchObject({ code: '23503' });
    expect(await db.pool.query('DELETE FROM product WHERE id = $1', [hat])).toMatchObject({ rowCount: 1 });
  });

  it('cannot change its campaign', async () => {
    await expect(
      db.pool.query('UPDATE product SET campaign_id = $2 WHERE id = $1', [lamp, otherCampaign]),
    ).rejects.toMatchObject({ code: '55000' });
  });

  it('is removed with its campaign', async () => {
    await insertPledge({ [lamp]: { quantity: 1 } });
    await db.pool.query('DELETE FROM campaign WHERE id = $1', [campaign]);
    const { rows } = await db.pool.query('SELECT FROM pledge WHERE campaign_id = $1', [campaign]);
    expect(rows).toEqual([]);
  });

  it('may be removed together with its pledges, in whatever order', async () => {
    await insertPledge({ [lamp]: { quantity: 1 } });
    await inSession(async (client) => {
      await client.query('DELETE FROM product WHERE id = $1', [lamp]);
      await client.query('DELETE FROM pledge WHERE campaign_id = $1', [campaign]);
      await client.query('COMMIT');
    });
    const { rows } = await db.pool.query('SELECT key FROM product WHERE campaign_id = $1', [campaign]);
    expect(rows).toEqual([{ key: 'HAT' }]);
  });

  it('cannot be removed while another transaction writes a pledge that names it', async () => {
    await inSession(async (writer) => {
      await insertPledge({ [lamp]: { quantity: 1 } }, writer);
      const removal = db.pool.query('DELETE FROM product WHERE id = $1', [lamp]).catch((error) => error);
      await untilSomebodyWaits();
      await writer.query('COMMIT');
      expect(await removal).toMatchObject({ code: '23503' });
    });
  });

  it('cannot be named any more while another transaction removes it', async () => {
    await inSession(async (remover) => {
      await remover.query('DELETE FROM product WHERE id = $1', [lamp]);
      const pledge = insertPledge({ [lamp]: { quantity: 1 } }).catch((error) => error);
      await untilSomebodyWaits();
      await remover.query('COMMIT');
      expect(await pledge).toMatchObject({ code: '23503' });
    });
  });

  it('cannot be removed by a transaction that does not see the pledges written since it began', async () => {
    await inSession(async (remover) => {
      await remover.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      await remover.query('SELECT 1 FROM product');
      await insertPledge({ [lamp]: { quantity: 1 } });
      await remover.query('DELETE FROM product WHERE id = $1', [lamp]);
      await expect(remover.query('COMMIT')).rejects.toMatchObject({ code: '0A000' });
    });
  });

  it('can be updated while another transaction writes a pledge that names it', async () => {
    await inSession(async (writer) => {
      await insertPledge({ [lamp]: { quantity: 1 } }, writer);
      const update = await db.pool.query(`UPDATE product SET name = 'Lamp' WHERE id = $1`, [lamp]);
      expect(update.rowCount).toBe(1);
    });
  });
});

describe('The view pledge_item', () => {
  const itemsOf = async (pledge: string) => {
    const { rows } = await db.pool.query(
      'SELECT product_id, quantity, unit_price::text FROM pledge_item WHERE pledge_id = $1 ORDER BY quantity',
      [pledge],
    );
    return rows;
  };

  it('has a row for each item', async () => {
    const id = await insertPledge({ [lamp]: { quantity: 1, unitPrice: '59.0000' }, [hat]: { quantity: 2 } });
    expect(await itemsOf(id)).toEqual([
      { product_id: lamp, quantity: 1, unit_price: '59.0000' },
      { product_id: hat, quantity: 2, unit_price: null },
    ]);
    expect(await itemsOf(await insertPledge({}))).toEqual([]);
    expect(await itemsOf(await insertPledge(null))).toEqual([]);
  });

  it('can be written as the table was, by workers of the release before', async () => {
    const id = await insertPledge(null);
    const write = `INSERT INTO pledge_item (pledge_id, product_id, quantity, unit_price)
       SELECT $1, each.* FROM unnest($2::uuid[], $3::int[], $4::numeric[]) AS each (product_id, quantity, unit_price)`;
    await db.pool.query(write, [id, [lamp, hat], [1, 2], [59, null]]);
    expect(await itemsOf(id)).toEqual([
      { product_id: lamp, quantity: 1, unit_price: '59.0000' },
      { product_id: hat, quantity: 2, unit_price: null },
    ]);
    await db.pool.query('DELETE FROM pledge_item WHERE pledge_id = ANY ($1::uuid[])', [[id]]);
    expect(await itemsOf(id)).toEqual([]);
    await expect(db.pool.query(write, [id, [foreign], [1], [null]])).rejects.toMatchObject({ code: '23503' });
  });

  it('has another digest for workers of the release before when one of this release replaces the items', async () => {
    const digestOf = async (id: string) => {
      const { rows } = await db.pool.query('SELECT items_digest FROM pledge WHERE id = $1', [id]);
      return rows[0].items_digest;
    };
    const id = await insertPledge({ [lamp]: { quantity: 1 } });
    const before = await digestOf(id);
    expect(before).toEqual(expect.any(String));
    await db.pool.query('UPDATE pledge SET notes = $2 WHERE id = $1', [id, 'Hello']);
    expect(await digestOf(id)).toBe(before);
    await db.pool.query('UPDATE pledge SET items = $2 WHERE id = $1', [id, '{}']);
    expect(await digestOf(id)).not.toBe(before);
  });
});
