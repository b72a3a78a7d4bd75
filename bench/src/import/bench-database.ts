import { applyMigrations, createApiKey, createDatabase, defaultMigrationsFolder } from '@pledgeline/db';
import { type LocalPostgres, startPostgres } from '@pledgeline/local-services';
import pg from 'pg';

/**
 * A server as an operator would have it: everything that protects data is on, and it has memory for more than a
 * hundred megabytes of pages and a gigabyte of log between checkpoints, as hosted ones have.
 */
const settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '1GB',
  max_wal_size: '4GB',
};

const MIGRATED = 'migrated';

/** Starts a Postgres with a migrated, empty database to copy. */
export async function startBenchPostgres(): Promise<LocalPostgres> {
  const postgres = await startPostgres({ settings });
  await postgres.createDatabase(MIGRATED);
  await applyMigrations({
    connectionString: postgres.url(MIGRATED),
    migrationsFolder: defaultMigrationsFolder(),
  });
  return postgres;
}

/** An empty database with tables and indexes, and nothing left to write of what was before. */
export async function freshDatabase(postgres: LocalPostgres, name: string): Promise<string> {
  await postgres.dropDatabase(name);
  await postgres.createDatabase(name, { template: MIGRATED });
  await withClient(postgres.url(name), (client) => client.query('CHECKPOINT'));
  return postgres.url(name);
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
