import { createDatabase, type Database } from '../client.js';
import { createApiKey } from '../keys/api-keys.js';
import { cloneDatabase, type TestPostgresAddress } from './template-database.js';

/** A database of a test file's own, with one merchant. */
export interface TestDatabase {
  readonly db: Database;
  readonly merchantId: string;
  /** Removes it. */
  close(): Promise<void>;
}

/** Clones the migrated database of the test run. */
export async function openTestDatabase(
  postgres: TestPostgresAddress,
  maxConnections: number,
): Promise<TestDatabase> {
  const { url, drop } = await cloneDatabase(postgres);
  const db = createDatabase({ connectionString: url, maxConnections });
  const { merchantId } = await createApiKey(db, 'Ada Games', 'test');
  const close = async (): Promise<void> => {
    await db.close();
    await drop();
  };
  return { db, merchantId, close };
}
