import { createApiKey, createDatabase } from '@pledgeline/db';
import { type LocalPostgres, startPostgres } from '@pledgeline/local-services';
import { ourRoot, runCli } from '@pledgeline/programs';
import pg from 'pg';
import { importTables } from './tables.js';

/**
 * Settings like those of hosted servers: everything that protects data is on, and there is more memory for pages, and
 * more log between checkpoints, than by default.
 */
const settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '1GB',
  max_wal_size: '4GB',
};

/** Databases with tables and nothing in them, to copy. */
const templates = { ours: 'migrated_ours', theirs: 'migrated_theirs' } as const;
/** What is measured, one at a time. */
const measured = ['theirs', 'ours', 'copied', 'plain'] as const;

/** Which programs: those of this repository, or those of another commit. */
export type Side = keyof typeof templates;

/** Starts a Postgres with what `freshDatabase` copies. */
export async function startBenchPostgres(): Promise<LocalPostgres> {
  const postgres = await startPostgres({ settings });
  try {
    await addTemplate(postgres, 'ours', ourRoot);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return postgres;
}

/** Makes what `freshDatabase` copies for a side, with the migrations of the programs in `root`. */
export async function addTemplate(postgres: LocalPostgres, side: Side, root: string): Promise<void> {
  await postgres.createDatabase(templates[side]);
  await runCli(root, ['migrate'], { DATABASE_URL: postgres.url(templates[side]) });
}

/**
 * An empty database with tables and indexes, and nothing left to write of what was before. It is the only one that has
 * rows: Postgres would vacuum and analyze the others meanwhile.
 */
export async function freshDatabase(
  postgres: LocalPostgres,
  name: (typeof measured)[number],
  side: Side = 'ours',
): Promise<string> {
  for (const each of measured) await postgres.dropDatabase(each);
  await postgres.createDatabase(name, { template: templates[side] });
  await withClient(postgres.url(name), (client) => client.query('CHECKPOINT'));
  return postgres.url(name);
}

/** Takes away what an import wrote, as far as the tables are those that we know. */
export async function forgetImport(connectionString: string): Promise<void> {
  await withClient(connectionString, async (client) => {
    await client.query('DELETE FROM campaign');
    const tables = await presentTables(client, importTables);
    await client.query(`TRUNCATE ${tables.join(', ')} CASCADE`);
    await client.query('CHECKPOINT');
  });
}

/** Those of the tables that are there; another commit may not have all of them. */
export async function presentTables(client: pg.ClientBase, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL',
    [tables],
  );
  return rows.map(({ name }) => name);
}

/** A merchant's key. */
export async function createKey(connectionString: string): Promise<string> {
  const database = createDatabase({ connectionString, maxConnections: 1 });
  try {
    const { key } = await createApiKey(database, 'Bench', 'bench');
    return key;
  } finally {
    await database.close();
  }
}

export async function withClient<T>(
  connectionString: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
