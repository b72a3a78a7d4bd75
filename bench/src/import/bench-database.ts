import { applyMigrations, createApiKey, createDatabase, defaultMigrationsFolder } from '@pledgeline/db';
import { type LocalPostgres, startPostgres } from '@pledgeline/local-services';
import pg from 'pg';

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

const MIGRATED = 'migrated';

/** Starts a Postgres with a migrated, empty database as a template. */
export async function startBenchPostgres(): Promise<LocalPostgres> {
  const postgres = await startPostgres({ settings });
  await postgres.createDatabase(MIGRATED);
  await applyMigrations({
    connectionString: postgres.url(MIGRATED),
    migrationsFolder: defaultMigrationsFolder(),
  });
  return postgres;
}

/**
 * Creates an empty database with all tables and indexes. A checkpoint first writes all changes of earlier runs to disk.
 */
export async function freshDatabase(postgres: LocalPostgres, name: string): Promise<string> {
  await postgres.dropDatabase(name);
  await postgres.createDatabase(name, { template: MIGRATED });
  await withClient(postgres.url(name), (client) => client.query('CHECKPOINT'));
  return postgres.url(name);
}

/** Creates a merchant and an API key of it. */
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
