import { createHash, randomUUID } from 'node:crypto';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { applyMigrations } from './apply-migrations.js';
import { defaultMigrationsFolder } from './migration-files.js';

const { adminUrl } = inject('testPostgres');

let connectionString: string;
let migrationsFolder: string;
let database: string;

interface Bookkeeping {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
  readonly rolled_back_at: Date | null;
  readonly applied_steps_count: number;
}

async function ask<Row extends object>(sql: string, url = connectionString): Promise<readonly Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(migrationsFolder, name));
  await writeFile(join(migrationsFolder, name, 'migration.sql'), sql);
}

beforeEach(async () => {
  database = `empty_${randomUUID().replaceAll('-', '')}`;
  await ask(`CREATE DATABASE ${database}`, adminUrl);
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  connectionString = url.href;
  migrationsFolder = await mkdtemp(join(tmpdir(), 'pledgeline-migrations-'));
  await cp(defaultMigrationsFolder(), migrationsFolder, { recursive: true });
});

afterEach(async () => {
  await rm(migrationsFolder, { recursive: true, force: true });
  await ask(`DROP DATABASE ${database} WITH (FORCE)`, adminUrl);
});

describe('applyMigrations', () => {
  it('applies everything once, with the bookkeeping of prisma migrate', async () => {
    const folders = (await readdir(migrationsFolder)).filter((name) => !name.includes('.')).sort();
    expect(await applyMigrations({ connectionString })).toEqual(folders);
    expect(await applyMigrations({ connectionString })).toEqual([]);

    const rows = await ask<Bookkeeping>('SELECT * FROM _prisma_migrations ORDER BY migration_name');
    expect(rows.map((row) => row.migration_name)).toEqual(folders);
    for (const row of rows) {
      const sql = await readFile(join(migrationsFolder, row.migration_name, 'migration.sql'));
      expect(row.checksum).toBe(createHash('sha256').update(sql).digest('hex'));
      expect(row.finished_at).toBeInstanceOf(Date);
      expect(row.rolled_back_at).toBeNull();
      expect(row.applied_steps_count).toBe(1);
    }
  });

  it('lets several processes start at once', async () => {
    const applied = await Promise.all([1, 2, 3, 4].map(() => applyMigrations({ connectionString })));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await ask('SELECT migration_name FROM _prisma_migrations')).toHaveLength(applied.flat().length);
  });

  it('waits for a migration that takes longer than the engine would', async () => {
    await applyMigrations({ connectionString, migrationsFolder });
    await addMigration('20990101000000_slow', 'SELECT pg_sleep(11);');
    const applied = await Promise.all(
      [1, 2].map(() => applyMigrations({ connectionString, migrationsFolder })),
    );
    expect(applied.flat()).toEqual(['20990101000000_slow']);
  });

  it('sends a migration whole: semicolons in bodies and strings are not ends of statements', async () => {
    await applyMigrations({ connectionString, migrationsFolder });
    await addMigration(
      '20990101000000_function',
      `CREATE FUNCTION semicolon() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'a;b'; END $$;`,
    );
    expect(await applyMigrations({ connectionString, migrationsFolder })).toEqual([
      '20990101000000_function',
    ]);
    expect(await ask('SELECT semicolon() AS text')).toEqual([{ text: 'a;b' }]);
  });

  it('refuses to go on when an applied migration was changed', async () => {
    const [first = ''] = await applyMigrations({ connectionString, migrationsFolder });
    await appendFile(join(migrationsFolder, first, 'migration.sql'), '-- one more thing');
    await addMigration('20990101000000_next', 'CREATE TABLE next ()');
    await expect(applyMigrations({ connectionString, migrationsFolder })).rejects.toMatchObject({
      name: 'MigrationError',
      code: 'MIGRATION_EDITED',
      cause: [first],
      message: expect.stringContaining(first),
    });
    expect(await ask(`SELECT to_regclass('next') AS next`)).toEqual([{ next: null }]);
  });

  it('rolls a failing migration back and asks for a person from then on', async () => {
    await applyMigrations({ connectionString, migrationsFolder });
    await addMigration('20990101000000_broken', 'CREATE TABLE half (); SELECT nonsense;');
    await expect(applyMigrations({ connectionString, migrationsFolder })).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      cause: expect.objectContaining({ message: expect.stringContaining('nonsense') }),
    });
    expect(await ask(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    await expect(applyMigrations({ connectionString, migrationsFolder })).rejects.toMatchObject({
      code: 'MIGRATION_UNRESOLVED',
    });
  });
});
