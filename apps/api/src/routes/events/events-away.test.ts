import { applyMigrations } from '@pledgeline/db';
import { startPostgres } from '@pledgeline/local-services';
import { afterAll, expect, inject, it, vi } from 'vitest';
import { readProblem } from '../../test-support/answers.js';
import { cancelNewUpload } from '../../test-support/make-notifications.js';
import { openStream } from '../../test-support/read-events.js';
import { startApi } from '../../test-support/start-api.js';

const postgres = await startPostgres({ settings: { fsync: 'off' } });
afterAll(() => postgres.stop());

it('An event stream survives while the database is down, and continues when it is up again', async () => {
  await applyMigrations({ connectionString: postgres.url() });
  const api = await startApi(inject('testPostgres'), { databaseUrl: postgres.url() });
  try {
    const stream = await openStream(api);
    await stream.hears(await cancelNewUpload(api));
    await postgres.kill();
    await vi.waitFor(
      async () =>
        expect(await readProblem(await api.send('/v1/events'))).toMatchObject({
          status: 503,
          code: 'database_unavailable',
        }),
      { timeout: 10_000 },
    );
    await postgres.restart();
    await vi.waitFor(async () => expect((await api.send('/readyz')).status).toBe(200), { timeout: 15_000 });
    await stream.hears(await cancelNewUpload(api));
    const ids = stream.events().map(({ id }) => id);
    expect(ids).toHaveLength(2);
    stream.leave();
  } finally {
    await api.close();
  }
});
