import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { applyByEngine } from '../schema-engine/apply-by-engine.js';
import { applyMigrations } from './apply-migrations.js';
import { createEmptyDatabase, type EmptyDatabase } from './test-support/empty-database.js';

/** The two ways to migrate, which must be interchangeable. */
const ways = {
  ours: async (db: EmptyDatabase, migrationsFolder = db.folder) =>
    (await applyMigrations({ connectionString: db.url, migrationsFolder })).applied,
  'prisma migrate deploy': (db: EmptyDatabase, migrationsFolder = db.folder) =>
    applyByEngine({ connectionString: db.url, migrationsFolder }),
};
const both = [
  { first: 'ours', second: 'prisma migrate deploy' },
  { first: 'prisma migrate deploy', second: 'ours' },
] as const;

let db: EmptyDatabase;
let folders: readonly string[];

beforeEach(async () => {
  db = await createEmptyDatabase(inject('testPostgres').adminUrl);
  folders = (await readdir(db.folder)).filter((name) => !name.includes('.')).sort();
});

afterEach(() => db.drop());

/** The structure and the contents of the table of migrations, without times and ids. */
async function history(of: EmptyDatabase) {
  const columns = await of.ask(
    `SELECT column_name, data_type, character_maximum_length, is_nullable, column_default
     FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`,
  );
  const constraints = await of.ask(
    `SELECT conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
     WHERE conrelid = '_prisma_migrations'::regclass ORDER BY conname`,
  );
  const rows = await of.ask(
    `SELECT migration_name, checksum, logs, rolled_back_at, applied_steps_count,
       length(id) AS id, started_at <= finished_at AS finished
     FROM _prisma_migrations ORDER BY started_at, migration_name`,
  );
  return { columns, constraints, rows };
}

describe('prisma migrate deploy and applyMigrations', () => {
  it('leave the same history of migrations behind', async () => {
    const other = await createEmptyDatabase(inject('testPostgres').adminUrl);
    try {
      await ways.ours(db);
      await ways['prisma migrate deploy'](other);
      expect(await history(db)).toEqual(await history(other));
    } finally {
      await other.drop();
    }
  });

  it.each(both)('continue where the other stopped: first $first, then $second', async ({ first, second }) => {
    const older = await mkdtemp(join(tmpdir(), 'pledgeline-older-'));
    try {
      await cp(db.folder, older, { recursive: true });
      for (const name of folders.slice(4)) await rm(join(older, name), { recursive: true });
      expect(await ways[first](db, older)).toEqual(folders.slice(0, 4));
      expect(await ways[second](db)).toEqual(folders.slice(4));
      expect(await ways[first](db)).toEqual([]);
      expect((await history(db)).rows).toHaveLength(folders.length);
    } finally {
      await rm(older, { recursive: true });
    }
  });

  it.each(both)(
    'agree about a half-done migration: $second stops at one that $first left',
    async ({ first, second }) => {
      await ways[first](db);
      await db.addMigration('20990101000000_half', 'CREATE TABLE half (); COMMIT; SELECT nonsense;');
      await expect(ways[first](db)).rejects.toThrow();
      await expect(ways[second](db)).rejects.toMatchObject({
        code: second === 'ours' ? 'MIGRATION_UNRESOLVED' : 'P3009',
      });
    },
  );

  it.each(both)(
    'agree about a migration marked as rolled back: $second runs it again after $first',
    async ({ first, second }) => {
      await ways[first](db);
      await db.addMigration('20990101000000_again', 'CREATE TABLE again ()');
      await ways[first](db);
      await db.ask(`DROP TABLE again; UPDATE _prisma_migrations SET rolled_back_at = now(), finished_at = NULL
                  WHERE migration_name = '20990101000000_again'`);
      expect(await ways[second](db)).toEqual(['20990101000000_again']);
    },
  );

  it('never run at the same time', async () => {
    const client = await db.connect();
    try {
      // The engine's own lock, as `prisma migrate deploy` takes it.
      await client.query('SELECT pg_advisory_lock(72707369)');
      const notices: string[] = [];
      const waiting = new Promise<void>((resolve) => {
        const notify = (message: string): void => {
          notices.push(message);
          resolve();
        };
        void applyMigrations({ connectionString: db.url, migrationsFolder: db.folder, notify }).catch(
          () => undefined,
        );
      });
      await waiting;
      expect(notices).toEqual(['Another process migrates this database; waiting for it.']);
      expect(await db.ask(`SELECT to_regclass('_prisma_migrations') AS history`)).toEqual([
        { history: null },
      ]);
    } finally {
      await client.end();
    }
  });
});
