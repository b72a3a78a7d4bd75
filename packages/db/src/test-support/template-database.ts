import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '@pledgeline/local-services';
import pg from 'pg';
import type {} from 'vitest';
import { applyMigrations } from '../migrations/apply-migrations.js';

/** Where a test run's server is and which database is cloned; plain data, so vitest can hand it to workers. */
export interface TestPostgresAddress {
  readonly adminUrl: string;
  readonly template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Given by `@pledgeline/db/testing/global-setup`. */
    testPostgres: TestPostgresAddress;
  }
}

const TEMPLATE = 'pledgeline_template';

/** Starts a server for one test run, fast rather than durable, with one migrated database to clone. */
export async function startTestPostgres(): Promise<{ address: TestPostgresAddress; stop(): Promise<void> }> {
  const server = await startPostgres({ settings: { fsync: 'off', full_page_writes: 'off' } });
  await server.createDatabase(TEMPLATE);
  await applyMigrations({ connectionString: server.url(TEMPLATE) });
  // No connections any more: a template that is in use cannot be cloned.
  await administer(server.url(), `ALTER DATABASE ${TEMPLATE} WITH ALLOW_CONNECTIONS false`);
  return { address: { adminUrl: server.url(), template: TEMPLATE }, stop: () => server.stop() };
}

/** A migrated, empty database for one test file. `drop` also ends connections to it. */
export async function cloneDatabase(
  address: TestPostgresAddress,
): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await createFromTemplate(address, name);
  const url = new URL(address.adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => administer(address.adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function createFromTemplate(address: TestPostgresAddress, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await administer(
        address.adminUrl,
        `CREATE DATABASE ${name} TEMPLATE ${pg.escapeIdentifier(address.template)}`,
      );
      return;
    } catch (error) {
      // object_in_use: autovacuum is looking at the template just now.
      const isInUse = error instanceof pg.DatabaseError && error.code === '55006';
      if (!isInUse || attempt === 20) throw error;
      await sleep(50 * attempt);
    }
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
