import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startApi, type TestApi } from '../../test-support/start-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
});

afterAll(() => api.close());

async function probe(path: string) {
  const response = await fetch(`${api.url}${path}`);
  return { status: response.status, body: await response.json() };
}

const ready = { status: 200, body: { status: 'ready', database: 'ok', queue: 'ok', rowLevelSecurity: 'ok' } };

function outdated(detail: string, missing: unknown) {
  return {
    status: 503,
    body: {
      type: 'urn:pledgeline:problem:schema_outdated',
      title: 'The schema of the database is too old',
      status: 503,
      detail,
      code: 'schema_outdated',
      missing,
      requestId: expect.any(String),
    },
  };
}

describe('The probes /healthz and /readyz', () => {
  it('answer 200 when everything is available', async () => {
    await expect.poll(() => probe('/readyz'), { timeout: 15_000 }).toEqual(ready);
    expect(await probe('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('answer 503 at /readyz while the schema is older than the program, as after a restored backup, then 200 again', async () => {
    const { pool } = api.database;
    const { rows } = await pool.query<{ name: string }>(
      'SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1',
    );
    const names = rows.map(({ name }) => name);
    const newest = names.at(-1) ?? '';

    await pool.query('UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = $1', [newest]);
    expect(await probe('/readyz')).toEqual(
      outdated(
        `The schema of the database is older than this program: it lacks ${newest}. Run \`pnpm db:migrate\` on it.`,
        [newest],
      ),
    );
    await pool.query('ALTER TABLE _prisma_migrations RENAME TO away');
    expect(await probe('/readyz')).toEqual(
      outdated(
        `The database has no schema of Pledgeline: it lacks ${names.join(', ')}. Run \`pnpm db:migrate\` on it.`,
        names,
      ),
    );
    expect(await probe('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });

    await pool.query('ALTER TABLE away RENAME TO _prisma_migrations');
    await pool.query('UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = $1', [newest]);
    expect(await probe('/readyz')).toEqual(ready);
  });

  it('say when row-level security does not guard the rows, although requests are answered', async () => {
    await api.database.pool.query('REVOKE ALL ON csv_upload FROM pledgeline_api');
    expect(await probe('/readyz')).toEqual({
      ...ready,
      body: { ...ready.body, rowLevelSecurity: 'missing' },
    });
    await api.database.pool.query('SELECT build_wall()');
    expect(await probe('/readyz')).toEqual(ready);
  });

  it('answer 200 with the schema of a newer release', async () => {
    await api.database.pool.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
       VALUES ('newer', '', '20990101000000_newer', now())`,
    );
    expect(await probe('/readyz')).toEqual(ready);
  });
});
