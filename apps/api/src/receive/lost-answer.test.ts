import { cloneDatabase, processUpload } from '@pledgeline/db/testing';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { readAccepted, readProblem } from '../test-support/answers.js';
import { type PostgresProxy, startPostgresProxy } from '../test-support/postgres-proxy.js';
import { kickstarterCsv, startApi, type TestApi } from '../test-support/start-api.js';

let api: TestApi;
let proxy: PostgresProxy;
let drop: () => Promise<void>;

beforeAll(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  drop = clone.drop;
  proxy = await startPostgresProxy(clone.url);
  api = await startApi(inject('testPostgres'), { databaseUrl: proxy.url });
});
afterAll(async () => {
  await api.close();
  await proxy.close();
  await drop();
});

const uploads = () => api.database.prisma.csvUpload.count();
const backers = () => api.database.prisma.backer.count();

describe('When the answer to the COMMIT of a seal is lost,', () => {
  it.each<[string, Record<string, string>]>([
    ['with an idempotency key', { 'idempotency-key': 'lost-1' }],
    ['without', {}],
  ])(
    'the upload is accepted because it is sealed, and its chunks get their jobs (%s)',
    async (_how, headers) => {
      const before = { uploads: await uploads(), lost: proxy.lost() };
      const enqueued = vi.spyOn(api.producer, 'enqueueChunks');
      proxy.loseNextSeal();
      const response = await api.upload(kickstarterCsv, 'campaign=Lamp', { headers });
      expect(proxy.lost()).toBe(before.lost + 1);
      expect(response.status).toBe(202);
      const { id, links, ...accepted } = await readAccepted(response);
      expect(accepted).toMatchObject({
        status: 'PENDING',
        platform: 'kickstarter',
        rows: { total: 2 },
        fileCount: 1,
      });
      expect(response.headers.get('location')).toBe(links.self);
      const chunks = await api.database.prisma.csvUploadChunk.findMany({ where: { uploadId: id } });
      expect(enqueued.mock.calls).toEqual([
        [chunks.map((chunk) => ({ uploadId: id, chunkId: chunk.id, attempt: 0 }))],
      ]);
      enqueued.mockRestore();
      expect(await uploads()).toBe(before.uploads + 1);
      await processUpload(api.database, id);
      expect(await (await api.send(links.self)).json()).toMatchObject({ status: 'COMPLETED' });
      expect(await backers()).toBe(2);
    },
  );

  it('an upload with unknown columns is accepted as well, and waits for a mapping', async () => {
    proxy.loseNextSeal();
    const response = await api.upload('Colour,Shape\nred,round\n');
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({
      status: 'NEEDS_MAPPING',
      detail: expect.stringContaining('No column name is known'),
    });
  });

  it('and Postgres stays down, the answer is 503, and sending the file again imports nothing twice', async () => {
    const before = await uploads();
    const send = () =>
      api.upload(kickstarterCsv, 'campaign=Lamp', { headers: { 'idempotency-key': 'lost-2' } });
    proxy.loseNextSeal('andStayAway');
    const response = await send();
    expect(response.headers.get('retry-after')).toBe('5');
    const problem = await readProblem(response);
    expect(problem).toMatchObject({
      status: 503,
      code: 'database_unavailable',
      uploadId: expect.any(String),
      links: { self: `/v1/uploads/${problem.uploadId}` },
      detail: expect.stringMatching(/Ask GET \/v1\/uploads\/[\w-]{36} .* harmless/),
    });
    proxy.comeBack();
    expect(await (await api.send(`/v1/uploads/${problem.uploadId}`)).json()).toMatchObject({ sealed: true });
    const again = await send();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await readAccepted(again)).id).toBe(problem.uploadId);
    expect(await uploads()).toBe(before + 1);
    const { id } = await readAccepted(await api.upload(kickstarterCsv));
    await processUpload(api.database, problem.uploadId ?? '');
    await processUpload(api.database, id);
    expect(await backers()).toBe(2);
  });
});
