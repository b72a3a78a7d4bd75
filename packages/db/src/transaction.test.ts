import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createDatabase, type Database } from './client.js';
import { cloneDatabase } from './test-support/template-database.js';
import { inTransaction } from './transaction.js';

let clone: Awaited<ReturnType<typeof cloneDatabase>>;
let database: Database;

beforeAll(async () => {
  clone = await cloneDatabase(inject('testPostgres'));
  database = createDatabase({ connectionString: clone.url, maxConnections: 4 });
  await database.pool.query('CREATE TABLE account (id int PRIMARY KEY, balance int NOT NULL)');
});

beforeEach(async () => {
  await database.pool.query('TRUNCATE account');
  await database.pool.query('INSERT INTO account VALUES (1, 0), (2, 0)');
});

afterAll(async () => {
  await database.close();
  await clone.drop();
});

async function balances(): Promise<readonly unknown[]> {
  const { rows } = await database.pool.query<{ balance: number }>('SELECT balance FROM account ORDER BY id');
  return rows.map((row) => row.balance);
}

/** Returns a function whose calls all resolve once it was called `count` times. */
function meeting(count: number): () => Promise<void> {
  let missing = count;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async () => {
    missing -= 1;
    if (missing <= 0) open();
    await opened;
  };
}

describe('inTransaction', () => {
  it('commits and returns what work returned', async () => {
    const answer = await inTransaction(database.pool, async (client) => {
      await client.query('UPDATE account SET balance = 5 WHERE id = 1');
      return 'done';
    });
    expect(answer).toBe('done');
    expect(await balances()).toEqual([5, 0]);
  });

  it('rolls back and throws the same error that work threw', async () => {
    const failure = new Error('no', { cause: new Error('why') });
    const attempt = inTransaction(database.pool, async (client) => {
      await client.query('UPDATE account SET balance = 5 WHERE id = 1');
      throw failure;
    });
    await expect(attempt).rejects.toBe(failure);
    expect(await balances()).toEqual([0, 0]);
  });

  it('completes both of two deadlocked transactions in the end', async () => {
    const met = meeting(2);
    let attempts = 0;
    const move = (first: number, second: number): Promise<void> =>
      inTransaction(database.pool, async (client) => {
        attempts += 1;
        await client.query('UPDATE account SET balance = balance + 1 WHERE id = $1', [first]);
        await met();
        await client.query('UPDATE account SET balance = balance + 1 WHERE id = $1', [second]);
      });
    await Promise.all([move(1, 2), move(2, 1)]);
    expect(attempts).toBe(3);
    expect(await balances()).toEqual([2, 2]);
  });

  it('gives up after the given number of retries, with the error code of Postgres', async () => {
    let attempts = 0;
    const attempt = inTransaction(
      database.pool,
      async (client) => {
        attempts += 1;
        await client.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
      },
      { retries: 2 },
    );
    await expect(attempt).rejects.toMatchObject({ code: '40001' });
    expect(attempts).toBe(3);
  });

  it('throws when Postgres rolled back at the commit', async () => {
    const attempt = inTransaction(database.pool, async (client) => {
      await client.query('UPDATE account SET balance = 5 WHERE id = 1');
      await client.query('SELECT nonsense').catch(() => undefined);
    });
    await expect(attempt).rejects.toThrow('rolled back');
    expect(await balances()).toEqual([0, 0]);
  });

  it('does not reuse a broken connection', async () => {
    const attempt = inTransaction(database.pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const killer = new pg.Client(clone.url);
      await killer.connect();
      await killer.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await killer.end();
      await client.query('SELECT 1');
    });
    await expect(attempt).rejects.toThrow();
    expect(await balances()).toEqual([0, 0]);
    expect(database.pool.totalCount).toBe(database.pool.idleCount);
  });
});
