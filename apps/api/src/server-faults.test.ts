import { join } from 'node:path';
import { packZip } from '@pledgeline/unpack/testing';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { readAccepted, readId, readProblem } from './test-support/answers.js';
import { cancelNewUpload } from './test-support/make-notifications.js';
import { openReadableLog } from './test-support/read-log.js';
import { kickstarterCsv, startApi, type TestApi } from './test-support/start-api.js';

const LOCK_TIMEOUT_MS = 1_500;
const STATEMENT_TIMEOUT_MS = 2_500;

const log = openReadableLog();
let api: TestApi;
beforeAll(async () => {
  // As many connections, files and requests as without any settings.
  api = await startApi(inject('testPostgres'), {
    logger: log.logger,
    config: { MAX_MERCHANT_UPLOADS: 4, MAX_MERCHANT_REQUESTS: 8 },
    connection: {
      maxConnections: 10,
      lockTimeoutMs: LOCK_TIMEOUT_MS,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      idleTransactionTimeoutMs: 60_000,
    },
  });
});
afterAll(() => api.close());

const unavailable = {
  type: 'urn:pledgeline:problem:database_unavailable',
  title: 'The database is not available',
  status: 503,
  detail: 'Try again in a few seconds.',
  code: 'database_unavailable',
  requestId: expect.any(String),
};
const query = (sql: string) => api.database.pool.query(sql);

describe('A campaign whose row is locked by somebody else', () => {
  it('is answered 503 with Retry-After in time, while other merchants and campaigns go on', async () => {
    expect((await api.upload(kickstarterCsv, 'campaign=Locked')).status).toBe(202);
    const holder = await api.database.pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query(`SELECT id FROM campaign WHERE name = 'Locked' FOR UPDATE`);
      const begun = performance.now();
      const locked = Array.from({ length: 4 }, () => api.upload(kickstarterCsv, 'campaign=Locked'));
      const others = await Promise.all([
        api.send('/v1/uploads?campaign=Lamp', { method: 'POST', body: kickstarterCsv }, api.otherKey),
        api.send('/v1/uploads', {}, api.otherKey),
        api.send('/v1/campaigns', {}, api.otherKey),
        api.send('/v1/uploads'),
        fetch(`${api.url}/readyz`),
      ]);
      expect(others.map(({ status }) => status)).toEqual([202, 200, 200, 200, 200]);
      expect(performance.now() - begun).toBeLessThan(LOCK_TIMEOUT_MS);
      for (const response of await Promise.all(locked)) {
        expect(response.headers.get('retry-after')).toBe('5');
        expect(await response.json()).toEqual(unavailable);
      }
    } finally {
      // Closing the connection ends its transaction.
      holder.release(true);
    }
    expect((await api.upload(kickstarterCsv, 'campaign=Locked')).status).toBe(202);
  });
});

describe('A statement that takes too long', () => {
  it('is answered 503 with Retry-After, and its upload fails', async () => {
    await query(`CREATE FUNCTION sleepy() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(60); RETURN new; END $$`);
    await query(`CREATE TRIGGER sleepy BEFORE INSERT ON csv_upload_chunk
      FOR EACH ROW EXECUTE FUNCTION sleepy()`);
    try {
      const response = await api.upload(kickstarterCsv);
      expect(response.headers.get('retry-after')).toBe('5');
      const problem = await response.json();
      expect(problem).toEqual({ ...unavailable, uploadId: expect.any(String) });
      const { upload } = await readUploadOf(problem);
      expect(upload).toMatchObject({ status: 'FAILED', failure: { code: 'database_unavailable' } });
    } finally {
      await query('DROP FUNCTION sleepy CASCADE');
    }
  });
});

