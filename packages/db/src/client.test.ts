import { randomUUID } from 'node:crypto';
import { type LocalPostgres, startPostgres } from '@pledgeline/local-services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from './client.js';
import { applyMigrations } from './migrations/apply-migrations.js';

let server: LocalPostgres;
let database: Database;

beforeAll(async () => {
  // A server of its own: this one is killed.
  server = await startPostgres();
  await applyMigrations({ connectionString: server.url() });
  database = createDatabase({
    connectionString: server.url(),
    maxConnections: 3,
    statementTimeoutMs: 5_000,
    applicationName: 'client-test',
  });
});

afterAll(async () => {
  await database.close();
  await server.stop();
});

describe('createDatabase', () => {
  it('shares one pool between Prisma and SQL', async () => {
    const merchant = await database.prisma.merchant.create({ data: { id: randomUUID(), name: 'Ada' } });
    const { rows } = await database.pool.query('SELECT name FROM merchant WHERE id = $1', [merchant.id]);
    expect(rows).toEqual([{ name: 'Ada' }]);
    await Promise.all(Array.from({ length: 20 }, () => database.prisma.merchant.count()));
    const { rows: connections } = await database.pool.query(
      `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'client-test'`,
    );
    expect(connections).toEqual([{ count: 3 }]);
  });

  it('reads money as text and counts as numbers, and throws for a count that does not fit', async () => {
    const { rows } = await database.pool.query(
      `SELECT 12345678901234.5600::numeric AS money, 9007199254740991::int8 AS count`,
    );
    expect(rows).toEqual([{ money: '12345678901234.5600', count: 9007199254740991 }]);
    await expect(database.pool.query('SELECT 9007199254740993::int8')).rejects.toThrow(RangeError);
    expect((await database.pool.query(`SHOW statement_timeout`)).rows).toEqual([{ statement_timeout: '5s' }]);
  });

  it('survives a killed server with idle connections, checked-out ones and those of Prisma, and works after its restart', async () => {
    const lent = await database.pool.connect();
    await database.prisma.merchant.count();
    await server.kill();
    await expect(database.pool.query('SELECT 1')).rejects.toThrow();
    await expect(database.prisma.merchant.count()).rejects.toThrow();
    await expect(lent.query('SELECT 1')).rejects.toThrow();
    lent.release(true);
    await server.restart();
    expect(await database.prisma.merchant.count()).toBe(1);
    expect((await database.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});
