import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { defaultMigrationsFolder } from '../migration-files.js';

/** A database without tables, and a copy of our migrations that a test may change. */
export interface EmptyDatabase {
  readonly url: string;
  readonly folder: string;
  ask<Row extends object>(sql: string): Promise<readonly Row[]>;
  connect(): Promise<pg.Client>;
  addMigration(name: string, sql: string): Promise<void>;
  drop(): Promise<void>;
}

export async function createEmptyDatabase(adminUrl: string): Promise<EmptyDatabase> {
  const name = `empty_${randomUUID().replaceAll('-', '')}`;
  await ask(adminUrl, `CREATE DATABASE ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const folder = await mkdtemp(join(tmpdir(), 'pledgeline-migrations-'));
  await cp(defaultMigrationsFolder(), folder, { recursive: true });
  return {
    url: url.href,
    folder,
    ask: (sql) => ask(url.href, sql),
    connect: () => connect(url.href),
    async addMigration(migration, sql) {
      await mkdir(join(folder, migration));
      await writeFile(join(folder, migration, 'migration.sql'), sql);
    },
    async drop() {
      await rm(folder, { recursive: true, force: true });
      await ask(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function ask<Row extends object>(url: string, sql: string): Promise<readonly Row[]> {
  const client = await connect(url);
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