describe('A Postgres that only reads, as a standby after a failover does', () => {
  it('is answered 503 with Retry-After by every route that writes, and the others go on', async () => {
    const { id } = await readAccepted(await api.upload(kickstarterCsv));
    const canceled = await cancelNewUpload(api);
    const where = { uploadId: canceled };
    const notification = await api.database.prisma.notification.findFirstOrThrow({ where });
    const json = (body: unknown) => JSON.stringify(body);
    const url = 'https://example.com/hook';
    const hook = await readId(await api.send('/v1/webhooks', { method: 'POST', body: json({ url }) }));
    await beReadOnly(true);
    try {
      for (const [method, path, body] of [
        ['POST', '/v1/uploads?campaign=Lamp', kickstarterCsv],
        ['POST', `/v1/uploads/${id}/cancel`, null],
        ['PUT', '/v1/notification-settings', json({ locale: 'de' })],
        ['POST', '/v1/notifications/read', null],
        ['POST', `/v1/notifications/${notification.id}/read`, null],
        ['POST', '/v1/webhooks', json({ url })],
        ['PATCH', `/v1/webhooks/${hook}`, json({ enabled: false })],
        ['POST', `/v1/webhooks/${hook}/rotate-secret`, null],
        ['POST', `/v1/webhooks/${hook}/test`, null],
        ['DELETE', `/v1/webhooks/${hook}`, null],
      ] as const) {
        const response = await api.send(path, { method, body });
        expect(await response.json(), `${method} ${path}`).toEqual(unavailable);
        expect(response.headers.get('retry-after')).toBe('5');
      }
      for (const path of ['/v1/uploads', `/v1/uploads/${id}`, '/v1/webhooks', '/v1/pledges?campaign=Lamp']) {
        expect((await api.send(path)).status, path).toBe(200);
      }
    } finally {
      await beReadOnly(false);
    }
    expect((await api.upload(kickstarterCsv)).status).toBe(202);
  });

  /** Also of connections that are open already: they are ended, and the pool opens new ones. */
  async function beReadOnly(isReadOnly: boolean): Promise<void> {
    const client = await api.database.pool.connect();
    try {
      await client.query('BEGIN READ WRITE');
      const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
      await client.query(
        `ALTER DATABASE ${rows[0]?.name} SET default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`,
      );
      await client.query('COMMIT');
      await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`);
    } finally {
      client.release(true);
    }
    await vi.waitFor(
      async () => {
        const { rows } = await query('SHOW default_transaction_read_only');
        expect(rows).toEqual([{ default_transaction_read_only: isReadOnly ? 'on' : 'off' }]);
      },
      { timeout: 10_000 },
    );
  }
});

describe('A temporary folder that cannot be written', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is answered 503 with Retry-After where an archive needs it, and a CSV is received as ever', async () => {
    vi.stubEnv('TMPDIR', join(import.meta.dirname, 'no-such-folder'));
    const zip = await packZip({ 'a.csv': kickstarterCsv });
    const problem = {
      type: 'urn:pledgeline:problem:storage_unavailable',
      title: 'There is no room for the file at this moment',
      status: 503,
      detail:
        'Archives, workbooks and web pages need room on a disk of ours, and it cannot be written now. Send the file again in a minute, or send its rows as CSV.',
      code: 'storage_unavailable',
      requestId: expect.any(String),
    };
    const sent = await api.upload(zip);
    expect(sent.headers.get('retry-after')).toBe('60');
    const body = await sent.json();
    expect(body).toEqual({ ...problem, uploadId: expect.any(String) });
    const { upload } = await readUploadOf(body);
    expect(upload).toMatchObject({
      status: 'FAILED',
      failure: { code: 'storage_unavailable', message: problem.detail },
    });

    const inspected = await api.send('/v1/inspect', { method: 'POST', body: zip });
    expect(inspected.headers.get('retry-after')).toBe('60');
    expect(await inspected.json()).toEqual(problem);
    expect((await api.upload(kickstarterCsv)).status).toBe(202);
    expect(log.text()).toContain('ENOENT');
  });
});

describe('What a driver says', () => {
  it('is told to no merchant who sends a file: not in the answer, the upload, the message or its facts', async () => {
    await query(`CREATE FUNCTION talkative() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'table vault on host db-seven is corrupt'; END $$`);
    await query(`CREATE TRIGGER talkative BEFORE INSERT ON csv_upload_chunk
      FOR EACH ROW EXECUTE FUNCTION talkative()`);
    let answer: string;
    try {
      const response = await api.upload(kickstarterCsv);
      expect(response.status).toBe(500);
      answer = await response.text();
    } finally {
      await query('DROP FUNCTION talkative CASCADE');
    }
    const { id, upload } = await readUploadOf(JSON.parse(answer));
    expect(upload).toMatchObject({
      status: 'FAILED',
      failure: {
        code: 'internal_error',
        message: 'This is not your fault. Try again; if it stays, tell us the request id.',
      },
    });
    const feed = await (await api.send(`/v1/notifications?upload=${id}`)).text();
    expect(feed).toContain(id);
    // Mails are composed of the facts.
    const { facts } = await api.database.prisma.notification.findFirstOrThrow({ where: { uploadId: id } });
    expect(JSON.stringify(facts)).toContain('This is not your fault');
    for (const told of [answer, JSON.stringify(upload), feed, JSON.stringify(facts)]) {
      expect(told).not.toMatch(/vault|db-seven|corrupt/);
    }
    expect(log.text()).toContain('table vault on host db-seven is corrupt');
  });
});

/** The upload that a problem names, as the API shows it. */
async function readUploadOf(problem: unknown): Promise<{ readonly id: string; readonly upload: unknown }> {
  const { uploadId: id = '' } = await readProblem(Response.json(problem));
  return { id, upload: await (await api.send(`/v1/uploads/${id}`)).json() };
}
