import { applyMigrations, createDatabase } from '@pledgeline/db';
import {
  type LocalPostgres,
  type RunningProgram,
  startPostgres,
  startProgram,
} from '@pledgeline/local-services';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { programs } from './programs.js';
import { addressOf, startApi } from './start-api.js';
import { until } from './until.js';

const fatalLine = z.object({
  level: z.literal(60),
  msg: z.string(),
  err: z.object({ code: z.string(), missing: z.array(z.string()) }),
});

let server: LocalPostgres;
let databases = 0;
let database: string;
let running: RunningProgram[];

beforeAll(async () => {
  server = await startPostgres({ settings: { fsync: 'off' } });
});

afterAll(() => server.stop());

beforeEach(async () => {
  running = [];
  databases += 1;
  database = `schema_${databases}`;
  await server.createDatabase(database);
});

afterEach(async () => {
  await Promise.all(running.map((program) => program.end('SIGKILL')));
});

const both = [
  { name: 'The API', start: (variables: Record<string, string>) => startApi(variables) },
  {
    name: 'The worker',
    start: (variables: Record<string, string>) => startProgram(programs.worker, variables),
  },
];

function keep(program: RunningProgram): RunningProgram {
  running.push(program);
  return program;
}

const environment = () => ({ DATABASE_URL: server.url(database), LOG_LEVEL: 'info' });

async function ask(sql: string): Promise<readonly unknown[]> {
  const db = createDatabase({ connectionString: server.url(database), maxConnections: 1 });
  try {
    return (await db.pool.query(sql)).rows;
  } finally {
    await db.close();
  }
}

async function refusal(program: RunningProgram) {
  expect(await program.exited).toBe(1);
  const fatal = program.log.filter((line) => line.includes('"level":60'));
  expect(fatal).toHaveLength(1);
  return fatalLine.parse(JSON.parse(fatal[0] ?? ''));
}

describe.each(both)('$name', ({ name, start }) => {
  it('refuses to start on an empty database, and leaves it empty', async () => {
    const { msg, err } = await refusal(keep(start(environment())));
    expect(err.missing[0]).toMatch(/_init$/);
    expect(msg).toBe(
      `${name} cannot start: The database has no schema of Pledgeline: it lacks ${err.missing.join(', ')}. Run \`pnpm db:migrate\` on it.`,
    );
    expect(
      await ask(`SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$|^public$'`),
    ).toEqual([]);
  });

  it('refuses to start on the schema of an older release, and names the missing migrations', async () => {
    const { applied } = await applyMigrations({ connectionString: server.url(database) });
    const newest = applied.slice(-2);
    await ask(`DELETE FROM _prisma_migrations WHERE migration_name IN ('${newest.join("', '")}')`);
    const { msg, err } = await refusal(keep(start(environment())));
    expect(err).toEqual({ code: 'schema_outdated', missing: newest });
    expect(msg).toBe(
      `${name} cannot start: The schema of the database is older than this program: it lacks ${newest.join(', ')}. Run \`pnpm db:migrate\` on it.`,
    );
  });

  it('starts on the schema of a newer release', async () => {
    await applyMigrations({ connectionString: server.url(database) });
    await ask(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
       VALUES ('newer', '', '20990101000000_newer', now())`,
    );
    const program = keep(start(environment()));
    await program.waitForLog(/"listening"|"The worker is ready"/);
    expect(await program.end('SIGTERM')).toBe(0);
  });
});

describe('While Postgres is down,', () => {
  beforeEach(() => server.kill());

  it('the API answers 503, and refuses an old schema as soon as Postgres is up', async () => {
    const api = keep(startApi(environment()));
    const url = await addressOf(api);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ code: 'database_unavailable' });
    await server.restart();
    expect((await refusal(api)).err.code).toBe('schema_outdated');
  });

  it('the worker waits, and refuses an old schema as soon as Postgres is up', async () => {
    const worker = keep(startProgram(programs.worker, environment()));
    await worker.waitForLog(/waits until Postgres can be asked for its schema/);
    await server.restart();
    expect((await refusal(worker)).err.code).toBe('schema_outdated');
  });

  it('API and worker wait, and start by themselves when Postgres is up with a sufficient schema', async () => {
    await server.restart();
    await applyMigrations({ connectionString: server.url(database) });
    await server.kill();
    const api = keep(startApi(environment()));
    const worker = keep(startProgram(programs.worker, environment()));
    const url = await addressOf(api);
    await worker.waitForLog(/waits until Postgres/);
    await server.restart();
    await worker.waitForLog(/"The worker is ready"/);
    await until(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200));
  });
});

describe('Without the role of row-level security,', () => {
  it('the API warns, says so at /readyz, and answers requests; with it, it does not warn', async () => {
    await applyMigrations({ connectionString: server.url(database) });
    const look = async (api: RunningProgram): Promise<unknown> => {
      await api.waitForLog(/"event":"listening"/);
      return (await fetch(`${await addressOf(api)}/readyz`)).json();
    };
    await ask('ALTER ROLE pledgeline_api RENAME TO away');
    try {
      const api = keep(startApi(environment()));
      expect(await look(api)).toMatchObject({ status: 'ready', rowLevelSecurity: 'missing' });
      await api.waitForLog(/"no_row_level_security".*pnpm db:migrate/);
    } finally {
      await ask('ALTER ROLE away RENAME TO pledgeline_api');
    }
    const api = keep(startApi(environment()));
    expect(await look(api)).toMatchObject({ status: 'ready', rowLevelSecurity: 'ok' });
    expect(await api.end('SIGTERM')).toBe(0);
    expect(api.log.join('\n')).not.toContain('no_row_level_security');
  });
});
