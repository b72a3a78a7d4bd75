import { createDatabase, type Database } from '@pledgeline/db';
import { type LocalPostgres, startPostgres } from '@pledgeline/local-services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from '../test-support/run-here.js';

let server: LocalPostgres;
let db: Database;

beforeAll(async () => {
  server = await startPostgres({ settings: { fsync: 'off' } });
  db = createDatabase({ connectionString: server.url(), maxConnections: 1 });
});

afterAll(async () => {
  await db.close();
  await server.stop();
});

const migrate = (...options: readonly string[]) =>
  runHere(['migrate', ...options], { DATABASE_URL: server.url() });

describe('The command migrate', () => {
  it('names the migrations that it applied, and has nothing to do the next time', async () => {
    const { stdout, ...rest } = await migrate();
    expect(rest).toEqual({ code: 0, stderr: '' });
    const { rows } = await db.pool.query<{ line: string }>(
      `SELECT 'Applied ' || migration_name AS line FROM _prisma_migrations ORDER BY migration_name`,
    );
    expect(stdout.trimEnd().split('\n')).toEqual(rows.map(({ line }) => line));
    expect(await migrate()).toEqual({ code: 0, stdout: 'Nothing to apply.\n', stderr: '' });
    expect(await migrate('--json')).toEqual({
      code: 0,
      stdout: '{"applied":[],"unknown":[]}\n',
      stderr: 'Nothing to apply.\n',
    });
  });

  it('succeeds in an older release, and reports that a newer one has migrated the database', async () => {
    await db.pool.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
       VALUES ('newer', '', '20990101000000_newer', now())`,
    );
    expect(await migrate()).toEqual({
      code: 0,
      stdout:
        'Nothing to apply.\nThe database has migrations of a newer release, which are left alone: 20990101000000_newer\n',
      stderr: '',
    });
  });

  it('fails when a migration was left half-done, and says what to do', async () => {
    await db.pool.query(
      `UPDATE _prisma_migrations SET finished_at = NULL, logs = 'out of disk' WHERE migration_name LIKE '%_init'`,
    );
    const { stderr, ...rest } = await migrate();
    expect(rest).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^Migration \d+_init was begun at \S+ and did not end: out of disk\n/);
    expect(stderr).toContain('  UPDATE _prisma_migrations SET rolled_back_at = now() WHERE');
  });
});
