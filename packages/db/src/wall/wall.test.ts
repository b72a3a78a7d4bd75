import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDatabase, type Database } from '../client.js';
import { applyMigrations } from '../migrations/apply-migrations.js';
import { createEmptyDatabase } from '../migrations/test-support/empty-database.js';
import { inSnapshot } from '../snapshot.js';
import { addMerchantWithRows } from '../test-support/add-rows.js';
import { openTestDatabase, type TestDatabase } from '../test-support/open-test-database.js';
import { inTransaction } from '../transaction.js';
import { hasWall, openWall } from './open-wall.js';

/** Tables without policies, and why. */
const exempt: Readonly<Record<string, string>> = {
  _prisma_migrations:
    'the history of the schema: nothing of it is of a merchant, and requests may not read it',
};

let test: TestDatabase;
let db: Database;
let tables: readonly string[];
beforeAll(async () => {
  test = await openTestDatabase(inject('testPostgres'), 3);
  db = test.db;
  const { rows } = await db.pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace ORDER BY 1`,
  );
  tables = rows.map(({ name }) => name).filter((name) => exempt[name] === undefined);
});
afterAll(() => test.close());

/** Every row of a table, as text. The statement forgets its `where`. */
async function everyRow({ pool }: Pick<Database, 'pool'>, table: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ row: string }>(
    `SELECT to_jsonb(each)::text AS row FROM ${table} each ORDER BY 1`,
  );
  return rows.map(({ row }) => row);
}

async function everything(source: Database): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const table of tables) found.set(table, await everyRow(source, table));
  return found;
}

describe('Every table', () => {
  it('has a policy, or is named here with the reason why it has none', async () => {
    const { rows } = await db.pool.query<{ name: string; guarded: boolean }>(
      `SELECT relname AS name, relrowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid) AS guarded
       FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace`,
    );
    const unguarded = rows.filter(({ guarded }) => !guarded).map(({ name }) => name);
    expect(new Set(unguarded)).toEqual(new Set(Object.keys(exempt)));
  });

  it('that is exempt cannot be read behind the wall', async () => {
    const walled = openWall(db, () => test.merchantId);
    for (const table of Object.keys(exempt)) {
      await expect(everyRow(walled, table), table).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('A statement that forgets its where', () => {
  it('sees the rows of its own merchant, in every table, and all of them', async () => {
    const [ada, bob] = [await addMerchantWithRows(db), await addMerchantWithRows(db)];
    const ofBob = await everything(openWall(db, () => bob));
    const ofAda = await everything(openWall(db, () => ada));
    const ofNobody = await everything(openWall(db, () => randomUUID()));
    for (const table of tables) {
      const seen = ofBob.get(table) ?? [];
      expect(seen, table).not.toEqual([]);
      expect(
        (ofAda.get(table) ?? []).filter((row) => seen.includes(row)),
        table,
      ).toEqual([]);
      expect(ofNobody.get(table), table).toEqual([]);
    }
    // What has a merchant's id has the right one.
    expect([...ofBob.values()].flat().filter((row) => row.includes(ada))).toEqual([]);
  });

  it('is held by Prisma and in transactions as well', async () => {
    const [ada, bob] = [await addMerchantWithRows(db), await addMerchantWithRows(db)];
    const walled = openWall(db, () => bob);
    const merchants = await walled.prisma.merchant.findMany({ select: { id: true } });
    expect(merchants).toEqual([{ id: bob }]);
    expect(await walled.prisma.campaign.findFirst({ where: { merchantId: ada } })).toBeNull();
    const counted = await walled.prisma.$transaction((tx) => tx.merchant.count(), {
      isolationLevel: 'RepeatableRead',
    });
    const ofSnapshot = await inSnapshot(walled, (client) => client.query('SELECT id FROM merchant'));
    const ofTransaction = await inTransaction(walled.pool, async (client) => {
      await client.query('SELECT 1 FROM merchant FOR UPDATE');
      return client.query('SELECT id FROM merchant');
    });
    expect([counted, ofSnapshot.rows, ofTransaction.rows]).toEqual([1, [{ id: bob }], [{ id: bob }]]);
    await walled.close();
  });

  it('changes and deletes rows of its own merchant only, in every table', async () => {
    const [ada, bob] = [await addMerchantWithRows(db), await addMerchantWithRows(db)];
    const walled = openWall(db, () => bob);
    const ofBob = await everything(walled);
    const before = await everything(openWall(db, () => ada));
    const { rows } = await db.pool.query<{ table: string; column: string }>(
      `SELECT relname AS table, attname AS column FROM pg_index
       JOIN pg_class c ON c.oid = indrelid JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
       WHERE indisprimary AND relname = ANY ($1)`,
      [tables],
    );
    expect(new Set(rows.map(({ table }) => table))).toEqual(new Set(tables));
    for (const { table, column } of rows) {
      const { rowCount } = await walled.pool.query(`UPDATE ${table} SET ${column} = ${column}`);
      expect(rowCount, table).toBe(ofBob.get(table)?.length);
    }
    // A product that a pledge names cannot be deleted before it.
    for (const table of ['pledge', ...tables]) await walled.pool.query(`DELETE FROM ${table}`);
    for (const table of tables) expect(await everyRow(walled, table), table).toEqual([]);
    expect(await everything(openWall(db, () => ada))).toEqual(before);
  });

  it('can neither give a row to another merchant nor write into their campaign', async () => {
    const [ada, bob] = [await addMerchantWithRows(db), await addMerchantWithRows(db)];
    const walled = openWall(db, () => bob);
    const { rows } = await db.pool.query<{ id: string }>('SELECT id FROM campaign WHERE merchant_id = $1', [
      ada,
    ]);
    const refused = { code: '42501' };
    await expect(
      walled.pool.query('UPDATE mapping_template SET merchant_id = $1', [ada]),
    ).rejects.toMatchObject(refused);
    await expect(
      walled.pool.query(
        `INSERT INTO product (id, campaign_id, kind, key, name, upload_sequence, row_number, base_sequence)
         VALUES ($1, $2, 'ITEM', 'k', 'n', 1, 1, 1)`,
        [randomUUID(), rows[0]?.id],
      ),
    ).rejects.toMatchObject(refused);
  });
});

describe('A connection of the pool', () => {
  it('keeps nothing of a request, also after a statement has failed', async () => {
    const walled = openWall(db, () => test.merchantId);
    const state = async () => {
      const { rows } = await db.pool.query(
        `SELECT current_user = session_user AS "isOwner", current_setting('pledgeline.merchant', true) AS merchant`,
      );
      return rows;
    };
    await walled.pool.query('SELECT 1');
    expect(await state()).toEqual([{ isOwner: true, merchant: '' }]);
    await expect(walled.pool.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
    const failing = inTransaction(walled.pool, async (client) => client.query('SELECT nothing'));
    await expect(failing).rejects.toMatchObject({ code: '42703' });
    const { rows: [row] = [] } = await db.pool.query<{ isOwner: boolean }>(
      'SELECT current_user = session_user AS "isOwner"',
    );
    expect(row?.isOwner).toBe(true);
  });

  it('runs nothing outside the wall that hides behind the begin of a transaction', async () => {
    const walled = openWall(db, () => test.merchantId);
    for (const text of ['SET work_mem = 64; SELECT * FROM merchant', 'BEGIN; SELECT * FROM merchant']) {
      await expect(walled.pool.query(text), text).rejects.toMatchObject({ code: '42601' });
    }
  });

  it('gives the results that the pool itself gives', async () => {
    const walled = openWall(db, () => test.merchantId);
    for (const [text, values] of [
      ['SELECT $1::int8 AS count, $2::numeric AS amount', ['7', '1.50']],
      ['SELECT 1 AS one WHERE false', []],
      ['SELECT generate_series(1, 3) AS each', undefined],
      ['UPDATE merchant SET name = name WHERE false', []],
    ] as const) {
      const [{ rows, rowCount, command }, plain] = [
        await walled.pool.query(text, values && [...values]),
        await db.pool.query(text, values && [...values]),
      ];
      expect({ rows, rowCount, command }).toEqual({
        rows: plain.rows,
        rowCount: plain.rowCount,
        command: plain.command,
      });
    }
    await expect(
      walled.pool.query('SELECT $1::int4', [
        {
          toPostgres: () => {
            throw new Error('no value');
          },
        },
      ]),
    ).rejects.toThrow('no value');
    expect((await walled.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('Without a merchant', () => {
  it('nothing is asked', async () => {
    const walled = openWall(db, () => {
      throw new Error('There is no request');
    });
    await expect(walled.pool.query('SELECT 1')).rejects.toThrow('There is no request');
    await expect(walled.pool.connect()).rejects.toThrow('There is no request');
  });
});

describe('Where the user of Postgres may not make roles', () => {
  it('the migrations run, say what is missing, and requests are answered without the wall', async () => {
    const { adminUrl } = inject('testPostgres');
    const empty = await createEmptyDatabase(adminUrl);
    const user = `user_${randomUUID().slice(0, 8)}`;
    const url = new URL(empty.url);
    await empty.ask(`CREATE ROLE ${user} LOGIN PASSWORD 'secret' NOCREATEROLE`);
    await empty.ask(`GRANT ALL ON SCHEMA public TO ${user}`);
    url.username = user;
    url.password = 'secret';
    const own = createDatabase({ connectionString: url.href, maxConnections: 2 });
    try {
      const notices: string[] = [];
      await applyMigrations({ connectionString: url.href, notify: (notice) => notices.push(notice) });
      expect(notices.at(-1)).toMatch(/^This user of Postgres may not make roles/);
      expect(await hasWall(own.pool)).toBe(false);
      const { rows } = await openWall(own, () => randomUUID()).pool.query(
        'SELECT count(*) AS count FROM merchant',
      );
      expect(rows).toEqual([{ count: 0 }]);

      // An operator who may do it builds it afterwards.
      await empty.ask(`GRANT pledgeline_api TO ${user}`);
      expect(await hasWall(own.pool)).toBe(false);
      await applyMigrations({ connectionString: url.href });
      expect(await hasWall(own.pool)).toBe(true);
    } finally {
      await own.close();
      await empty.drop();
      const admin = new pg.Client(adminUrl);
      await admin.connect();
      await admin.query(`DROP ROLE ${user}`);
      await admin.end();
    }
  });
});
