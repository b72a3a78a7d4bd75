import { readdir } from 'node:fs/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { applyMigrations } from './apply-migrations.js';
import { awaitSchema, checkSchema, OutdatedSchemaError } from './check-schema.js';
import { defaultMigrationsFolder } from './migration-files.js';
import { createEmptyDatabase, type EmptyDatabase } from './test-support/empty-database.js';

const names = (await readdir(defaultMigrationsFolder())).filter((name) => !name.includes('.')).sort();
const newest = names.at(-1) ?? '';

let db: EmptyDatabase;
let pool: pg.Pool;

beforeEach(async () => {
  db = await createEmptyDatabase(inject('testPostgres').adminUrl);
  pool = new pg.Pool({ connectionString: db.url, max: 1 });
});

afterEach(async () => {
  await pool.end();
  await db.drop();
});

describe('checkSchema', () => {
  it('refuses an empty database', async () => {
    await expect(checkSchema(pool)).rejects.toMatchObject({
      name: 'OutdatedSchemaError',
      code: 'schema_outdated',
      missing: names,
      message: `The database has no schema of Pledgeline: it lacks ${names.join(', ')}. Run \`pnpm db:migrate\` on it.`,
    });
  });

  it.each([
    ['was never applied', 'DELETE FROM _prisma_migrations'],
    ['is not finished', 'UPDATE _prisma_migrations SET finished_at = NULL'],
    ['was rolled back', 'UPDATE _prisma_migrations SET rolled_back_at = now()'],
  ])('refuses a schema of which one migration %s, and names it', async (_what, change) => {
    await applyMigrations({ connectionString: db.url });
    await db.ask(`${change} WHERE migration_name = '${newest}'`);
    await expect(checkSchema(pool)).rejects.toMatchObject({
      missing: [newest],
      message: `The schema of the database is older than this program: it lacks ${newest}. Run \`pnpm db:migrate\` on it.`,
    });
  });

  it('accepts the schema of a newer release', async () => {
    await db.addMigration('20990101000000_newer', 'CREATE TABLE newer ()');
    await applyMigrations({ connectionString: db.url, migrationsFolder: db.folder });
    await expect(checkSchema(pool)).resolves.toBeUndefined();
  });
});

describe('awaitSchema', () => {
  it('waits for a database that does not answer, reports why, and then refuses an outdated schema', async () => {
    await db.ask(`ALTER DATABASE ${new URL(db.url).pathname.slice(1)} WITH CONNECTION LIMIT 0`);
    // Superusers are exempt from the limit.
    const { adminUrl } = inject('testPostgres');
    const admin = new pg.Client(adminUrl);
    await admin.connect();
    await admin.query(
      `DO $$ BEGIN CREATE ROLE visitor LOGIN PASSWORD 'x'; EXCEPTION WHEN duplicate_object THEN END $$`,
    );
    const url = new URL(db.url);
    url.username = 'visitor';
    url.password = 'x';
    const visitor = new pg.Pool({ connectionString: url.href, max: 1 });
    const onWait = vi.fn();
    try {
      const waiting = awaitSchema(visitor, { signal: new AbortController().signal, onWait });
      const refused = expect(waiting).rejects.toBeInstanceOf(OutdatedSchemaError);
      await vi.waitFor(() => expect(onWait).toHaveBeenCalledOnce(), { timeout: 20_000 });
      expect(onWait).toHaveBeenCalledWith(expect.objectContaining({ code: '53300' }));
      await admin.query(`ALTER DATABASE ${url.pathname.slice(1)} WITH CONNECTION LIMIT -1`);
      await refused;
    } finally {
      await visitor.end();
      await admin.end();
    }
  });

  it('ends when its signal aborts', async () => {
    const away = new pg.Pool({ connectionString: 'postgres://nobody@127.0.0.1:1/nothing' });
    const stop = new AbortController();
    await awaitSchema(away, { signal: stop.signal, onWait: () => stop.abort() });
    await away.end();
  });
});
