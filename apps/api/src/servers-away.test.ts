import { applyMigrations } from '@pledgeline/db';
import { redisForTests, startPostgres } from '@pledgeline/local-services';
import { afterAll, describe, expect, inject, it, vi } from 'vitest';
import { readAccepted, readProblem } from './test-support/answers.js';
import { beginUpload } from './test-support/raw-request.js';
import { kickstarterCsv, startApi } from './test-support/start-api.js';

// Not the server of REDIS_URL, because this test kills its Redis.
const redis = await redisForTests({});
const postgres = await startPostgres({ settings: { fsync: 'off' } });
afterAll(() => Promise.all([redis?.stop(), postgres.stop()]));

describe('While Redis is down,', () => {
  it.skipIf(redis === null)('uploads are accepted, the API is ready, and jobs are added later', async () => {
    const api = await startApi(inject('testPostgres'), { queue: { kind: 'redis', url: redis?.url ?? '' } });
    try {
      expect((await api.upload(kickstarterCsv)).status).toBe(202);
      expect(await (await api.send('/readyz')).json()).toMatchObject({ queue: 'ok' });

      await redis?.local?.kill();
      const response = await api.upload(kickstarterCsv);
      expect(response.status).toBe(202);
      const { links } = await readAccepted(response);
      expect(await (await api.send(links.self)).json()).toMatchObject({ status: 'PENDING', sealed: true });
      const ready = await api.send('/readyz');
      expect(ready.status).toBe(200);
      expect(await ready.json()).toEqual({
        status: 'ready',
        database: 'ok',
        queue: 'unavailable',
        rowLevelSecurity: 'ok',
      });

      await redis?.local?.restart();
      await vi.waitFor(
        async () => expect(await (await api.send('/readyz')).json()).toMatchObject({ queue: 'ok' }),
        { timeout: 15_000, interval: 100 },
      );
    } finally {
      await api.close();
    }
  });
});

describe('While Postgres is down,', () => {
  it('the API answers 503, keeps running, and works again when Postgres is up', async () => {
    await applyMigrations({ connectionString: postgres.url() });
    const api = await startApi(inject('testPostgres'), {
      databaseUrl: postgres.url(),
      config: { RECEIVE_TIMEOUT_MS: 5_000 },
    });
    try {
      expect((await api.upload(kickstarterCsv)).status).toBe(202);
      const half = await beginUpload(api.port, api.key, ['Content-Type: text/csv', 'Content-Length: 1000']);
      half.socket.write(kickstarterCsv);
      await vi.waitFor(async () => expect(await api.database.prisma.csvUpload.count()).toBe(2), {
        timeout: 30_000,
      });

      await postgres.kill();
      half.socket.write(' '.repeat(1_000 - kickstarterCsv.length));
      const answer = await half.answered();
      expect(answer).toMatch(/^HTTP\/1\.1 503 [\s\S]*"code":"database_unavailable"/);
      expect(answer).toMatch(/Ask GET \/v1\/uploads\/([\w-]{36}) .*"uploadId":"\1"/);
      half.socket.destroy();
      for (const path of ['/readyz', '/v1/platforms', '/v1/uploads', '/v1/campaigns']) {
        const response = await api.send(path);
        expect(await readProblem(response)).toMatchObject({ status: 503, code: 'database_unavailable' });
        expect(response.headers.get('retry-after')).toBe('5');
      }
      expect(await (await api.send('/readyz')).json()).toEqual({
        type: 'urn:pledgeline:problem:database_unavailable',
        title: 'The database is not available',
        status: 503,
        detail: 'Postgres does not answer.',
        code: 'database_unavailable',
        requestId: expect.any(String),
      });
      expect((await api.send('/healthz')).status).toBe(200);

      await postgres.restart();
      await vi.waitFor(async () => expect((await api.send('/readyz')).status).toBe(200), {
        timeout: 15_000,
        interval: 100,
      });
      expect((await api.upload(kickstarterCsv)).status).toBe(202);
    } finally {
      await api.close();
    }
  });
});
