import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import type { Database } from '../client.js';
import { addMerchant } from './deliveries.js';
import { openTestDatabase, type TestDatabase } from './open-test-database.js';

/** What each test of a file begins with. */
export interface MerchantSetUp {
  readonly db: Database;
  /** Without messages, and new to each test. */
  readonly merchantId: string;
}

/** Gives a test file a database of its own, and each of its tests a merchant. `use` is called before each test. */
export function setUpMerchant(
  maxConnections: number,
  use: (setUp: MerchantSetUp) => void | Promise<void>,
): void {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(inject('testPostgres'), maxConnections);
  });

  beforeEach(async () => {
    const { db } = database;
    await use({ db, merchantId: await addMerchant(db) });
  });

  afterAll(() => database.close());
}
